/** Home of somebody who bills nobody: what their club and its members have been billed, and what is still to be paid. */
import { CircleCheckBig } from "lucide-react";
import { Link, Navigate } from "react-router";
import { useQuery } from "urql";
import { isRole, useRoleWords } from "../access/roles";
import { placesOf } from "../app/navigation";
import { may, useMay, useSignedIn } from "../app/session";
import { GateAnswer } from "../gate/GateAnswer";
import { graphql } from "../graphql/generated";
import type { ClubHomeQuery, InvoiceStatus } from "../graphql/generated/graphql";
import { InvoiceStatusBadge } from "../invoices/InvoiceStatusBadge";
import { useToday } from "../issuers/useIssuers";
import { QueryFailed } from "../ui/failures";
import { Amount, Card, DateText, Empty, Page, PageHeader, SkeletonLines } from "../ui/parts";
import { useMessages } from "./messages";

const CLUB = graphql(`
  query ClubHome($unpaid: [InvoiceStatus!], $debtors: Boolean!, $gate: Boolean!) {
    invoices(filter: { status: $unpaid }, sort: { field: DUE_ON }, first: 8) {
      edges {
        node {
          id
          number
          status
          debtorName
          dueOn
          open {
            amountMinor
            currency
          }
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    invoiceCounts(filter: { status: $unpaid }) {
      status
      count
    }
    debtors(kind: CLUB, first: 3) @include(if: $debtors) {
      edges {
        node {
          id
          name
          debtCheck @include(if: $gate) {
            ...GateAnswer_check
          }
        }
      }
    }
  }
`);

const UNPAID: InvoiceStatus[] = ["OVERDUE", "PARTIALLY_PAID", "VIEWED", "SENT", "ISSUED"];
const LIST = `/invoices?${UNPAID.map((status) => `status=${status}`).join("&")}&sort=due`;

export function ClubHome() {
  const reads = useMay("invoices.read");
  const elsewhere = placesOf(may).find(({ place }) => place !== "home");
  // A licence system has the gate and nothing to come home to.
  return reads || !elsewhere ? <Club /> : <Navigate to={elsewhere.path} replace />;
}

function Club() {
  const t = useMessages();
  const words = useRoleWords();
  const signedIn = useSignedIn();
  const session = signedIn.state === "signed-in" || signedIn.state === "expired" ? signedIn.session : null;
  const variables = { unpaid: UNPAID, debtors: useMay("debtors.read"), gate: useMay("gate.check") };
  const [{ data, error }, again] = useQuery({ query: CLUB, variables, requestPolicy: "cache-and-network" });
  const clubs = data?.debtors?.edges ?? [];
  return (
    <Page>
      <PageHeader title={t.title} lead={session?.roles.map(({ role, org_node }) => `${isRole(role) ? words[role] : role}, ${org_node.name}`).join("; ")} />
      {error && <QueryFailed error={error} onAgain={() => again({ requestPolicy: "network-only" })} />}
      {!data && !error && <SkeletonLines lines={6} />}
      {clubs.map(({ node }) => (
        <section key={node.id} className="stack">
          <h2>
            <Link to={`/debtors/${node.id}`}>{node.name}</Link>
          </h2>
          {node.debtCheck && <GateAnswer check={node.debtCheck} />}
        </section>
      ))}
      {data && <Unpaid data={data} />}
    </Page>
  );
}

function Unpaid({ data }: { readonly data: ClubHomeQuery }) {
  const t = useMessages();
  const today = useToday();
  if (data.invoices.edges.length === 0) return <Empty icon={CircleCheckBig} title={t.allSettled} />;
  const overdue = data.invoiceCounts.find(({ status }) => status === "OVERDUE")?.count ?? 0;
  return (
    <section className="stack">
      <div className="cluster apart">
        <h2>{t.toPay}</h2>
        {overdue > 0 && <Link to="/invoices?status=OVERDUE">{t.overdueInvoices(overdue)}</Link>}
      </div>
      <Card flush>
        <div className="table-scroll" tabIndex={0} role="region" aria-label={t.toPay}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t.invoice}</th>
                <th scope="col" className="wide-only">
                  {t.status}
                </th>
                <th scope="col" className="wide-only">
                  {t.due}
                </th>
                <th scope="col" className="end">
                  {t.open}
                </th>
              </tr>
            </thead>
            <tbody>
              {data.invoices.edges.map(({ node }) => (
                <tr key={node.id}>
                  <th scope="row">
                    <Link to={`/invoices/${node.id}`}>{node.number}</Link>
                    <div className="small soft">{node.debtorName}</div>
                  </th>
                  <td className="wide-only">
                    <InvoiceStatusBadge status={node.status} dueOn={node.dueOn} today={today} />
                  </td>
                  <td className="wide-only">{node.dueOn && <DateText date={node.dueOn} />}</td>
                  <td className="end">
                    <Amount of={node.open} />
                    <div className="narrow-only">
                      <InvoiceStatusBadge status={node.status} dueOn={node.dueOn} today={today} />
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Card>
      <Link to={data.invoices.pageInfo.hasNextPage ? LIST : "/invoices"}>{data.invoices.pageInfo.hasNextPage ? t.everyUnpaid : t.everyInvoice}</Link>
    </section>
  );
}
