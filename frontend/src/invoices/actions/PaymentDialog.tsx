/** Register a payment by hand. */
import { useState } from "react";
import { useCommand } from "../../graphql/command";
import type { PaymentMethod } from "../../graphql/generated/graphql";
import { useIdempotencyKey } from "../../graphql/idempotency";
import { useToday } from "../../app/time";
import { useLanguage } from "../../language/language";
import { formatAmount, minorFrom, money, type MoneyFields } from "../../money/money";
import { CommandFailed } from "../../ui/failures";
import { AmountField, Checkbox, DateField, Select, TextField } from "../../ui/fields";
import { toast } from "../../ui/toasts";
import { PAY } from "../commands";
import { useMessages } from "../actionMessages";
import { useWords } from "../words";
import { Ask } from "../../ui/Ask";

interface PaymentDialogProps {
  readonly id: string;
  readonly number: string;
  readonly issuerId: string;
  readonly open: MoneyFields;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function PaymentDialog({ id, number, issuerId, open, onClose, onDone }: PaymentDialogProps) {
  const t = useMessages();
  const words = useWords();
  const spoken = useLanguage();
  const today = useToday(issuerId);
  const { key, renew } = useIdempotencyKey(`pay ${id}`);
  const command = useCommand(PAY);
  const [amount, setAmount] = useState(() => formatAmount(money(open), spoken));
  const [method, setMethod] = useState<PaymentMethod>("BANK_TRANSFER");
  const [receivedOn, setReceivedOn] = useState(today);
  const [reference, setReference] = useState("");
  const [over, setOver] = useState(false);
  const [wrong, setWrong] = useState(false);
  const tooMuch = command.outcome?.kind === "refused" && command.outcome.refusal.code === "PAYMENT_EXCEEDS_BALANCE";
  const submit = async () => {
    const minor = minorFrom(amount, open.currency);
    setWrong(minor === null);
    if (minor === null) return;
    const outcome = await command.run({
      invoiceId: id, amountMinor: minor.toString(), currency: open.currency, method, receivedOn, reference, notes: "",
      allowOverpayment: over, idempotencyKey: key,
    }); // prettier-ignore
    if (outcome.kind !== "lost") renew();
    if (outcome.kind !== "done") return;
    toast(t.paid);
    onDone();
  };
  return (
    <Ask title={t.payTitle(number)} button={t.payDo} busy={command.busy} onClose={onClose} onSubmit={submit}>
      <div className="grid-fields">
        <AmountField label={t.payAmount(open.currency)} value={amount} onChange={setAmount} required autoFocus error={wrong ? t.wrongAmount : null} />
        <DateField label={t.payOn} value={receivedOn} max={today} onChange={setReceivedOn} required />
        <Select
          label={t.payMethod} value={method} onChange={(value) => setMethod(value as PaymentMethod)}
          options={Object.entries(words.method).map(([value, label]) => ({ value, label }))}
        />
        <TextField label={t.payReference} value={reference} onChange={setReference} autoComplete="off" />
      </div>
      {(tooMuch || over) && (
        <Checkbox selected={over} onChange={setOver}>
          {t.payOver}
        </Checkbox>
      )}
      <CommandFailed outcome={command.outcome} />
    </Ask>
  );
}
