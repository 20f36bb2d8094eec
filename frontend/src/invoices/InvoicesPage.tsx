/** The list of invoices. Its filters stand in the address, so that back, reload and a link to a colleague keep them. */
import { FilePlus2, FileSearch, ReceiptText, SlidersHorizontal } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { ToggleButton } from "react-aria-components";
import { Link, useSearchParams } from "react-router";
import { useQuery } from "urql";
import { useMay } from "../app/session";
import { useSettled } from "../ui/useSettled";
import { pageOf, useKeyset } from "../graphql/keyset";
import { useIssuers, useToday } from "../issuers/useIssuers";
import { Button, LinkButton } from "../ui/Button";
import { type Column, DataGrid } from "../ui/DataGrid";
import { QueryFailed } from "../ui/failures";
import { DateField, SearchField, Select, TextField } from "../ui/fields";
import { Amount, Card, DateText, Empty, Page, PageHeader } from "../ui/parts";
import { BulkActions } from "./BulkActions";
import { ExportButton } from "./ExportButton";
import { InvoiceStatusBadge } from "./InvoiceStatusBadge";
import { COUNTS, type FilterName, filterOf, type InvoiceRow, LIST, PAGE, sortName, sortOf, STATUSES } from "./list";
import { useMessages } from "./messages";
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
          <Filters params={params} onSet={set} />
        </div>
        <div className="chips">
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
      </div>
      {list.error && <QueryFailed error={list.error} onAgain={list.again} />}
      <Card flush>
        <DataGrid
          label={t.title} columns={columns} rows={list.rows} rowId={(row) => row.id} loading={list.loading} failed={list.error !== null} hasMore={list.hasMore} onMore={list.more}
          sorting={sort ? { field: sort.field, descending: sort.descending ?? false } : undefined}
          onSort={({ field, descending }) => set("sort", (descending ? "-" : "") + sortName(field))}
          selection={selects ? { ids: chosen, onChange: setChosen, name: (row) => row.number || row.debtorName } : undefined}
          empty={filtered ? <NoMatch onClear={clear} /> : <NoneYet />}
        />
      </Card>
      {chosen.size > 0 && <BulkActions rows={list.rows.filter((row) => chosen.has(row.id))} onClear={() => setChosen(new Set())} />}
    </Page>
  );
}

function useColumns(): readonly Column<InvoiceRow>[] {
  const t = useMessages();
  const words = useWords();
  const today = useToday();
  return useMemo(
    () => [
      { id: "number", header: t.number, sort: "NUMBER", cell: (row) => <NumberCell row={row} /> },
      {
        id: "debtor", header: t.debtor, sort: "DEBTOR", wideOnly: true,
        cell: (row) => (
          <>
            {row.debtorName} <span className="soft small">{row.debtorReference}</span>
          </>
        ),
      },
      { id: "status", header: t.status, wideOnly: true, cell: (row) => <InvoiceStatusBadge status={row.status} dueOn={row.dueOn} today={today} /> },
      { id: "delivery", header: t.delivery, wideOnly: true, cell: (row) => <span className="soft">{words.delivery[row.deliveryState]}</span> },
      { id: "issued", header: t.issuedOn, sort: "ISSUED_ON", wideOnly: true, cell: (row) => row.issuedOn && <DateText date={row.issuedOn} /> },
      { id: "due", header: t.dueOn, sort: "DUE_ON", wideOnly: true, cell: (row) => row.dueOn && <DateText date={row.dueOn} /> },
      { id: "total", header: t.total, sort: "TOTAL", end: true, cell: (row) => <TotalCell row={row} today={today} /> },
      { id: "open", header: t.open, sort: "OPEN", end: true, wideOnly: true, cell: (row) => row.status !== "DRAFT" && <Amount of={row.open} /> },
    ],
    [t, words, today],
  ); // prettier-ignore
}

/** On a phone the name stands under the number. */
function NumberCell({ row }: { readonly row: InvoiceRow }) {
  const t = useMessages();
  return (
    <>
      <Link to={`/invoices/${row.id}`}>{row.number || t.draftNumber}</Link>
      <div className="narrow-only small soft">{row.debtorName}</div>
    </>
  );
}

/** On a phone the status stands under the amount. */
function TotalCell({ row, today }: { readonly row: InvoiceRow; readonly today: string }) {
  return (
    <>
      <Amount of={row.total} />
      <div className="narrow-only">
        <InvoiceStatusBadge status={row.status} dueOn={row.dueOn} today={today} />
      </div>
    </>
  );
}

function Filters({ params, onSet }: { readonly params: URLSearchParams; readonly onSet: (name: FilterName, value: string) => void }) {
  const t = useMessages();
  const issuers = useIssuers();
  const names: readonly FilterName[] = ["issuer", "season", "from", "to", "dueFrom", "dueTo"];
  const [open, setOpen] = useState(names.some((name) => params.has(name)));
  const value = (name: FilterName) => params.get(name) ?? "";
  return (
    <>
      <Button aria-expanded={open} onPress={() => setOpen(!open)}>
        <SlidersHorizontal aria-hidden /> {t.filters}
      </Button>
      {open && (
        <div className="grid-fields" style={{ flexBasis: "100%" }}>
          {issuers && issuers.length > 0 && (
            <Select
              label={t.issuer} value={value("issuer")} onChange={(id) => onSet("issuer", id)}
              options={[{ value: "", label: t.any }, ...issuers.map((each) => ({ value: each.id, label: each.name }))]}
            />
          )}
          <TextField label={t.season} value={value("season")} onChange={(season) => onSet("season", season)} />
          <DateField label={t.issuedFrom} value={value("from")} onChange={(day) => onSet("from", day)} />
          <DateField label={t.issuedTo} value={value("to")} onChange={(day) => onSet("to", day)} />
          <DateField label={t.dueFrom} value={value("dueFrom")} onChange={(day) => onSet("dueFrom", day)} />
          <DateField label={t.dueTo} value={value("dueTo")} onChange={(day) => onSet("dueTo", day)} />
        </div>
      )}
    </>
  );
}

function NoneYet() {
  const t = useMessages();
  const drafts = useMay("invoices.draft");
  return (
    <Empty icon={ReceiptText} title={t.emptyTitle}>
      {drafts && <p>{t.emptyText}</p>}
      {drafts && (
        <LinkButton to="/invoices/new" kind="primary">
          {t.newInvoice}
        </LinkButton>
      )}
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
