/** The list of invoices. Its filters stand in the address, so that back, reload and a link to a colleague keep them. */
import { FilePlus2, FileSearch, ReceiptText, RefreshCw, UserPlus } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { ToggleButton } from "react-aria-components";
import { useSearchParams } from "react-router";
import { useQuery } from "urql";
import { useMay } from "../app/session";
import { useSettled } from "../ui/useSettled";
import { pageOf, useKeyset } from "../graphql/keyset";
import { Button, LinkButton } from "../ui/Button";
import { DataGrid } from "../ui/DataGrid";
import { QueryFailed } from "../ui/failures";
import { SearchField } from "../ui/fields";
import { Card, Empty, Page, PageHeader } from "../ui/parts";
import { BulkActions } from "./BulkActions";
import { ExportButton } from "./ExportButton";
import { useColumns } from "./columns";
import { useGoing } from "./discarding";
import { InvoiceFilters } from "./InvoiceFilters";
import { COUNTS, filterOf, LIST, PAGE, sortName, sortOf, STATUSES } from "./list";
import { useMessages } from "./listMessages";
import { useWords } from "./words";

export function Component() {
  const t = useMessages();
  const words = useWords();
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(params.get("q") ?? "");
  const search = useSettled(typed.trim());
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const filter = useMemo(() => filterOf(params, search), [params, search]);
  const sort = useMemo(() => sortOf(params), [params]);
  const list = useKeyset(LIST, { filter, sort, first: PAGE }, (data) => pageOf(data.invoices));
  const [{ data: counted }] = useQuery({ query: COUNTS, variables: { filter: { ...filter, status: null } }, requestPolicy: "cache-and-network" });
  const columns = useColumns();
  const drafts = useMay("invoices.draft");
  // Selecting is for what can be done with several.
  const selects = [useMay("invoices.issue"), useMay("deliveries.send")].includes(true);
  const going = useGoing();
  const rows = useMemo(() => list.rows.filter((row) => !going.has(row.id)), [list.rows, going]);
  useEffect(() => {
    if ((params.get("q") ?? "") !== search) setParams((was) => changed(was, "q", search), { replace: true });
  }, [search, params, setParams]);
  const set = (name: string, value: string) => setParams((was) => changed(was, name, value), { replace: true });
  const clear = () => {
    setTyped("");
    setParams({});
  };
  const filtered = [...params.keys()].some((name) => name !== "sort");
  return (
    <Page>
      <PageHeader title={t.title}>
        <ExportButton filter={filter} sort={sort} />
        {drafts && (
          <LinkButton to="/invoices/new" kind="primary">
            <FilePlus2 aria-hidden /> {t.newInvoice}
          </LinkButton>
        )}
      </PageHeader>
      <div className="stack">
        <div className="cluster">
          <div className="grow">
            <SearchField label={t.search} value={typed} onChange={setTyped} />
          </div>
          <InvoiceFilters params={params} onSet={set} />
        </div>
        <div className="chips in-line">
          {STATUSES.map((status) => {
            const count = counted?.invoiceCounts.find((each) => each.status === status)?.count ?? 0;
            const selected = params.getAll("status").includes(status);
            if (count === 0 && !selected) return null;
            return (
              <ToggleButton key={status} className="chip" isSelected={selected} onChange={() => setParams((was) => toggled(was, status), { replace: true })}>
                {words.status[status]} <span className="count">{count}</span>
              </ToggleButton>
            );
          })}
          {filtered && (
            <Button kind="quiet" small onPress={clear}>
              {t.clear}
            </Button>
          )}
        </div>
        {params.has("run") && <p className="small soft">{t.ofRun}</p>}
        {params.has("debtor") && <p className="small soft">{t.ofDebtor}</p>}
        {params.has("paid") && <p className="small soft">{t.ofPaid}</p>}
      </div>
      {list.error && <QueryFailed error={list.error} onAgain={list.again} />}
      <Card flush>
        <DataGrid
          label={t.title} columns={columns} rows={rows} rowId={(row) => row.id} loading={list.loading} failed={list.error !== null} hasMore={list.hasMore} onMore={list.more}
          sorting={sort ? { field: sort.field, descending: sort.descending ?? false } : undefined}
          onSort={({ field, descending }) => set("sort", (descending ? "-" : "") + sortName(field))}
          selection={selects ? { ids: chosen, onChange: setChosen, name: (row) => row.number || row.debtorName } : undefined}
          empty={filtered ? <NoMatch onClear={clear} /> : <NoneYet />}
        />
      </Card>
      {chosen.size > 0 && <BulkActions rows={rows.filter((row) => chosen.has(row.id))} onClear={() => setChosen(new Set())} />}
    </Page>
  );
}

/** The first thing a new treasurer sees here: what an invoice needs, in the order in which it is made. */
function NoneYet() {
  const t = useMessages();
  const [drafts, runs, registers] = [useMay("invoices.draft"), useMay("runs.start"), useMay("debtors.manage")];
  if (!drafts) return <Empty icon={ReceiptText} title={t.emptyTitle} />;
  return (
    <Empty icon={ReceiptText} title={t.emptyTitle}>
      <p>{t.emptyText}</p>
      <ol className="teach">
        <li>{t.emptyDebtors}</li>
        <li>{t.emptyDraft}</li>
        <li>{t.emptyIssue}</li>
      </ol>
      <div className="cluster">
        <LinkButton to="/invoices/new" kind="primary">
          <FilePlus2 aria-hidden /> {t.newInvoice}
        </LinkButton>
        {runs && (
          <LinkButton to="/renewals/new">
            <RefreshCw aria-hidden /> {t.emptyRun}
          </LinkButton>
        )}
        {registers && (
          <LinkButton to="/debtors/new">
            <UserPlus aria-hidden /> {t.emptyDebtor}
          </LinkButton>
        )}
      </div>
    </Empty>
  );
}

function NoMatch({ onClear }: { readonly onClear: () => void }) {
  const t = useMessages();
  return (
    <Empty icon={FileSearch} title={t.noMatchTitle}>
      <p>{t.noMatchText}</p>
      <Button onPress={onClear}>{t.clear}</Button>
    </Empty>
  );
}

function changed(was: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(was);
  if (value === "") next.delete(name);
  else next.set(name, value);
  return next;
}

function toggled(was: URLSearchParams, status: string): URLSearchParams {
  const next = new URLSearchParams(was);
  if (next.getAll("status").includes(status)) next.delete("status", status);
  else next.append("status", status);
  return next;
}
