/** Send an invoice, or send it again. */
import { useState } from "react";
import { useCommand } from "../../graphql/command";
import { useIdempotencyKey } from "../../graphql/idempotency";
import { CommandFailed } from "../../ui/failures";
import { TextField } from "../../ui/fields";
import { toast } from "../../ui/toasts";
import { DELIVER } from "../commands";
import { useMessages } from "../actionMessages";
import { Ask } from "../../ui/Ask";

interface DeliverDialogProps {
  readonly id: string;
  readonly number: string;
  readonly address: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function DeliverDialog({ id, number, address, onClose, onDone }: DeliverDialogProps) {
  const t = useMessages();
  const { key, renew } = useIdempotencyKey(`deliver ${id}`);
  const command = useCommand(DELIVER);
  const [to, setTo] = useState("");
  const submit = async () => {
    const outcome = await command.run({ invoiceId: id, toAddress: to.trim(), idempotencyKey: key });
    if (outcome.kind !== "lost") renew();
    if (outcome.kind !== "done") return;
    toast(t.queued);
    onDone();
  };
  return (
    <Ask title={t.deliverTitle(number)} button={t.deliverDo} busy={command.busy} onClose={onClose} onSubmit={submit}>
      <TextField label={t.deliverTo} hint={t.deliverHint(address)} type="email" value={to} onChange={setTo} autoComplete="off" required={address === ""} />
      <CommandFailed outcome={command.outcome} />
    </Ask>
  );
}
