import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { speak } from "../language/language";
import { type Column, DataGrid, type DataGridProps } from "./DataGrid";

interface Row {
  readonly id: string;
  readonly name: string;
}

const COLUMNS: readonly Column<Row>[] = [{ id: "name", header: "Name", sort: "NAME", cell: (row) => row.name }];
const rows = (count: number): Row[] => Array.from({ length: count }, (_, at) => ({ id: String(at), name: `Row ${at}` }));

function shown(more: Partial<DataGridProps<Row>> = {}) {
  const props: DataGridProps<Row> = {
    label: "Rows", columns: COLUMNS, rows: rows(3), rowId: (row) => row.id, loading: false, hasMore: false, onMore: vi.fn(), empty: "none", ...more,
  }; // prettier-ignore
  return render(<DataGrid {...props} />);
}

beforeEach(() => {
  speak("en");
  // There is no layout here: a window of 600 pixels, rows of 48.
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(48);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1000);
});
afterEach(() => vi.restoreAllMocks());

it("keeps only the rows in view in the page, however many there are", () => {
  shown({ rows: rows(100_000) });
  const inPage = screen.getAllByRole("row").length;
  expect(inPage).toBeGreaterThan(10);
  expect(inPage).toBeLessThan(100);
  expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("100001");
});

it("selects one row, all rows, and none", async () => {
  const onChange = vi.fn();
  const selection = (ids: string[]) => ({ ids: new Set(ids), onChange, name: (row: Row) => row.name });
  const { rerender } = shown({ selection: selection([]) });
  await userEvent.click(screen.getByRole("checkbox", { name: "Select Row 1" }));
  expect([...onChange.mock.lastCall?.[0]]).toEqual(["1"]);
  await userEvent.click(screen.getByRole("checkbox", { name: "Select all loaded rows" }));
  expect([...onChange.mock.lastCall?.[0]]).toEqual(["0", "1", "2"]);
  rerender(<DataGrid label="Rows" columns={COLUMNS} rows={rows(3)} rowId={(row) => row.id} loading={false} hasMore={false} onMore={vi.fn()} empty="none" selection={selection(["0", "1", "2"])} />);
  await userEvent.click(screen.getByRole("checkbox", { name: "Select all loaded rows" }));
  expect([...onChange.mock.lastCall?.[0]]).toEqual([]);
});

it("asks for the order of a column, and announces it", async () => {
  const onSort = vi.fn();
  shown({ onSort, sorting: { field: "NAME", descending: false } });
  const header = screen.getByRole("columnheader");
  expect(header.getAttribute("aria-sort")).toBe("ascending");
  await userEvent.click(within(header).getByRole("button"));
  expect(onSort).toHaveBeenCalledWith({ field: "NAME", descending: true });
});

it("says nothing of there being no rows when the question was not answered", () => {
  expect(shown({ rows: [], failed: true }).container.textContent).toBe("");
  expect(shown({ rows: [] }).container.textContent).toBe("none");
});
