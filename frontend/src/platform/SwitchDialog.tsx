/** Stopping or starting what goes out: what it means, why, and a button. Stopping needs a reason. */
import { useState } from "react";
import type { Failure } from "../graphql/command";
import { Ask } from "../ui/Ask";
import { CommandFailed } from "../ui/failures";
import { TextArea } from "../ui/fields";
import { useMessages } from "./messages";

interface SwitchDialogProps {
  /** Whose switch it is; null for the whole platform. */
  readonly tenant: string | null;
  /** How it stands now. */
  readonly enabled: boolean;
  readonly busy: boolean;
  readonly outcome: Failure | { readonly kind: "done" } | null;
  readonly turn: (enabled: boolean, reason: string) => Promise<boolean>;
  readonly onClose: () => void;
}

export function SwitchDialog({ tenant, enabled, busy, outcome, turn, onClose }: SwitchDialogProps) {
  const t = useMessages();
  const [reason, setReason] = useState("");
  const submit = async () => {
    if (await turn(!enabled, reason)) onClose();
  };
  const title = tenant === null ? (enabled ? t.haltAll : t.goOnAll) : enabled ? t.stopOf(tenant) : t.startOf(tenant);
  return (
    <Ask title={title} button={enabled ? t.stop : t.start} danger={enabled} busy={busy} onClose={onClose} onSubmit={submit}>
      <p>{tenant === null ? (enabled ? t.haltAllText : t.goOnAllText) : enabled ? t.stopText : t.startText}</p>
      <TextArea label={t.reason} hint={tenant === null ? t.reasonHintAll : t.reasonHint} value={reason} onChange={setReason} required={enabled} maxLength={500} rows={3} />
      <CommandFailed outcome={outcome} />
    </Ask>
  );
}
