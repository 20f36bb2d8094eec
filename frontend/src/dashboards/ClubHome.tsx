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
import { useToday } from "../app/time";
import { QueryFailed } from "../ui/failures";
import { Amount, Card, DateText, Empty, Page, PageHeader, SkeletonLines } from "../ui/parts";
import { useMessages } from "./messages";
import { Table } from "../ui/Table";

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
        <Table
          label={t.toPay} rows={data.invoices.edges.map(({ node }) => node)} keyOf={({ id }) => id}
          columns={[
            {
              head: t.invoice, names: true,
              cell: ({ id, number, debtorName }) => (
                <>
                  <Link to={`/invoices/${id}`}>{number}</Link>
                  <div className="small soft">{debtorName}</div>
                </>
              ),
            },
            { head: t.status, wideOnly: true, cell: ({ status, dueOn }) => <InvoiceStatusBadge status={status} dueOn={dueOn} today={today} /> },
            { head: t.due, wideOnly: true, cell: ({ dueOn }) => dueOn && <DateText date={dueOn} /> },
            {
              head: t.open, end: true,
              cell: ({ open, status, dueOn }) => (
                <>
                  <Amount of={open} />
                  <div className="narrow-only">
                    <InvoiceStatusBadge status={status} dueOn={dueOn} today={today} />
                  </div>
                </>
              ),
            },
          ]}
        />
      </Card>
      <Link to={data.invoices.pageInfo.hasNextPage ? LIST : "/invoices"}>{data.invoices.pageInfo.hasNextPage ? t.everyUnpaid : t.everyInvoice}</Link>
    </section>
  );
}
