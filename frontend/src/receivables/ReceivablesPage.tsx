/** Receivables: the aging report as of any day, and who owes, the largest amount first. */
import { Coins } from "lucide-react";
import { useMemo } from "react";
import { Link, useSearchParams } from "react-router";
import { useQuery } from "urql";
import { ExportMenu } from "../exports/ExportMenu";
import { graphql } from "../graphql/generated";
import type { DebtListQuery } from "../graphql/generated/graphql";
import { pageOf, useKeyset } from "../graphql/keyset";
import { useToday } from "../app/time";
import { useIssuers } from "../issuers/useIssuers";
import { type Column, DataGrid } from "../ui/DataGrid";
import { QueryFailed } from "../ui/failures";
import { Checkbox, DateField, Select } from "../ui/fields";
import { Amount, Card, DateText, Empty, Page, PageHeader, SkeletonLines } from "../ui/parts";
import { AgingBar } from "./AgingBar";
import { useMessages } from "./messages";

const AGING = graphql(`
  query Aging($asOf: Date, $issuerId: ID) {
    agingReport(asOf: $asOf, issuerId: $issuerId) {
      asOf
      rows {
        currency
        invoices
        open {
          amountMinor
          currency
        }
        overdue {
          amountMinor
          currency
        }
        ...AgingBar_row
      }
    }
  }
`);

const DEBTS = graphql(`
  query DebtList($asOf: Date, $issuerId: ID, $onlyOverdue: Boolean!, $first: Int!, $after: String) {
    debts(asOf: $asOf, issuerId: $issuerId, onlyOverdue: $onlyOverdue, first: $first, after: $after) {
      edges {
        node {
          debtorId
          reference
          name
          invoices
          oldestDueOn
          open {
            amountMinor
            currency
          }
          overdue {
            amountMinor
            currency
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

type Debt = DebtListQuery["debts"]["edges"][number]["node"];

export function Component() {
  const t = useMessages();
  const issuers = useIssuers();
  const today = useToday();
  const [params, setParams] = useSearchParams();
  const asOf = params.get("asOf") ?? today;
  const issuerId = params.get("issuer");
  const onlyOverdue = params.get("overdue") === "1";
  const [{ data, error }, again] = useQuery({ query: AGING, variables: { asOf, issuerId }, requestPolicy: "cache-and-network" });
  const list = useKeyset(DEBTS, { asOf, issuerId, onlyOverdue, first: 60 }, (answer) => pageOf(answer.debts));
  const set = (name: string, value: string) =>
    setParams(
      (was) => {
        const next = new URLSearchParams(was);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  const columns = useMemo<readonly Column<Debt>[]>(
    () => [
      {
        id: "debtor", header: t.debtor,
        cell: (row) => (
          <>
            <Link to={`/debtors/${row.debtorId}`}>{row.name || row.reference}</Link> <span className="wide-only soft small">{row.reference}</span>
            <div className="narrow-only small soft">{t.invoiceCount(row.invoices)}</div>
          </>
        ),
      },
      { id: "invoices", header: t.invoices, end: true, wideOnly: true, cell: (row) => row.invoices },
      { id: "oldest", header: t.oldest, wideOnly: true, cell: (row) => <DateText date={row.oldestDueOn} /> },
      { id: "overdue", header: t.overdue, end: true, wideOnly: true, cell: (row) => <Amount of={row.overdue} /> },
      { id: "open", header: t.open, end: true, cell: (row) => <Amount of={row.open} /> },
    ],
    [t],
  ); // prettier-ignore
  return (
    <Page>
      <PageHeader title={t.title} lead={t.lead}>
        <ExportMenu path="/api/v1/reports/aging/export" asked={{ as_of: asOf, issuer_id: issuerId }} of={t.byAge} />
      </PageHeader>
      <div className="cluster bottom">
        <DateField label={t.asOf} value={asOf} max={today} onChange={(day) => set("asOf", day)} />
        {issuers && issuers.length > 1 && (
          <Select
            label={t.issuer} value={issuerId ?? ""} onChange={(id) => set("issuer", id)}
            options={[{ value: "", label: t.everyIssuer }, ...issuers.map((each) => ({ value: each.id, label: each.name }))]}
          />
        )}
      </div>
      {error && <QueryFailed error={error} onAgain={() => again({ requestPolicy: "network-only" })} />}
      <Card title={t.byAge}>
        {!data && !error && <SkeletonLines lines={4} />}
        {data?.agingReport.rows.length === 0 && (
          <Empty icon={Coins} title={t.emptyTitle}>
            <p>{t.emptyText}</p>
          </Empty>
        )}
        <div className="stack wide">
          {data?.agingReport.rows.map((row) => (
            <div key={row.currency} className="stack">
              <dl className="figures">
                <div className="stat">
                  <dt>{t.open}</dt>
                  <dd>
                    <Amount of={row.open} />
                    <p className="under">{t.invoiceCount(row.invoices)}</p>
                  </dd>
                </div>
                <div className="stat">
                  <dt>{t.overdue}</dt>
                  <dd>
                    <Amount of={row.overdue} />
                  </dd>
                </div>
              </dl>
              <AgingBar row={row} listOf={asOf === today ? { issuerId } : undefined} />
            </div>
          ))}
        </div>
      </Card>
      {(list.rows.length > 0 || list.loading || onlyOverdue) && (
        <section className="stack">
          <div className="cluster apart">
            <h2>{t.byDebtor}</h2>
            <div className="cluster">
              <Checkbox selected={onlyOverdue} onChange={(only) => set("overdue", only ? "1" : "")}>
                {t.onlyOverdue}
              </Checkbox>
              <ExportMenu path="/api/v1/debts/export" asked={{ as_of: asOf, issuer_id: issuerId, only_overdue: onlyOverdue }} of={t.byDebtor} />
            </div>
          </div>
          <Card flush>
            <DataGrid
              label={t.byDebtor} columns={columns} rows={list.rows} rowId={(row) => row.debtorId + row.open.currency} loading={list.loading} failed={list.error !== null} hasMore={list.hasMore}
              onMore={list.more} empty={<Empty icon={Coins} title={t.emptyTitle} />}
            />
          </Card>
        </section>
      )}
    </Page>
  );
}
