/** Open amounts by age: one bar, and the same as a table, since the bar alone says nothing to many people. */
import { Link } from "react-router";
import { graphql, readFragment, type FragmentType } from "../graphql/generated";
import { listAddress, OPEN } from "../invoices/list";
import { useWords } from "../invoices/words";
import { Amount } from "../ui/parts";
import { useMessages } from "./messages";
import { Table } from "../ui/Table";

const ROW = graphql(`
  fragment AgingBar_row on AgingRow {
    currency
    columns {
      bucket
      invoices
      dueFrom
      dueTo
      open {
        amountMinor
        currency
      }
    }
  }
`);

interface AgingBarProps {
  readonly row: FragmentType<typeof ROW>;
  /** Lead to the invoices behind each amount: of this issuer, or null for all. Left out for days past, whose list is another. */
  readonly listOf?: { readonly issuerId: string | null } | undefined;
}

export function AgingBar({ row, listOf }: AgingBarProps) {
  const t = useMessages();
  const words = useWords();
  const { columns, currency } = readFragment(ROW, row);
  return (
    <div className="stack">
      <div className="stacked" aria-hidden>
        {columns
          .filter((column) => column.invoices > 0 && !column.open.amountMinor.startsWith("-"))
          .map((column) => (
            // The share of the bar is the amount itself; nothing is added up here.
            <div key={column.bucket} className={`age-${column.bucket}`} style={{ flex: `${column.open.amountMinor} 1 0`, minWidth: 4 }} />
          ))}
      </div>
      <Table
        label={t.byAge} className="ages" rows={columns} keyOf={({ bucket }) => bucket}
        columns={[
          {
            head: t.age, names: true,
            cell: ({ bucket }) => (
              <>
                <span className={`swatch age-${bucket}`} /> {words.bucket[bucket]}
              </>
            ),
          },
          { head: t.invoices, end: true, cell: ({ invoices }) => invoices },
          {
            head: t.open, end: true,
            cell: (column) =>
              listOf && column.invoices > 0 ? (
                <Link
                  to={listAddress({
                    status: OPEN, issuer: listOf.issuerId, currency, dueFrom: column.dueFrom, dueTo: column.dueTo, sort: "due",
                  })}
                >
                  <Amount of={column.open} />
                </Link>
              ) : (
                <Amount of={column.open} />
              ),
          },
        ]}
      />
    </div>
  ); // prettier-ignore
}
