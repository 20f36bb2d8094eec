/** Light or dark: as the machine has it, until somebody chooses. */
import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

const KEPT = "carreau.theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
let chosen: Theme | null = kept();

system.addEventListener("change", apply);
apply();

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, theme);
}

export function choose(wanted: Theme): void {
  chosen = wanted;
  try {
    localStorage.setItem(KEPT, wanted);
  } catch {
    // Then it lasts until the page is closed.
  }
  apply();
}

function theme(): Theme {
  return chosen ?? (system.matches ? "dark" : "light");
}

function apply(): void {
  document.documentElement.dataset.theme = theme();
  for (const listener of listeners) listener();
}

function kept(): Theme | null {
  try {
    const found = localStorage.getItem(KEPT);
    return found === "light" || found === "dark" ? found : null;
  } catch {
    return null;
  }
}
