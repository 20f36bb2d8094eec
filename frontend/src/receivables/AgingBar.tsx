/** Open amounts by age: one bar, and the same as words, since the bar alone says nothing to many people. */
import { graphql, readFragment, type FragmentType } from "../graphql/generated";
import { useWords } from "../invoices/words";
import { Amount } from "../ui/parts";

const ROW = graphql(`
  fragment AgingBar_row on AgingRow {
    currency
    columns {
      bucket
      invoices
      open {
        amountMinor
        currency
      }
    }
  }
`);

export function AgingBar({ row }: { readonly row: FragmentType<typeof ROW> }) {
  const words = useWords();
  const { columns } = readFragment(ROW, row);
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
      <dl className="legend">
        {columns.map((column) => (
          <div key={column.bucket}>
            <dt>
              <span className={`swatch age-${column.bucket}`} /> {words.bucket[column.bucket]}
            </dt>
            <dd>
              <Amount of={column.open} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
