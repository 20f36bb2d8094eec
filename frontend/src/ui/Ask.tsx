/** A dialog with one thing to do: what it means, and a button that does it. */
import type { FormEvent, ReactNode } from "react";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { useMessages as useUi } from "./messages";

interface AskProps {
  readonly title: string;
  readonly button: string;
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onSubmit: () => Promise<void>;
  readonly children: ReactNode;
}

export function Ask({ title, button, danger, busy, onClose, onSubmit, children }: AskProps) {
  const ui = useUi();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void onSubmit();
  };
  return (
    <Dialog title={title} onClose={onClose} alert={danger ?? false}>
      <form className="stack" onSubmit={submit}>
        {children}
        <div className="actions">
          <Button onPress={onClose}>{ui.cancel}</Button>
          <Button type="submit" kind={danger ? "danger" : "primary"} isPending={busy}>
            {button}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
