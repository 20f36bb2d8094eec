/** Short messages that something is done. They go by themselves; nothing in them is needed to go on. */
import { CircleCheck, X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button } from "./Button";
import { useMessages } from "./messages";

interface Toast {
  readonly id: number;
  readonly text: string;
}

const SECONDS = 7;
let shown: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

export function toast(text: string): void {
  const id = next++;
  show([...shown.slice(-2), { id, text }]);
  setTimeout(() => dismiss(id), SECONDS * 1000);
}

export function Toasts() {
  const t = useMessages();
  const toasts = useSyncExternalStore(subscribe, () => shown);
  return (
    <div className="toasts" role="status">
      {toasts.map(({ id, text }) => (
        <div key={id}>
          <CircleCheck aria-hidden />
          <span className="grow">{text}</span>
          <Button kind="quiet" small icon aria-label={t.close} onPress={() => dismiss(id)}>
            <X aria-hidden />
          </Button>
        </div>
      ))}
    </div>
  );
}

function dismiss(id: number): void {
  show(shown.filter((each) => each.id !== id));
}

function show(now: readonly Toast[]): void {
  shown = now;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
