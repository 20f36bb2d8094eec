/** Open amounts by age: one bar, and the same as a table, since the bar alone says nothing to many people. */
import { Link } from "react-router";
import { graphql, readFragment, type FragmentType } from "../graphql/generated";
import { listAddress, OPEN } from "../invoices/list";
import { useWords } from "../invoices/words";
import { Amount } from "../ui/parts";
import { useMessages } from "./messages";

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
      <table className="table ages">
        <caption className="visually-hidden">{t.byAge}</caption>
        <thead>
          <tr>
            <th scope="col">{t.age}</th>
            <th scope="col" className="end">
              {t.invoices}
            </th>
            <th scope="col" className="end">
              {t.open}
            </th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.bucket}>
              <th scope="row">
                <span className={`swatch age-${column.bucket}`} /> {words.bucket[column.bucket]}
              </th>
              <td className="end">{column.invoices}</td>
              <td className="end">
                {listOf && column.invoices > 0 ? (
                  <Link
                    to={listAddress({
                      status: OPEN, issuer: listOf.issuerId, currency, dueFrom: column.dueFrom, dueTo: column.dueTo, sort: "due",
                    })}
                  >
                    <Amount of={column.open} />
                  </Link>
                ) : (
                  <Amount of={column.open} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  ); // prettier-ignore
}
