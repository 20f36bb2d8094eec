/** Problems of a member file, gathered: the same one in forty rows is one line with forty rows. */

export interface RowProblem {
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly message: string;
  readonly value: string;
}

export interface GatheredProblem {
  readonly column: string;
  readonly code: string;
  readonly message: string;
  readonly found: readonly RowProblem[];
}

/** In the order in which each kind first appears in the file. */
export function gathered(problems: readonly RowProblem[]): readonly GatheredProblem[] {
  const kinds = new Map<string, RowProblem[]>();
  for (const problem of problems) {
    const kind = `${problem.column}/${problem.code}`;
    const found = kinds.get(kind);
    if (found) found.push(problem);
    else kinds.set(kind, [problem]);
  }
  return [...kinds.values()].map((found) => ({ column: found[0]!.column, code: found[0]!.code, message: found[0]!.message, found }));
}
