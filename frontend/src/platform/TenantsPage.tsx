/** All federations of the platform in figures. */
import { Building2, CircleCheck, CirclePause, TriangleAlert } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { graphql } from "../graphql/generated";
import type { PlatformTenantListQuery } from "../graphql/generated/graphql";
import { pageOf, useKeyset } from "../graphql/keyset";
import { useZone } from "../app/time";
import { LinkButton } from "../ui/Button";
import { type Column, DataGrid } from "../ui/DataGrid";
import { QueryFailed } from "../ui/failures";
import { SearchField } from "../ui/fields";
import { Amount, Card, Empty, InstantText, Page, Status } from "../ui/parts";
import { useSettled } from "../ui/useSettled";
import { ConsoleHeader } from "./ConsoleHeader";
import { useMessages } from "./messages";

const LIST = graphql(`
  query PlatformTenantList($search: String!, $first: Int!, $after: String) {
    platformTenants(search: $search, first: $first, after: $after) {
      edges {
        node {
          id
          slug
          kind
          name
          figures {
            issuers
            members
            debtors
            issued
            outstanding {
              amountMinor
              currency
            }
          }
          standing {
            head
            lastAt
            stale
          }
          deliverySwitch {
            enabled
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

type Row = PlatformTenantListQuery["platformTenants"]["edges"][number]["node"];

export function Component() {
  const t = useMessages();
  const zone = useZone();
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(params.get("q") ?? "");
  const search = useSettled(typed.trim());
  const list = useKeyset(LIST, { search, first: 25 }, (data) => pageOf(data.platformTenants));
  useEffect(() => {
    if ((params.get("q") ?? "") !== search) setParams(search === "" ? {} : { q: search }, { replace: true });
  }, [search, params, setParams]);
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      {
        id: "name", header: t.federation,
        cell: (row) => (
          <>
            <Link to={`/platform/tenants/${row.id}`}>{row.name}</Link>
            <div className="small soft">
              {row.slug} · {t.kind[row.kind]}
            </div>
          </>
        ),
      },
      { id: "state", header: t.stateLabel, cell: (row) => <TenantState row={row} /> },
      { id: "issuers", header: t.issuers, end: true, wideOnly: true, cell: (row) => row.figures.issuers },
      { id: "members", header: t.members, end: true, wideOnly: true, cell: (row) => row.figures.members },
      { id: "debtors", header: t.debtors, end: true, wideOnly: true, cell: (row) => row.figures.debtors },
      { id: "issued", header: t.issued, end: true, wideOnly: true, cell: (row) => row.figures.issued },
      {
        id: "outstanding", header: t.outstanding, end: true, wideOnly: true,
        cell: (row) => row.figures.outstanding.map((each) => <div key={each.currency}><Amount of={each} /></div>),
      },
      { id: "head", header: t.head, end: true, wideOnly: true, cell: (row) => row.standing.head },
      { id: "last", header: t.lastActivity, wideOnly: true, cell: (row) => (row.standing.lastAt ? <InstantText at={row.standing.lastAt} zone={zone} /> : "–") },
    ],
    [t, zone],
  ); // prettier-ignore
  return (
    <Page>
      <ConsoleHeader title={t.tenantsTitle} lead={t.tenantsLead}>
        <LinkButton to="/platform/tenants/new" kind="primary">
          <Building2 aria-hidden /> {t.openTenant}
        </LinkButton>
      </ConsoleHeader>
      <SearchField label={t.searchTenant} value={typed} onChange={setTyped} />
      {list.error && <QueryFailed error={list.error} onAgain={list.again} />}
      <Card flush>
        <DataGrid
          label={t.tenantsTitle} columns={columns} rows={list.rows} rowId={(row) => row.id} loading={list.loading} failed={list.error !== null} hasMore={list.hasMore} onMore={list.more}
          empty={
            <Empty icon={Building2} title={t.noTenants}>
              <p>{t.noTenantsText}</p>
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}

function TenantState({ row }: { readonly row: Row }) {
  const t = useMessages();
  if (!row.deliverySwitch.enabled) {
    return (
      <Status tone="bad" icon={CirclePause}>
        {t.stopped}
      </Status>
    );
  }
  return row.standing.stale ? (
    <Status tone="warn" icon={TriangleAlert}>
      {t.behindWord}
    </Status>
  ) : (
    <Status tone="good" icon={CircleCheck}>
      {t.well}
    </Status>
  );
}
