/** Short messages that something is done, some of which can still be undone. They go by themselves. */
import { CircleCheck, X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button } from "./Button";
import { useMessages } from "./messages";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo?: (() => void) | undefined;
}

const SECONDS = 7;
// Long enough to read it, find the button and press it.
export const UNDO_SECONDS = 12;
let shown: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

export function toast(text: string, undo?: () => void): void {
  const id = next++;
  show([...shown.slice(-2), { id, text, undo }]);
  setTimeout(() => dismiss(id), (undo ? UNDO_SECONDS : SECONDS) * 1000);
}

export function Toasts() {
  const t = useMessages();
  const toasts = useSyncExternalStore(subscribe, () => shown);
  return (
    <div className="toasts" role="status">
      {toasts.map(({ id, text, undo }) => (
        <div key={id}>
          <CircleCheck aria-hidden />
          <span className="grow">{text}</span>
          {undo && (
            <Button
              small
              onPress={() => {
                dismiss(id);
                undo();
              }}
            >
              {t.undo}
            </Button>
          )}
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
