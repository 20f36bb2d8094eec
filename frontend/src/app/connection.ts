/**
 * Is the server there? When the browser says it is offline, it is not; otherwise a request that got no answer says so,
 * until a small question is answered again. Whoever waits for that is told, and nobody has to press anything.
 */
import { useSyncExternalStore } from "react";

// Asked again after two seconds, then less and less often.
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 15_000;
const ALIVE = "/healthz";

const listeners = new Set<() => void>();
const returns = new Set<() => void>();
let there = navigator.onLine;
let wait = FIRST_WAIT;
let timer: ReturnType<typeof setTimeout> | undefined;

export function useConnected(): boolean {
  return useSyncExternalStore(subscribe, connected);
}

export function connected(): boolean {
  return there;
}

/** A request got no answer. */
export function lost(): void {
  if (there) become(false);
  if (timer === undefined) askLater();
}

/** Called each time the server is there again. */
export function onReturn(listener: () => void): () => void {
  returns.add(listener);
  return () => returns.delete(listener);
}

/** Does the server answer, whatever it says? */
export async function answers(): Promise<boolean> {
  try {
    await fetch(ALIVE, { cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}

/** The browser remembers for as long as this document lives that a file could not be fetched: only a new one asks again. */
export class NeedsNewDocument extends Error {}

/**
 * Load a page's file. Without a connection the page on the screen stays, and the file is fetched as soon as it can be; a
 * file that the server no longer has is an error, because then there is a newer version. Chromium never asks again for a
 * module, or for one that it imports, that could not be fetched (whatwg/html 6768): the way out is `NeedsNewDocument`.
 */
export function patiently<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    for (let waited = false; ; waited = true) {
      try {
        return await load();
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        if (await answers()) throw waited ? new NeedsNewDocument() : error;
        await back();
      }
    }
  };
}

function back(): Promise<void> {
  return new Promise((resolve) => {
    const stop = onReturn(() => {
      stop();
      resolve();
    });
    lost();
  });
}

function askLater(): void {
  timer = setTimeout(() => void ask(), wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

async function ask(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  if (there) return;
  if (!(await answers())) {
    if (timer === undefined) askLater();
    return;
  }
  wait = FIRST_WAIT;
  become(true);
}

function become(now: boolean): void {
  if (there === now) return;
  there = now;
  for (const listener of [...listeners]) listener();
  if (now) for (const listener of [...returns]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

addEventListener("online", () => void ask());
addEventListener("offline", lost);
