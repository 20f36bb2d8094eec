/** All runs, the newest first. */
import { RefreshCw } from "lucide-react";
import { useMemo } from "react";
import { Link } from "react-router";
import { useMay } from "../app/session";
import { graphql } from "../graphql/generated";
import type { RunListQuery } from "../graphql/generated/graphql";
import { pageOf, useKeyset } from "../graphql/keyset";
import { useZone } from "../app/time";
import { LinkButton } from "../ui/Button";
import { type Column, DataGrid } from "../ui/DataGrid";
import { QueryFailed } from "../ui/failures";
import { Amount, Card, Empty, InstantText, Page, PageHeader } from "../ui/parts";
import { useMessages } from "./messages";
import { RunStateBadge } from "./RunProgress";

const LIST = graphql(`
  query RunList($first: Int!, $after: String) {
    runs(first: $first, after: $after) {
      edges {
        node {
          id
          kind
          season
          state
          issuerId
          issuerName
          members
          issued
          refused
          total {
            amountMinor
            currency
          }
          startedAt
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

type Row = RunListQuery["runs"]["edges"][number]["node"];

export function Component() {
  const t = useMessages();
  const zone = useZone();
  const starts = useMay("runs.start");
  const list = useKeyset(LIST, { first: 40 }, (data) => pageOf(data.runs));
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      {
        id: "run", header: t.season,
        cell: (row) => (
          <>
            <Link to={`/renewals/${row.id}`}>
              {t.kind[row.kind]} {row.season}
            </Link>
            <div className="narrow-only small soft">{row.issuerName}</div>
          </>
        ),
      },
      { id: "issuer", header: t.issuer, wideOnly: true, cell: (row) => row.issuerName },
      { id: "state", header: t.progress, cell: (row) => <RunStateBadge state={row.state} /> },
      { id: "started", header: t.startedAt, wideOnly: true, cell: (row) => <InstantText at={row.startedAt} zone={zone} /> },
      { id: "members", header: t.members, end: true, wideOnly: true, cell: (row) => row.members },
      { id: "issued", header: t.issued, end: true, wideOnly: true, cell: (row) => row.issued },
      { id: "refused", header: t.refused, end: true, wideOnly: true, cell: (row) => row.refused },
      { id: "total", header: t.total, end: true, wideOnly: true, cell: (row) => <Amount of={row.total} /> },
    ],
    [t, zone],
  ); // prettier-ignore
  return (
    <Page>
      <PageHeader title={t.title} lead={t.lead}>
        {starts && (
          <LinkButton to="/renewals/new" kind="primary">
            <RefreshCw aria-hidden /> {t.newRun}
          </LinkButton>
        )}
      </PageHeader>
      {list.error && <QueryFailed error={list.error} onAgain={list.again} />}
      <Card flush>
        <DataGrid
          label={t.title} columns={columns} rows={list.rows} rowId={(row) => row.id} loading={list.loading} failed={list.error !== null} hasMore={list.hasMore} onMore={list.more}
          empty={
            <Empty icon={RefreshCw} title={t.noneTitle}>
              <p>{t.noneText}</p>
              {starts && (
                <LinkButton to="/renewals/new" kind="primary">
                  {t.newRun}
                </LinkButton>
              )}
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}
