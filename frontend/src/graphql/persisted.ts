/** Persisted operations: a built app sends the digest of what it asks, and the server knows the text from the same build. */
import { type Exchange, makeOperation, mapExchange, type Operation } from "@urql/core";

const digests = new Map<string, string>();
const NAME = /^(?:query|mutation|subscription) (\w+)/;

/** The build writes a call of this around every operation (codegen/inline.mjs); names of operations are unique. */
export function persisted(text: string, digest: string): string {
  const name = NAME.exec(text)?.[1];
  if (name) digests.set(name, digest);
  return text;
}

/** Stands last before what sends: with a digest among the extensions, the text stays here. */
export const persistedExchange: Exchange = mapExchange({
  onOperation: (operation) => {
    const digest = operation.kind === "teardown" ? undefined : digests.get(nameOf(operation) ?? "");
    if (digest === undefined) return operation;
    const extensions = { ...operation.extensions, persistedQuery: { version: 1 as const, sha256Hash: digest } };
    return makeOperation(operation.kind, { ...operation, extensions }, operation.context);
  },
});

function nameOf(operation: Operation): string | undefined {
  for (const each of operation.query.definitions) {
    if (each.kind === "OperationDefinition") return (each.name as { readonly value: string } | undefined)?.value;
  }
  return undefined;
}
