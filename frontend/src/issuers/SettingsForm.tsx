/** A card with fields and one button; every settings tab is made of them. */
import { useMay } from "../app/session";
import type { FormEvent, ReactNode } from "react";
import { Button } from "../ui/Button";
import { CommandFailed } from "../ui/failures";
import type { Failure } from "../graphql/command";
import { Card } from "../ui/parts";
import { useMessages } from "./messages";

interface SettingsFormProps {
  readonly title?: string;
  readonly lead: string;
  readonly busy: boolean;
  readonly outcome: Failure | { readonly kind: "done" } | null;
  readonly onSave: () => Promise<unknown>;
  readonly button?: string;
  readonly children: ReactNode;
}

export function SettingsForm({ title, lead, busy, outcome, onSave, button, children }: SettingsFormProps) {
  const t = useMessages();
  const manages = useMay("issuers.manage");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void onSave();
  };
  return (
    <Card title={title}>
      <form className="stack" onSubmit={submit}>
        <p className="soft">{lead}</p>
        {/* Who may only read sees the same, and nothing to press. */}
        <fieldset className="stack" disabled={!manages}>
          {children}
        </fieldset>
        <CommandFailed outcome={outcome} />
        {manages && (
          <div>
            <Button type="submit" kind="primary" isPending={busy}>
              {button ?? t.save}
            </Button>
          </div>
        )}
      </form>
    </Card>
  );
}
