/**
 * After a command that the read models do not have yet (a large run keeps the workers busy), what is on the screen is
 * asked again a few times: the answer of the command said how far behind they are.
 */
import { type Client, type Exchange, mapExchange, type Operation, type OperationResult } from "@urql/core";
import { refreshLists } from "./keyset";

/** When to look again, in milliseconds after the answer. */
export const LOOKS = [1_000, 3_000, 8_000, 20_000];

/** `client` is asked for late: the exchange is made before it. */
export function rereadExchange(client: () => Client): Exchange {
  const shown = new Map<number, Operation>();
  return mapExchange({
    onOperation: (operation) => {
      if (operation.kind === "query") shown.set(operation.key, operation);
      if (operation.kind === "teardown") shown.delete(operation.key);
    },
    onResult: (result) => {
      if (lagOf(result) > 0) for (const after of LOOKS) setTimeout(() => lookAgain(client(), shown.values()), after);
    },
  });
}

/** How many events the read models were behind when a command was answered. */
export function lagOf(result: Pick<OperationResult, "operation" | "extensions">): number {
  if (result.operation.kind !== "mutation") return 0;
  const journal = result.extensions?.journal as { readonly lag?: number } | undefined;
  return journal?.lag ?? 0;
}

function lookAgain(client: Client, shown: Iterable<Operation>) {
  for (const operation of [...shown]) {
    client.reexecuteOperation(client.createRequestOperation("query", operation, { ...operation.context, requestPolicy: "network-only" }));
  }
  refreshLists();
}
