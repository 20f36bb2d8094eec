/** Entering one federation, or all of them: whoever looks says why, and the federation reads it. */
import { useState } from "react";
import { useCommand } from "../graphql/command";
import { Ask } from "../ui/Ask";
import { CommandFailed } from "../ui/failures";
import { TextArea } from "../ui/fields";
import { toast } from "../ui/toasts";
import { ENTER } from "./commands";
import { useMessages } from "./messages";

interface EnterDialogProps {
  readonly tenant: { readonly id: string; readonly name: string } | null;
  readonly onEntered: () => void;
  readonly onClose: () => void;
}

export function EnterDialog({ tenant, onEntered, onClose }: EnterDialogProps) {
  const t = useMessages();
  const [reason, setReason] = useState("");
  const { run, busy, outcome } = useCommand(ENTER);
  const submit = async () => {
    const came = await run({ reason, tenantId: tenant?.id ?? null });
    if (came.kind !== "done") return;
    toast(t.entered);
    onEntered();
    onClose();
  };
  return (
    <Ask title={tenant ? t.enterOf(tenant.name) : t.enterAll} button={t.enter} busy={busy} onClose={onClose} onSubmit={submit}>
      <p>{tenant ? t.enterText : t.enterAllText}</p>
      <TextArea label={t.reason} hint={t.enterHint} value={reason} onChange={setReason} required maxLength={500} rows={3} />
      <CommandFailed outcome={outcome} />
    </Ask>
  );
}
