/**
 * The key that makes a command happen once. It survives a reload and a lost answer, because it is kept in
 * sessionStorage: the key only, a random number, and nothing of what is sent.
 */
import { useCallback, useState } from "react";

/** A key for one intention (`draft new`, `issue <id>`). `renew` begins the next one, after success. */
export function useIdempotencyKey(intention: string): { readonly key: string; readonly renew: () => void } {
  const name = `carreau.key.${intention}`;
  const [key, setKey] = useState(() => keep(name, read(name) ?? crypto.randomUUID()));
  const renew = useCallback(() => {
    remove(name);
    setKey(keep(name, crypto.randomUUID()));
  }, [name]);
  return { key, renew };
}

/** A key for something that is not repeated by hand (one row of a bulk action). */
export function newKey(): string {
  return crypto.randomUUID();
}

function read(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, key: string): string {
  try {
    sessionStorage.setItem(name, key);
  } catch {
    // Without storage the key lives as long as the page, which still covers a double click and a lost answer.
  }
  return key;
}

function remove(name: string): void {
  try {
    sessionStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}
