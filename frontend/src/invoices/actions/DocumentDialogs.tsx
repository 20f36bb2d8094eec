/** Issue, cancel: each says what it means before it is done. */
import { useState } from "react";
import { useQuery } from "urql";
import { useCommand } from "../../graphql/command";
import { graphql } from "../../graphql/generated";
import { useIdempotencyKey } from "../../graphql/idempotency";
import { useIssuers } from "../../issuers/useIssuers";
import { Ask } from "../../ui/Ask";
import { CommandFailed } from "../../ui/failures";
import { Checkbox, TextField } from "../../ui/fields";
import { toast } from "../../ui/toasts";
import { CANCEL, ISSUE } from "../commands";
import { useMessages } from "../actionMessages";

const WHOSE = graphql(`
  query InvoiceToIssue($id: ID!) {
    invoice(id: $id) {
      id
      issuerId
    }
  }
`);

interface ActionProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function IssueDialog({ id, onClose, onDone }: ActionProps) {
  const t = useMessages();
  const { key, renew } = useIdempotencyKey(`issue ${id}`);
  const command = useCommand(ISSUE);
  const [{ data }] = useQuery({ query: WHOSE, variables: { id } });
  const issuer = useIssuers()?.find((each) => each.id === data?.invoice?.issuerId);
  const [wanted, setDeliver] = useState<boolean | null>(null);
  // As the issuer is set, until somebody says otherwise for this one.
  const deliver = wanted ?? issuer?.autoDelivery ?? false;
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
