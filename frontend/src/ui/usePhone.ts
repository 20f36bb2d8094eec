import { useSyncExternalStore } from "react";

const NARROW = "(max-width: 700px)";

/** Is the window as narrow as a phone's? For what is arranged otherwise there, and not only smaller. */
export function usePhone(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
