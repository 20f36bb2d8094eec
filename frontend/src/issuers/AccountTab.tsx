/** Where debtors pay, and the seasons that fees are for. */
import { useState } from "react";
import { useCommand } from "../graphql/command";
import type { ReferenceKind } from "../graphql/generated/graphql";
import { newKey } from "../graphql/idempotency";
import { DateField, Select, TextField } from "../ui/fields";
import { DateText } from "../ui/parts";
import { toast } from "../ui/toasts";
import { ACCOUNT, SEASON } from "./commands";
import { useMessages } from "./messages";
import { SettingsForm } from "./SettingsForm";
import type { IssuerSettings } from "./settings";

export function AccountTab({ issuer }: { readonly issuer: IssuerSettings }) {
  return (
    <div className="stack wide">
      <AccountForm issuer={issuer} />
      <Seasons issuer={issuer} />
    </div>
  );
}

function AccountForm({ issuer }: { readonly issuer: IssuerSettings }) {
  const t = useMessages();
  const command = useCommand(ACCOUNT);
  const { account } = issuer;
  const [form, setForm] = useState({
    accountId: account?.accountId ?? "", holder: account?.holder ?? issuer.name, iban: account?.iban ?? "", bic: account?.bic ?? "",
    bankgiro: account?.bankgiro ?? "", swish: account?.swish ?? "",
  }); // prettier-ignore
  const [reference, setReference] = useState<ReferenceKind>(account?.reference ?? "RF");
  const field = (name: keyof typeof form, label: string, required = false) => (
    <TextField label={label} value={form[name]} required={required} autoComplete="off" onChange={(value) => setForm((was) => ({ ...was, [name]: value }))} />
  );
  const save = async () => {
    const outcome = await command.run({ issuerId: issuer.id, account: { ...form, reference }, idempotencyKey: newKey() });
    if (outcome.kind === "done") toast(t.saved);
  };
  return (
    <SettingsForm lead={t.accountLead} busy={command.busy} outcome={command.outcome} onSave={save}>
      <div className="grid-fields">
        {field("holder", t.holder, true)}
        {field("accountId", t.accountId, true)}
        {field("iban", "IBAN")}
        {field("bic", "BIC")}
        {field("bankgiro", "Bankgiro")}
        {field("swish", "Swish")}
        <Select
          label={t.reference} value={reference} onChange={(value) => setReference(value as ReferenceKind)}
          options={[{ value: "OCR", label: "OCR (Bankgirot)" }, { value: "RF", label: "RF (ISO 11649)" }]}
        />
      </div>
    </SettingsForm>
  );
}

function Seasons({ issuer }: { readonly issuer: IssuerSettings }) {
  const t = useMessages();
  const command = useCommand(SEASON);
  const [code, setCode] = useState("");
  const [firstDay, setFirstDay] = useState("");
  const [lastDay, setLastDay] = useState("");
  const save = async () => {
    const outcome = await command.run({ issuerId: issuer.id, code, firstDay, lastDay, idempotencyKey: newKey() });
    if (outcome.kind !== "done") return;
    toast(t.saved);
    setCode("");
  };
  return (
    <SettingsForm title={t.seasons} lead="" busy={command.busy} outcome={command.outcome} onSave={save} button={t.addSeason}>
      <ul className="stack tight">
        {issuer.seasons.map((season) => (
          <li key={season.code} className="cluster">
            <strong className="numeric">{season.code}</strong>
            <span>
              <DateText date={season.firstDay} /> – <DateText date={season.lastDay} />
            </span>
          </li>
        ))}
      </ul>
      <div className="grid-fields">
        <TextField label={t.season} value={code} onChange={setCode} required maxLength={20} />
        <DateField label={t.firstDay} value={firstDay} onChange={setFirstDay} required />
        <DateField label={t.lastDay} value={lastDay} onChange={setLastDay} required />
      </div>
    </SettingsForm>
  );
}
