/** Which language the app speaks: the person's own once signed in, until then the last one of this browser. */
import { useSyncExternalStore } from "react";

export const LANGUAGES = ["sv", "fr", "en"] as const;
export type Language = (typeof LANGUAGES)[number];
export const LANGUAGE_NAMES: Record<Language, string> = { sv: "Svenska", fr: "Français", en: "English" };

const KEPT = "carreau.language";
const listeners = new Set<() => void>();
let current: Language = initial();

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, language);
}

export function language(): Language {
  return current;
}

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((each) => each === value);
}

export function speak(wanted: Language): void {
  current = wanted;
  document.documentElement.lang = wanted;
  try {
    localStorage.setItem(KEPT, wanted);
  } catch {
    // Storage may be forbidden; then the choice lasts until the page is closed.
  }
  for (const listener of listeners) listener();
}

function initial(): Language {
  const wanted = [kept(), ...navigator.languages.map((each) => each.slice(0, 2))].find(isLanguage) ?? "en";
  document.documentElement.lang = wanted;
  return wanted;
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
