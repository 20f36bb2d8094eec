/** Invoices of the federations one has entered, the newest first. Who has entered none is asked to, with a reason. */
import { DoorOpen, ReceiptText } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { graphql } from "../graphql/generated";
import type { InvoiceStatus, PlatformInvoiceListQuery } from "../graphql/generated/graphql";
import { pageOf, useKeyset } from "../graphql/keyset";
import { InvoiceStatusBadge } from "../invoices/InvoiceStatusBadge";
import { useWords } from "../invoices/words";
import { minorFrom } from "../money/money";
import { Button } from "../ui/Button";
import { type Column, DataGrid } from "../ui/DataGrid";
import { QueryFailed } from "../ui/failures";
import { AmountField, SearchField, Select, TextField } from "../ui/fields";
import { Amount, Card, DateText, Empty, Notice, Page } from "../ui/parts";
import { useSettled } from "../ui/useSettled";
import { ConsoleHeader } from "./ConsoleHeader";
import { EnterDialog } from "./EnterDialog";
import { useMessages } from "./messages";
import { useEntered } from "./useEntered";

const LIST = graphql(`
  query PlatformInvoiceList(
    $tenantId: ID
    $search: String!
    $status: [InvoiceStatus!]
    $currency: String
    $totalFrom: BigInt
    $totalTo: BigInt
    $first: Int!
    $after: String
  ) {
    platformInvoices(
      tenantId: $tenantId
      search: $search
      status: $status
      currency: $currency
      totalFrom: $totalFrom
      totalTo: $totalTo
      first: $first
      after: $after
    ) {
      edges {
        node {
          id
          tenantId
          tenantName
          number
          status
          issuerName
          debtorName
          issuedOn
          total {
            amountMinor
            currency
          }
          open {
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

type Row = PlatformInvoiceListQuery["platformInvoices"]["edges"][number]["node"];

const STATUSES: readonly InvoiceStatus[] = ["ISSUED", "SENT", "VIEWED", "PARTIALLY_PAID", "OVERDUE", "PAID", "CANCELLED", "DRAFT"];

export function Component() {
  const t = useMessages();
  const words = useWords();
  const entered = useEntered();
  const [params, setParams] = useSearchParams();
  const [entering, setEntering] = useState(false);
  const [typed, setTyped] = useState(params.get("q") ?? "");
  const search = useSettled(typed.trim());
  const tenant = params.get("tenant") ?? "";
  const status = STATUSES.find((each) => each === params.get("status"));
  const [amounts, setAmounts] = useState({ currency: "", from: "", to: "" });
  const settled = useSettled(amounts);
  const currency = /^[A-Z]{3}$/.test(settled.currency) ? settled.currency : null;
  const minor = (text: string) => (currency === null || text === "" ? null : (minorFrom(text, currency)?.toString() ?? null));
  const list = useKeyset(
    LIST,
    { tenantId: tenant || null, search, status: status ? [status] : null, currency, totalFrom: minor(settled.from), totalTo: minor(settled.to), first: 50 },
    (data) => pageOf(data.platformInvoices),
  );
  const keep = (change: Readonly<Record<string, string>>) =>
    setParams((was) => new URLSearchParams([...Object.entries({ ...Object.fromEntries(was), ...change })].filter(([, value]) => value !== "")), { replace: true });
  useEffect(() => {
    if ((params.get("q") ?? "") !== search) keep({ q: search });
  });
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      {
        id: "number", header: `${t.number}, ${t.federation.toLowerCase()}`,
        cell: (row) => (
          <>
            {row.number || "–"}
            <div className="narrow-only small soft">{row.debtorName}</div>
            <div className="wide-only small">
              <Link to={`/platform/tenants/${row.tenantId}`}>{row.tenantName}</Link>
            </div>
          </>
        ),
      },
      {
        id: "debtor", header: `${t.debtor}, ${t.issuer.toLowerCase()}`, wideOnly: true,
        cell: (row) => (
          <>
            {row.debtorName}
            <div className="small soft">{row.issuerName}</div>
          </>
        ),
      },
      { id: "status", header: t.stateLabel, cell: (row) => <InvoiceStatusBadge status={row.status} /> },
      { id: "issued", header: t.issuedOn, wideOnly: true, cell: (row) => (row.issuedOn ? <DateText date={row.issuedOn} /> : "–") },
      { id: "total", header: t.total, end: true, cell: (row) => <Amount of={row.total} /> },
      { id: "open", header: t.open, end: true, wideOnly: true, cell: (row) => <Amount of={row.open} /> },
    ],
    [t],
  ); // prettier-ignore
  const open = entered.tenants.filter((each) => each.look);
  // The platform's own invoices are its operators' anyway: only the others are entered.
  const others = entered.tenants.filter((each) => each.kind !== "PLATFORM");
  const inside = others.filter((each) => each.look);
  return (
    <Page>
      <ConsoleHeader title={t.invoicesTitle} lead={t.invoicesLead}>
        <Button kind={inside.length === 0 ? "primary" : "secondary"} onPress={() => setEntering(true)}>
          <DoorOpen aria-hidden /> {t.enterAll}
        </Button>
      </ConsoleHeader>
      {inside.length > 0 && <Notice>{t.inside(inside.length, others.length)}</Notice>}
      {inside.length === 0 && list.rows.length > 0 && <Notice>{t.outsideText}</Notice>}
      <div className="cluster bottom">
        <div className="grow">
          <SearchField label={t.searchInvoice} value={typed} onChange={setTyped} />
        </div>
        <Select
          label={t.federation} value={tenant} onChange={(value) => keep({ tenant: value })}
          options={[{ value: "", label: t.allEntered }, ...open.map((each) => ({ value: each.id, label: each.name }))]}
        />
        <Select
          label={t.stateLabel} value={status ?? ""} onChange={(value) => keep({ status: value })}
          options={[{ value: "", label: t.anyStatus }, ...STATUSES.map((value) => ({ value, label: words.status[value] }))]}
        />
      </div>
      <div className="grid-fields">
        <TextField label={t.currency} hint={t.currencyHint} value={amounts.currency} maxLength={3} autoComplete="off" onChange={(value) => setAmounts((was) => ({ ...was, currency: value.toUpperCase() }))} />
        <AmountField label={t.amountFrom} value={amounts.from} disabled={amounts.currency.length !== 3} onChange={(from) => setAmounts((was) => ({ ...was, from }))} />
        <AmountField label={t.amountTo} value={amounts.to} disabled={amounts.currency.length !== 3} onChange={(to) => setAmounts((was) => ({ ...was, to }))} />
      </div>
      {list.error && <QueryFailed error={list.error} onAgain={list.again} />}
      <Card flush>
        <DataGrid
          label={t.invoicesTitle} columns={columns} rows={list.rows} rowId={(row) => row.id} loading={list.loading} failed={list.error !== null} hasMore={list.hasMore} onMore={list.more}
          empty={
            inside.length === 0 ? (
              <Empty icon={DoorOpen} title={t.outside}>
                <p>{t.outsideText}</p>
                <Button kind="primary" onPress={() => setEntering(true)}>
                  {t.enterAll}
                </Button>
              </Empty>
            ) : (
              <Empty icon={ReceiptText} title={t.noMatch}>
                <p>{t.noMatchText}</p>
              </Empty>
            )
          }
        />
      </Card>
      {entering && (
        <EnterDialog
          tenant={null} onClose={() => setEntering(false)}
          onEntered={() => {
            entered.again();
            list.again();
          }}
        />
      )}
    </Page>
  );
}
