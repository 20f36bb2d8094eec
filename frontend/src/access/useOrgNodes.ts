/** The org tree in the order of a table of contents, each node with the names above it. */
import { useMemo } from "react";
import { useQuery } from "urql";
import { graphql } from "../graphql/generated";
import type { OrgTreeQuery } from "../graphql/generated/graphql";

const TREE = graphql(`
  query OrgTree {
    orgNodes {
      id
      parentId
      kind
      name
      code
    }
  }
`);

type Row = OrgTreeQuery["orgNodes"][number];

export interface TreeNode extends Row {
  readonly depth: number;
  /** “Skåne › Malmö Boule Club”: what a search looks in. */
  readonly path: string;
  /** The same without its own name, and without the federation, which is above all. */
  readonly above: string;
}

export function useOrgNodes(): readonly TreeNode[] | null {
  const [{ data, error }] = useQuery({ query: TREE });
  return useMemo(() => (data ? ordered(data.orgNodes) : error ? [] : null), [data, error]);
}

export function ordered(rows: readonly Row[]): readonly TreeNode[] {
  const known = new Set(rows.map((row) => row.id));
  const below = new Map<string, Row[]>();
  for (const row of rows) {
    // What lies beyond one's reach is no parent here.
    const parent = row.parentId && known.has(row.parentId) ? row.parentId : "";
    below.set(parent, [...(below.get(parent) ?? []), row]);
  }
  const found: TreeNode[] = [];
  const walk = (parent: string, depth: number, above: readonly string[]) => {
    for (const row of below.get(parent) ?? []) {
      found.push({ ...row, depth, path: [...above, row.name].join(" › "), above: above.join(" › ") });
      walk(row.id, depth + 1, depth === 0 ? [] : [...above, row.name]);
    }
  };
  walk("", 0, []);
  return found;
}
