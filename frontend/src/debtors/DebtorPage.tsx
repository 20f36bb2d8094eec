/** One debtor: particulars, the gate's word, and the account over a period. */
import { FilePenLine, UserX } from "lucide-react";
import { Link, useParams, useSearchParams } from "react-router";
import { useQuery } from "urql";
import { useMay } from "../app/session";
import { monthsBefore } from "../dates/dates";
import { GateAnswer } from "../gate/GateAnswer";
import { ExportMenu } from "../exports/ExportMenu";
import { plainId } from "../graphql/plainId";
import { graphql } from "../graphql/generated";
import { useCountryName, useLanguageName } from "../language/names";
import { useToday } from "../app/time";
import { LinkButton } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { QueryFailed } from "../ui/failures";
import { DateField } from "../ui/fields";
import { Amount, Card, DateText, Empty, Page, PageHeader, SkeletonLines } from "../ui/parts";
import { useWords } from "../invoices/words";
import { useMessages } from "./messages";
import { Table } from "../ui/Table";

const DEBTOR = graphql(`
  query DebtorPage($id: ID!) {
    debtor(id: $id) {
      id
      kind
      reference
      name
      email
      language
      licenceType
      organisationNumber
      vatNumber
      erased
      address {
        street
        postalCode
        city
        country
      }
      debtCheck {
        ...GateAnswer_check
      }
    }
  }
`);

const STATEMENT = graphql(`
  query DebtorStatement($id: ID!, $from: Date!, $to: Date!) {
    debtorStatement(debtorId: $id, firstDay: $from, lastDay: $to) {
      accounts {
        currency
        opening {
          amountMinor
          currency
        }
        closing {
          amountMinor
          currency
        }
        credit {
          amountMinor
          currency
        }
        lines {
          on
          kind
          document
          invoiceId
          invoiceNumber
          amount {
            amountMinor
            currency
          }
          balance {
            amountMinor
            currency
          }
        }
      }
    }
  }
`);

export function Component() {
  const t = useMessages();
  const countryName = useCountryName();
  const languageName = useLanguageName();
  const { id = "" } = useParams();
  const [manages, bills] = [useMay("debtors.manage"), useMay("invoices.read")];
  const [{ data, error, fetching }, again] = useQuery({ query: DEBTOR, variables: { id }, requestPolicy: "cache-and-network" });
  const debtor = data?.debtor;
  if (!debtor) {
    return (
      <Page>
        {error && <QueryFailed error={error} onAgain={() => again({ requestPolicy: "network-only" })} />}
        {fetching ? <SkeletonLines lines={6} /> : !error && <Empty icon={UserX} title={t.notFound} alone />}
      </Page>
    );
  }
  const { address } = debtor;
  return (
    <Page>
      <PageHeader title={debtor.erased ? t.erased : debtor.name} lead={`${t.kind[debtor.kind]} ${debtor.reference}`}>
        {bills && <LinkButton to={`/invoices?debtor=${encodeURIComponent(debtor.id)}`}>{t.newInvoices}</LinkButton>}
        {!debtor.erased && manages && (
          <LinkButton to={`/debtors/${debtor.id}/edit`}>
            <FilePenLine aria-hidden /> {t.edit}
          </LinkButton>
        )}
      </PageHeader>
      {debtor.debtCheck && <GateAnswer check={debtor.debtCheck} />}
      <div className="columns main-first">
        <Statement id={id} />
        <Card title={t.details}>
          <dl className="details">
            <dt>{t.reference}</dt>
            <dd>
              <span className="copyable">
                {debtor.reference} <CopyButton text={debtor.reference} name={t.reference} />
              </span>
            </dd>
            <dt>{t.email}</dt>
            <dd>{debtor.email || "–"}</dd>
            <dt>{t.address}</dt>
            <dd>
              {address ? (
                <>
                  {address.street}
                  <br />
                  {address.postalCode} {address.city}
                  <br />
                  {countryName(address.country)}
                </>
              ) : (
                "–"
              )}
            </dd>
            <dt>{t.language}</dt>
            <dd>{languageName(debtor.language) || "–"}</dd>
            {debtor.licenceType && (
              <>
                <dt>{t.licence}</dt>
                <dd>{debtor.licenceType}</dd>
              </>
            )}
            {debtor.vatNumber && (
              <>
                <dt>{t.vatNumber}</dt>
                <dd>{debtor.vatNumber}</dd>
              </>
            )}
            {debtor.organisationNumber && (
              <>
                <dt>{t.organisationNumber}</dt>
                <dd>{debtor.organisationNumber}</dd>
              </>
            )}
          </dl>
        </Card>
      </div>
    </Page>
  );
}

function Statement({ id }: { readonly id: string }) {
  const t = useMessages();
  const today = useToday();
  const [params, setParams] = useSearchParams();
  const from = params.get("from") ?? monthsBefore(today, 12);
  const to = params.get("to") ?? today;
  const [{ data, error }] = useQuery({ query: STATEMENT, variables: { id, from, to }, requestPolicy: "cache-and-network", pause: !from || !to });
  const set = (name: "from" | "to", day: string) => setParams({ from, to, [name]: day }, { replace: true });
  // Money is booked under the way it came, everything else under its number.
  const methods: Readonly<Record<string, string>> = useWords().method;
  const accounts = data?.debtorStatement?.accounts;
  return (
    <section className="card flush" aria-label={t.statement}>
      <div className="cluster apart bottom" style={{ padding: "var(--space-5)" }}>
        <h2>{t.statement}</h2>
        <div className="cluster bottom">
          <DateField label={t.from} value={from} max={to} onChange={(day) => set("from", day)} />
          <DateField label={t.to} value={to} min={from} onChange={(day) => set("to", day)} />
          <ExportMenu path={`/api/v1/debtors/${plainId(id)}/statement/export`} asked={{ from_day: from, to_day: to }} />
        </div>
      </div>
      {error && <QueryFailed error={error} />}
      {accounts?.length === 0 && <p className="soft" style={{ padding: "0 var(--space-5) var(--space-5)" }}>{t.noStatement}</p>}
      {accounts?.map((account) => (
        <Table
          key={account.currency} label={`${t.statement} ${account.currency}`} rows={account.lines} keyOf={(_, at) => at}
          columns={[
            { head: t.date, cell: ({ on }) => <DateText date={on} /> },
            {
              head: t.document, names: true,
              cell: ({ kind, invoiceId, invoiceNumber, document }) => (
                <>
                  {t.lineKind[kind]} {invoiceId ? <Link to={`/invoices/${invoiceId}`}>{invoiceNumber || document}</Link> : (methods[document.toUpperCase()] ?? document)}
                </>
              ),
            },
            { head: t.amount, end: true, cell: ({ amount }) => <Amount of={amount} /> },
            { head: t.balance, end: true, cell: ({ balance }) => <Amount of={balance} /> },
          ]}
          opening={
            <tr>
              <td colSpan={3} className="soft">
                {t.opening}
              </td>
              <td className="end">
                <Amount of={account.opening} />
              </td>
            </tr>
          }
          foot={
            <>
              <tr>
                <th scope="row" colSpan={3}>
                  {t.closing}
                </th>
                <td className="end">
                  <Amount of={account.closing} />
                </td>
              </tr>
              {account.credit.amountMinor !== "0" && (
                <tr>
                  <td colSpan={3} className="soft">
                    {t.credit}
                  </td>
                  <td className="end">
                    <Amount of={account.credit} />
                  </td>
                </tr>
              )}
            </>
          }
        />
      ))}
    </section>
  );
}
