/**
 * Discard a draft so that it can be undone: for a while it is only left out of the lists, and then it is discarded. Who
 * closes the window meanwhile keeps the draft, which does no harm.
 */
import { useSyncExternalStore } from "react";
import type { Client } from "urql";
import { type Failure, send } from "../graphql/command";
import { newKey } from "../graphql/idempotency";
import { refreshLists } from "../graphql/keyset";
import { UNDO_SECONDS } from "../ui/toasts";
import { DISCARD } from "./commands";

const listeners = new Set<() => void>();
let going: ReadonlySet<string> = new Set();

/** The drafts that are about to go. */
export function useGoing(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, () => going);
}

/** Answers with the way back. */
export function discardSoon(client: Client, id: string, failed: (why: Failure) => void): () => void {
  const key = newKey();
  become(new Set([...going, id]));
  const stay = () => become(new Set([...going].filter((each) => each !== id)));
  const timer = setTimeout(() => {
    void send(client, DISCARD, { invoiceId: id, idempotencyKey: key }).then((outcome) => {
      // What is gone stays out of the lists that have not asked again yet.
      if (outcome.kind === "done") return refreshLists();
      stay();
      failed(outcome);
    });
  }, UNDO_SECONDS * 1000);
  return () => {
    clearTimeout(timer);
    stay();
  };
}

function become(now: ReadonlySet<string>): void {
  going = now;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
