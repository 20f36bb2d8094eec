/** The legal identity of an issuer, as printed from now on. */
import { useState } from "react";
import { useMay } from "../app/session";
import { useCommand } from "../graphql/command";
import { newKey } from "../graphql/idempotency";
import { useCountries } from "../language/names";
import { CommandFailed } from "../ui/failures";
import { Checkbox, Select, TextField } from "../ui/fields";
import { Card } from "../ui/parts";
import { toast } from "../ui/toasts";
import { AUTO_DELIVERY, IDENTITY } from "./commands";
import { useMessages } from "./messages";
import { SettingsForm } from "./SettingsForm";
import type { IssuerSettings } from "./settings";

export function IdentityTab({ issuer }: { readonly issuer: IssuerSettings }) {
  const t = useMessages();
  const command = useCommand(IDENTITY);
  const automatic = useCommand(AUTO_DELIVERY);
  const manages = useMay("issuers.manage");
  const { identity } = issuer;
  const [form, setForm] = useState({
    name: identity.name, street: identity.address.street, postalCode: identity.address.postalCode, city: identity.address.city,
    country: identity.address.country, organisationNumber: identity.organisationNumber, vatNumber: identity.vatNumber,
    email: identity.email, phone: identity.phone, website: identity.website,
  }); // prettier-ignore
  const [auto, setAuto] = useState(issuer.autoDelivery);
  const countries = useCountries(form.country);
  const field = (name: keyof typeof form, label: string, required = false) => (
    <TextField label={label} value={form[name]} required={required} autoComplete="off" onChange={(value) => setForm((was) => ({ ...was, [name]: value }))} />
  );
  const save = async () => {
    const { street, postalCode, city, country, ...rest } = form;
    const outcome = await command.run({ issuerId: issuer.id, identity: { ...rest, address: { street, postalCode, city, country } }, idempotencyKey: newKey() });
    if (outcome.kind === "done") toast(t.saved);
  };
  const turn = async (enabled: boolean) => {
    setAuto(enabled);
    const outcome = await automatic.run({ issuerId: issuer.id, enabled, idempotencyKey: newKey() });
    if (outcome.kind === "done") toast(t.saved);
    else setAuto(!enabled);
  };
  return (
    <div className="stack wide">
      <SettingsForm lead={t.identityLead} busy={command.busy} outcome={command.outcome} onSave={save}>
        <div className="grid-fields">
          {field("name", t.name, true)}
          {field("organisationNumber", t.organisationNumber)}
          {field("vatNumber", t.vatNumber)}
          {field("street", t.street)}
          {field("postalCode", t.postalCode)}
          {field("city", t.city)}
          <Select label={t.country} value={form.country} onChange={(country) => setForm((was) => ({ ...was, country }))} options={countries} required />
          {field("email", t.email)}
          {field("phone", t.phone)}
          {field("website", t.website)}
        </div>
      </SettingsForm>
      {manages && (
        <Card>
          <Checkbox selected={auto} onChange={(enabled) => void turn(enabled)}>
            {t.autoDelivery}
          </Checkbox>
          <CommandFailed outcome={automatic.outcome} />
        </Card>
      )}
    </div>
  );
}
