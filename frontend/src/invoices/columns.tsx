/** The columns of the list of invoices; on a phone two of them hold what the others do on a wide window. */
import { useMemo } from "react";
import { Link } from "react-router";
import { useToday } from "../app/time";
import { useIssuers } from "../issuers/useIssuers";
import type { Column } from "../ui/DataGrid";
import { Amount, DateText } from "../ui/parts";
import { InvoiceStatusBadge } from "./InvoiceStatusBadge";
import type { InvoiceRow } from "./list";
import { useMessages } from "./listMessages";
import { useWords } from "./words";

export function useColumns(): readonly Column<InvoiceRow>[] {
  const t = useMessages();
  const words = useWords();
  const today = useToday();
  // Each issuer numbers for itself, so that of several the number alone says little.
  // Who may see no issuer, as a club's admin, is billed by several as well.
  const several = (useIssuers()?.length ?? 1) !== 1;
  return useMemo(
    () => [
      { id: "number", header: t.number, sort: "NUMBER", cell: (row) => <NumberCell row={row} several={several} today={today} /> },
      {
        id: "debtor", header: t.debtor, sort: "DEBTOR", wideOnly: true, flexible: true,
        cell: (row) => (
          <>
            {row.debtorName}
            <div className="under">{row.debtorReference}</div>
          </>
        ),
      },
      { id: "status", header: t.status, wideOnly: true, cell: (row) => <InvoiceStatusBadge status={row.status} dueOn={row.dueOn} today={today} /> },
      { id: "delivery", header: t.delivery, wideOnly: true, roomyOnly: true, cell: (row) => <span className="soft">{words.delivery[row.deliveryState]}</span> },
      { id: "issued", header: t.issuedOn, sort: "ISSUED_ON", wideOnly: true, roomyOnly: true, cell: (row) => row.issuedOn && <DateText date={row.issuedOn} /> },
      { id: "due", header: t.dueOn, sort: "DUE_ON", wideOnly: true, cell: (row) => row.dueOn && <DateText date={row.dueOn} /> },
      { id: "total", header: t.total, sort: "TOTAL", end: true, cell: (row) => <TotalCell row={row} /> },
      { id: "open", header: t.open, sort: "OPEN", end: true, wideOnly: true, cell: (row) => row.status !== "DRAFT" && <Amount of={row.open} /> },
    ],
    [t, words, today, several],
  ); // prettier-ignore
}

/** On a phone debtor and status stand under the number, too: beside an amount no long word has room. */
function NumberCell({ row, several, today }: { readonly row: InvoiceRow; readonly several: boolean; readonly today: string }) {
  const t = useMessages();
  return (
    <>
      <Link to={`/invoices/${row.id}`}>{row.number || t.draftNumber}</Link>
      <div className="narrow-only small soft">{row.debtorName}</div>
      {several && <div className="under">{row.issuerName}</div>}
      <div className="narrow-only">
        <InvoiceStatusBadge status={row.status} dueOn={row.dueOn} today={today} />
      </div>
    </>
  );
}

/** The tax of a draft is decided when it is issued. */
function TotalCell({ row }: { readonly row: InvoiceRow }) {
  const t = useMessages();
  return (
    <>
      <Amount of={row.total} />
      {row.status === "DRAFT" && <div className="under">{t.beforeTax}</div>}
    </>
  );
}
