/** Commands: a mutation whose one field answers with its own success or with Refused. */
import { useCallback, useRef, useState } from "react";
import type { TypedDocumentNode } from "@urql/core";
import { useClient } from "urql";
import { askFresh } from "../app/fresh";
import { refreshLists } from "./keyset";
import { graphql } from "./generated";
import type { RefusalFragment } from "./generated/graphql";

type Answers<D> = Exclude<D[Exclude<keyof D, "__typename">], null | undefined>;
export type Succeeded<D> = Exclude<Answers<D>, { __typename: "Refused" }>;

/** What every command asks of a refusal, so that it can be said in the app's language and at its field. */
graphql(`
  fragment Refusal on Refused {
    code
    message
    path
    why
    params {
      name
      value
    }
  }
`);
export type Refusal = Omit<RefusalFragment, "__typename">;

/** What came of a command. `lost`: no answer came, so it may or may not have happened; the same key asks again. */
export type Outcome<D> = { readonly kind: "done"; readonly answer: Succeeded<D> } | Failure;

export type Failure =
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "malformed"; readonly messages: readonly string[] }
  /** The server is of a newer build: nothing happened, and the page must be loaded again. */
  | { readonly kind: "outdated" }
  | { readonly kind: "lost" };

export interface Command<D, I> {
  readonly run: (input: I) => Promise<Outcome<D>>;
  readonly busy: boolean;
  /** The last outcome, until the next run. */
  readonly outcome: Outcome<D> | null;
  readonly forget: () => void;
}

export function useCommand<D, I>(document: TypedDocumentNode<D, { input: I }>): Command<D, I> {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome<D> | null>(null);
  const under = useRef(false);

  const run = useCallback(
    async (input: I): Promise<Outcome<D>> => {
      // A second click changes nothing.
      if (under.current) return { kind: "lost" };
      under.current = true;
      setBusy(true);
      try {
        const came = await send(client, document, input);
        setOutcome(came);
        if (came.kind === "done") refreshLists();
        return came;
      } finally {
        under.current = false;
        setBusy(false);
      }
    },
    [client, document],
  );
  const forget = useCallback(() => setOutcome(null), []);
  return { run, busy, outcome, forget };
}

/** One command, asking the password first where the server wants a fresh sign-in. */
export async function send<D, I>(
  client: ReturnType<typeof useClient>, document: TypedDocumentNode<D, { input: I }>, input: I,
): Promise<Outcome<D>> {
  const { data, error } = await client.mutation(document, { input }).toPromise();
  if (error !== undefined || !data) {
    const asked = error?.graphQLErrors ?? [];
    if (asked.some(({ extensions }) => extensions.code === "PERSISTED_QUERY_NOT_FOUND")) return { kind: "outdated" };
    return asked.length > 0 ? { kind: "malformed", messages: asked.map((each) => each.message) } : { kind: "lost" };
  }
  const [answer] = Object.entries(data).filter(([name]) => name !== "__typename").map(([, value]) => value as Answers<D>);
  if (isRefused(answer)) {
    if ((answer.code as string) === "FRESH_SIGN_IN_REQUIRED" && (await askFresh())) return send(client, document, input);
    return { kind: "refused", refusal: answer };
  }
  return { kind: "done", answer: answer as Succeeded<D> };
}

function isRefused(answer: unknown): answer is Refusal {
  return typeof answer === "object" && answer !== null && "__typename" in answer && answer.__typename === "Refused";
}
