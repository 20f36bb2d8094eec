/** A table of a handful of rows that all stand on the page; what is longer is a `DataGrid`. Wide ones scroll in themselves. */
import type { Key, ReactNode } from "react";

export interface Column<R> {
  readonly head: ReactNode;
  readonly cell: (row: R) => ReactNode;
  /** Numbers stand at the end of their column. */
  readonly end?: boolean;
  /** Left out on a phone. */
  readonly wideOnly?: boolean;
  /** The cell that names its row, for whoever hears the table. */
  readonly names?: boolean;
  readonly lang?: string;
}

interface TableProps<R> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly columns: readonly Column<R>[];
  readonly keyOf: (row: R, at: number) => Key;
  /** Rows before and after, made by whoever knows what they sum up. */
  readonly opening?: ReactNode;
  readonly foot?: ReactNode;
  /** Classes of the table besides its own. */
  readonly className?: string;
  /** No higher than a part of the page: what does not fit is scrolled within. */
  readonly limited?: boolean;
}

export function Table<R>({ label, rows, columns, keyOf, opening, foot, className, limited }: TableProps<R>) {
  return (
    <div className={limited ? "table-scroll problems" : "table-scroll"} tabIndex={0} role="region" aria-label={label}>
      <table className={className ? `table ${className}` : "table"}>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={at} scope="col" {...classOf(column)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {opening}
          {rows.map((row, place) => (
            <tr key={keyOf(row, place)}>
              {columns.map((column, at) => {
                const Cell = column.names ? "th" : "td";
                return (
                  <Cell key={at} {...(column.names ? { scope: "row" } : {})} {...classOf(column)} lang={column.lang}>
                    {column.cell(row)}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

function classOf({ end, wideOnly }: { readonly end?: boolean; readonly wideOnly?: boolean }): { readonly className?: string } {
  const names = [end && "end", wideOnly && "wide-only"].filter(Boolean);
  return names.length > 0 ? { className: names.join(" ") } : {};
}
