/**
 * Without a connection a question is answered from what was read before, and asked again by itself once the server is
 * there. The gate and whatever else must never be old asks `network-only`, and gets no such answer.
 */
import { type Client, type Exchange, makeOperation, mapExchange, type Operation, type OperationResult } from "@urql/core";
import { lost, onReturn } from "../app/connection";

// So many answers are kept; the oldest goes first.
const KEPT = 200;

export interface Remembered {
  readonly exchange: Exchange;
  /** From now on ask again what was not answered, whenever the server is back. */
  readonly follow: (client: Pick<Client, "reexecuteOperation">) => void;
}

export function remembered(): Remembered {
  const answers = new Map<number, unknown>();
  const unanswered = new Map<number, Operation>();
  // Who asked so that an old answer is better than none. The cache itself asks on as `network-only`, which says nothing.
  const content = new Set<number>();
  const onOperation = (operation: Operation) => {
    if (operation.kind === "teardown") content.delete(operation.key);
    else if (operation.kind === "query" && operation.context.requestPolicy !== "network-only") content.add(operation.key);
  };
  const onResult = (result: OperationResult): OperationResult | undefined => {
    const { operation, error, data } = result;
    if (operation.kind !== "query") {
      if (isUnreachable(result)) lost();
      return undefined;
    }
    if (isUnreachable(result)) {
      unanswered.set(operation.key, operation);
      lost();
      const before = content.has(operation.key) ? answers.get(operation.key) : undefined;
      return before === undefined ? undefined : { ...result, data: before };
    }
    unanswered.delete(operation.key);
    if (data !== undefined && data !== null && !error) {
      answers.delete(operation.key);
      answers.set(operation.key, data);
      if (answers.size > KEPT) answers.delete(answers.keys().next().value as number);
    }
    return undefined;
  };
  const follow: Remembered["follow"] = (client) => {
    onReturn(() => {
      const again = [...unanswered.values()];
      unanswered.clear();
      for (const operation of again) {
        client.reexecuteOperation(makeOperation(operation.kind, operation, { ...operation.context, requestPolicy: "network-only" }));
      }
    });
  };
  return { exchange: mapExchange({ onOperation, onResult }), follow };
}

/** No answer at all; a refusal of the server's is one. */
function isUnreachable({ error }: OperationResult): boolean {
  return error?.networkError !== undefined && error.response === undefined;
}
