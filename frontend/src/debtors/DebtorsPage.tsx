/** Everybody who may be billed, by name. */
import { UserPlus, Users } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useMay } from "../app/session";
import { graphql } from "../graphql/generated";
import type { DebtorKind, DebtorListQuery } from "../graphql/generated/graphql";
import { pageOf, useKeyset } from "../graphql/keyset";
import { LinkButton } from "../ui/Button";
import { type Column, DataGrid } from "../ui/DataGrid";
import { QueryFailed } from "../ui/failures";
import { SearchField, Select } from "../ui/fields";
import { Card, Empty, Page, PageHeader } from "../ui/parts";
import { useSettled } from "../ui/useSettled";
import { useMessages } from "./messages";

const LIST = graphql(`
  query DebtorList($search: String!, $kind: DebtorKind, $first: Int!, $after: String) {
    debtors(search: $search, kind: $kind, first: $first, after: $after) {
      edges {
        node {
          id
          kind
          reference
          name
          email
          licenceType
          erased
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

type Row = DebtorListQuery["debtors"]["edges"][number]["node"];

export function Component() {
  const t = useMessages();
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(params.get("q") ?? "");
  const search = useSettled(typed.trim());
  const kind = Object.keys(t.kind).find((each) => each === params.get("kind")) as DebtorKind | undefined;
  const list = useKeyset(LIST, { search, kind: kind ?? null, first: 60 }, (data) => pageOf(data.debtors));
  useEffect(() => {
    if ((params.get("q") ?? "") !== search) setParams(kept({ q: search, kind: kind ?? "" }), { replace: true });
  }, [search, kind, params, setParams]);
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      {
        id: "name", header: t.name,
        cell: (row) => (
          <>
            <Link to={`/debtors/${row.id}`}>{row.erased ? t.erased : row.name}</Link>
            <div className="narrow-only small soft">{row.email}</div>
          </>
        ),
      },
      { id: "reference", header: t.reference, cell: (row) => row.reference },
      { id: "kind", header: t.kindLabel, wideOnly: true, cell: (row) => t.kind[row.kind] },
      { id: "email", header: t.email, wideOnly: true, cell: (row) => row.email },
      { id: "licence", header: t.licence, wideOnly: true, cell: (row) => row.licenceType },
    ],
    [t],
  ); // prettier-ignore
  const [manages, imports] = [useMay("debtors.manage"), useMay("runs.start")];
  const filtered = search !== "" || kind !== undefined;
  return (
    <Page>
      <PageHeader title={t.title} lead={t.lead}>
        {manages && (
          <LinkButton to="/debtors/new" kind="primary">
            <UserPlus aria-hidden /> {t.newDebtor}
          </LinkButton>
        )}
      </PageHeader>
      <div className="cluster bottom">
        <div className="grow">
          <SearchField label={t.search} value={typed} onChange={setTyped} />
        </div>
        <Select
          label={t.kindLabel} value={kind ?? ""} onChange={(value) => setParams(kept({ q: search, kind: value }), { replace: true })}
          options={[{ value: "", label: t.anyKind }, ...Object.entries(t.kind).map(([value, label]) => ({ value, label }))]}
        />
      </div>
      {list.error && <QueryFailed error={list.error} onAgain={list.again} />}
      <Card flush>
        <DataGrid
          label={t.title} columns={columns} rows={list.rows} rowId={(row) => row.id} loading={list.loading} failed={list.error !== null} hasMore={list.hasMore} onMore={list.more}
          empty={
            <Empty icon={Users} title={filtered ? t.noMatch : t.emptyTitle}>
              <p>{filtered ? t.noMatchText : t.emptyText}</p>
              {!filtered && imports && <LinkButton to="/renewals/new">{t.import}</LinkButton>}
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}

function kept(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}
