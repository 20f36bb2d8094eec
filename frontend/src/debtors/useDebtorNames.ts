/** Names for ids that a list holds without them; asked in pages of a hundred, each id once. */
import { useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import { graphql } from "../graphql/generated";

const NAMES = graphql(`
  query DebtorNames($ids: [ID!]!) {
    nodes(ids: $ids) {
      id
      ... on Debtor {
        name
        reference
      }
    }
  }
`);

const PAGE = 100;

export function useDebtorNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const client = useClient();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const asked = useRef(new Set<string>());
  const wanted = ids.filter((id) => !asked.current.has(id)).slice(0, PAGE).join(" ");
  useEffect(() => {
    if (wanted === "") return;
    const page = wanted.split(" ");
    for (const id of page) asked.current.add(id);
    void client
      .query(NAMES, { ids: page })
      .toPromise()
      .then(({ data }) => {
        const found = (data?.nodes ?? []).flatMap((node) => (node?.__typename === "Debtor" ? [[node.id, node.name || node.reference] as const] : []));
        setNames((was) => new Map([...was, ...found]));
      });
  }, [wanted, client]);
  return names;
}
