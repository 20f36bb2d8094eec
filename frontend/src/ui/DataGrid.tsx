/**
 * A table for long lists: only the rows in view are in the page, more are asked for near the end. It stays a real
 * table with real headers; above and below the visible rows stands one empty row as high as all that is left out.
 */
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type CSSProperties, type ReactNode, useEffect, useRef } from "react";
import { Checkbox } from "./fields";
import { useMessages } from "./messages";
import { Skeleton } from "./parts";

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Amounts and dates stand at the end of the line. */
  readonly end?: boolean;
  /** Left out on a phone. */
  readonly wideOnly?: boolean;
  /** Left out where the window is not wide: the first to go. */
  readonly roomyOnly?: boolean;
  /** Takes the room that is left, and is the one that is shortened. */
  readonly flexible?: boolean;
  /** The field the server sorts by. */
  readonly sort?: string;
}

export interface Sorting {
  readonly field: string;
  readonly descending: boolean;
}

export interface DataGridProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly loading: boolean;
  /** The question was not answered: then nothing is said of there being no rows. */
  readonly failed?: boolean;
  readonly hasMore: boolean;
  readonly onMore: () => void;
  readonly empty: ReactNode;
  readonly sorting?: Sorting | undefined;
  readonly onSort?: (sorting: Sorting) => void;
  readonly selection?: { readonly ids: ReadonlySet<string>; readonly onChange: (ids: ReadonlySet<string>) => void; readonly name: (row: Row) => string } | undefined;
}

const ROW_HEIGHT = 48;
const PHONE_ROW_HEIGHT = 60;
// The header and its lines.
const HEAD = 48;
// A longer list scrolls in itself; a shorter one is as high as its rows, without a blank below them.
const TALLEST = 17 * ROW_HEIGHT;
const WAITING_ROWS = 6;
// So many rows before the end the next page is asked for.
const AHEAD = 12;
const NOBODY: ReadonlySet<string> = new Set();

export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, columns, rows, rowId, loading, hasMore, onMore, selection } = props;
  const t = useMessages();
  const scroller = useRef<HTMLDivElement>(null);
  const height = matchMedia("(max-width: 700px)").matches ? PHONE_ROW_HEIGHT : ROW_HEIGHT;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    initialRect: { width: 1000, height: 800 },
  });
  const visible = virtual.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loading && last >= rows.length - AHEAD) onMore();
  }, [hasMore, loading, last, rows.length, onMore]);

  if (rows.length === 0 && !loading) return props.failed ? null : props.empty;
  const chosen = selection?.ids ?? NOBODY;
  const every = rows.length > 0 && rows.every((row) => chosen.has(rowId(row)));
  const choose = (row: Row, wanted: boolean) => {
    const next = new Set(chosen);
    if (wanted) next.add(rowId(row));
    else next.delete(rowId(row));
    selection?.onChange(next);
  };
  const before = visible[0]?.start ?? 0;
  const after = Math.max(0, virtual.getTotalSize() - (visible.at(-1)?.end ?? 0));
  const width = columns.length + (selection ? 1 : 0);
  return (
    <div
      className="data-grid" ref={scroller} tabIndex={0} role="region" aria-label={label} aria-busy={loading}
      style={{ "--grid-height": `${Math.min((rows.length === 0 ? WAITING_ROWS * ROW_HEIGHT : virtual.getTotalSize()) + HEAD, TALLEST)}px` } as CSSProperties}
    >
      <table aria-rowcount={hasMore ? -1 : rows.length + 1} aria-label={label}>
        <thead>
          <tr>
            {selection && (
              <th className="narrow">
                <Checkbox
                  label={t.selectAll} selected={every} indeterminate={!every && chosen.size > 0}
                  onChange={(all) => selection.onChange(new Set(all ? rows.map(rowId) : []))}
                />
              </th>
            )}
            {columns.map((column) => (
              <Header key={column.id} column={column} sorting={props.sorting} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.length === 0 && <Waiting width={width} />}
          {before > 0 && <Spacer height={before} width={width} />}
          {visible.map(({ index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const id = rowId(row);
            return (
              <tr key={id} ref={virtual.measureElement} data-index={index} aria-rowindex={index + 2} {...(selection ? { "aria-selected": chosen.has(id) } : {})}>
                {selection && (
                  <td className="narrow">
                    <Checkbox label={t.selectRow(selection.name(row))} selected={chosen.has(id)} onChange={(wanted) => choose(row, wanted)} />
                  </td>
                )}
                {columns.map((column, at) => {
                  const Cell = at === 0 ? "th" : "td";
                  return (
                    <Cell key={column.id} className={classes(column)} {...(at === 0 ? { scope: "row" } : {})}>
                      {column.cell(row)}
                    </Cell>
                  );
                })}
              </tr>
            );
          })}
          {after > 0 && <Spacer height={after} width={width} />}
        </tbody>
      </table>
    </div>
  );
}

interface HeaderProps<Row> {
  readonly column: Column<Row>;
  readonly sorting: Sorting | undefined;
  readonly onSort: ((sorting: Sorting) => void) | undefined;
}

function Header<Row>({ column, sorting, onSort }: HeaderProps<Row>) {
  const field = column.sort;
  if (field === undefined || onSort === undefined) {
    return (
      <th scope="col" className={classes(column)}>
        {column.header}
      </th>
    );
  }
  const mine = sorting?.field === field;
  const Arrow = mine && !sorting.descending ? ArrowUp : ArrowDown;
  return (
    <th scope="col" className={classes(column)} aria-sort={mine ? (sorting.descending ? "descending" : "ascending") : "none"}>
      <button type="button" className="sort" onClick={() => onSort({ field, descending: mine ? !sorting.descending : false })}>
        {column.header}
        {mine && <Arrow aria-hidden />}
      </button>
    </th>
  );
}

function Spacer({ height, width }: { readonly height: number; readonly width: number }) {
  return (
    <tr className="spacer" aria-hidden>
      <td colSpan={width} style={{ height }} />
    </tr>
  );
}

function Waiting({ width }: { readonly width: number }) {
  return Array.from({ length: 8 }, (_, line) => (
    <tr key={line} aria-hidden>
      <td colSpan={width}>
        <Skeleton width={`${95 - ((line * 13) % 30)}%`} />
      </td>
    </tr>
  ));
}

function classes<Row>(column: Column<Row> | undefined): string | undefined {
  return [column?.end && "end", column?.wideOnly && "wide-only", column?.roomyOnly && "roomy-only", column?.flexible && "flexible"].filter(Boolean).join(" ") || undefined;
}
