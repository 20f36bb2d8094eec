import { expect, test } from "vitest";
import { gathered } from "./fileProblems";

const problem = (row: number, column: string, code: string) => ({ row, column, code, message: `${code}!`, value: `v${row}` });

test("the same problem in many rows is told once, with its rows", () => {
  const told = gathered([problem(2, "club", "club_unknown"), problem(3, "email", "missing"), problem(4, "club", "club_unknown")]);
  expect(told.map((each) => [each.column, each.code, each.found.map((one) => one.row)])).toEqual([
    ["club", "club_unknown", [2, 4]],
    ["email", "missing", [3]],
  ]);
});
