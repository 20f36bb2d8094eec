/** Issue, cancel: each says what it means before it is done. */
import { useState } from "react";
import { useCommand } from "../../graphql/command";
import { useIdempotencyKey } from "../../graphql/idempotency";
import { Ask } from "../../ui/Ask";
import { CommandFailed } from "../../ui/failures";
import { Checkbox, TextField } from "../../ui/fields";
import { toast } from "../../ui/toasts";
import { CANCEL, ISSUE } from "../commands";
import { useMessages } from "../messages";

interface ActionProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function IssueDialog({ id, onClose, onDone }: ActionProps) {
  const t = useMessages();
  const { key, renew } = useIdempotencyKey(`issue ${id}`);
  const command = useCommand(ISSUE);
  const [deliver, setDeliver] = useState(false);
  const [reason, setReason] = useState("");
  const again = command.outcome?.kind === "refused" && command.outcome.refusal.code === "ALREADY_BILLED";
  const submit = async () => {
    const outcome = await command.run({ invoiceId: id, deliver, overrideReason: reason, idempotencyKey: key });
    if (outcome.kind !== "lost") renew();
    if (outcome.kind !== "done") return;
    toast(t.issued(outcome.answer.number));
    onDone();
  };
  return (
    <Ask title={t.issueTitle} button={t.issueDo} busy={command.busy} onClose={onClose} onSubmit={submit}>
      <p>{t.issueText}</p>
      <Checkbox selected={deliver} onChange={setDeliver}>
        {t.send}
      </Checkbox>
      {(again || reason) && <TextField label={t.override} hint={t.overrideHint} value={reason} onChange={setReason} />}
      <CommandFailed outcome={command.outcome} />
    </Ask>
  );
}

export function CancelDialog({ id, number, onClose, onDone }: ActionProps & { readonly number: string }) {
  const t = useMessages();
  const { key, renew } = useIdempotencyKey(`cancel ${id}`);
  const command = useCommand(CANCEL);
  const [reason, setReason] = useState("");
  const submit = async () => {
    const outcome = await command.run({ invoiceId: id, reason, idempotencyKey: key });
    if (outcome.kind !== "lost") renew();
    if (outcome.kind !== "done") return;
    toast(t.cancelled(outcome.answer.creditNote.number));
    onDone();
  };
  return (
    <Ask title={t.cancelTitle(number)} button={t.cancelDo} danger busy={command.busy} onClose={onClose} onSubmit={submit}>
      <p>{t.cancelText}</p>
      <TextField label={t.reason} hint={t.reasonHint} value={reason} onChange={setReason} required autoFocus />
      <CommandFailed outcome={command.outcome} />
    </Ask>
  );
}
