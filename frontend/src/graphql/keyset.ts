/** A list read page by page along its cursor, for tables that grow while somebody scrolls. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { AnyVariables, CombinedError, TypedDocumentNode } from "@urql/core";
import { useClient } from "urql";

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

export interface Keyset<Row> {
  readonly rows: readonly Row[];
  readonly loading: boolean;
  readonly error: CombinedError | null;
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly again: () => void;
}

interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

/** A GraphQL connection as a page. */
export function pageOf<Node>(connection: Connection<Node> | null | undefined): Page<Node> {
  if (!connection) return { rows: [], next: null };
  const { hasNextPage, endCursor } = connection.pageInfo;
  return { rows: connection.edges.map((edge) => edge.node), next: hasNextPage ? (endCursor ?? null) : null };
}

/**
 * `variables` without `after`; a change of them begins anew. Pages that were read before come from the cache at once,
 * so that going back to a list is instant; they are asked again behind it.
 */
export function useKeyset<D, V extends AnyVariables, Row>(
  document: TypedDocumentNode<D, V>, variables: V, page: (data: D) => Page<Row>,
): Keyset<Row> {
  const client = useClient();
  const asked = JSON.stringify(variables);
  const reading = useRef(page);
  reading.current = page;
  const known = useCallback((): State<Row> => {
    const rows: Row[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < MAX_KNOWN_PAGES; pages += 1) {
      const found = client.readQuery(document, { ...JSON.parse(asked), after } as V, { requestPolicy: "cache-only" })?.data;
      if (!found) return { asked, rows, next: after, pages, loading: true, error: null };
      const read = reading.current(found);
      rows.push(...read.rows);
      after = read.next;
      if (after === null) return { asked, rows, next: null, pages: pages + 1, loading: true, error: null };
    }
    return { asked, rows, next: after, pages: MAX_KNOWN_PAGES, loading: true, error: null };
  }, [client, document, asked]);

  const [state, setState] = useState<State<Row>>(known);
  const turn = useRef(0);

  const read = useCallback(
    async (pages: number, from: { rows: readonly Row[]; after: string | null; pages: number }) => {
      turn.current += 1;
      const mine = turn.current;
      const rows = [...from.rows];
      let after = from.after;
      for (let count = 0; count < pages; count += 1) {
        const { data, error } = await client
          .query(document, { ...JSON.parse(asked), after } as V, { requestPolicy: "network-only" })
          .toPromise();
        if (mine !== turn.current) return;
        if (!data) {
          setState((was) => ({ ...was, loading: false, error: error ?? null }));
          return;
        }
        const found = reading.current(data);
        rows.push(...found.rows);
        after = found.next;
        if (after === null) break;
      }
      setState({ asked, rows, next: after, pages: from.pages + pages, loading: false, error: null });
    },
    [client, document, asked],
  );

  const again = useCallback(() => {
    setState((was) => ({ ...was, loading: true }));
    void read(Math.max(1, Math.min(state.pages, MAX_REREAD_PAGES)), { rows: [], after: null, pages: 0 });
  }, [read, state.pages]);

  useEffect(() => {
    const found = known();
    setState(found);
    void read(Math.max(1, Math.min(found.pages, MAX_REREAD_PAGES)), { rows: [], after: null, pages: 0 });
    return () => {
      turn.current += 1;
    };
  }, [known, read]);

  const latest = useRef(again);
  latest.current = again;
  useEffect(() => {
    const refresh = () => latest.current();
    lists.add(refresh);
    return () => {
      lists.delete(refresh);
    };
  }, []);

  const more = useCallback(() => {
    if (state.loading || state.next === null || state.asked !== asked) return;
    setState((was) => ({ ...was, loading: true }));
    void read(1, { rows: state.rows, after: state.next, pages: state.pages });
  }, [asked, read, state]);

  const stale = state.asked !== asked;
  return {
    // Until the first rows of the new question are there, the old ones stay, dimmed by `loading`.
    rows: state.rows,
    loading: state.loading || stale,
    error: state.error,
    hasMore: state.next !== null,
    more,
    again,
  };
}

/** Somebody changed something: lists on the screen ask again. */
export function refreshLists(): void {
  for (const refresh of lists) refresh();
}

interface State<Row> {
  readonly asked: string;
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly pages: number;
  readonly loading: boolean;
  readonly error: CombinedError | null;
}

// So far back a list is restored at once; more is read again while scrolling.
const MAX_KNOWN_PAGES = 20;
const MAX_REREAD_PAGES = 4;
const lists = new Set<() => void>();
