/** Register a debtor, or change the particulars of one. */
import { type FormEvent, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useQuery } from "urql";
import { useCommand } from "../graphql/command";
import { graphql } from "../graphql/generated";
import type { DebtorKind, DebtorToEditQuery } from "../graphql/generated/graphql";
import { newKey, useIdempotencyKey } from "../graphql/idempotency";
import { useIssuers } from "../issuers/useIssuers";
import { useCountries } from "../language/names";
import { LANGUAGE_NAMES } from "../language/language";
import { Button } from "../ui/Button";
import { CommandFailed, QueryFailed } from "../ui/failures";
import { Select, TextField } from "../ui/fields";
import { Card, Page, PageHeader, SkeletonLines } from "../ui/parts";
import { toast } from "../ui/toasts";
import { useMessages } from "./messages";

const DEBTOR = graphql(`
  query DebtorToEdit($id: ID!) {
    debtor(id: $id) {
      id
      kind
      reference
      name
      email
      language
      licenceType
      orgNodeId
      organisationNumber
      vatNumber
      address {
        street
        postalCode
        city
        country
      }
    }
  }
`);

const REGISTER = graphql(`
  mutation RegisterDebtor($input: RegisterDebtorInput!) {
    registerDebtor(input: $input) {
      ... on RegisterDebtorSuccess {
        debtor {
          id
        }
      }
      ...Refusal @unmask
    }
  }
`);

const REVISE = graphql(`
  mutation ReviseDebtor($input: ReviseDebtorInput!) {
    reviseDebtor(input: $input) {
      ... on ReviseDebtorSuccess {
        debtor {
          id
          name
        }
      }
      ...Refusal @unmask
    }
  }
`);

type Debtor = NonNullable<DebtorToEditQuery["debtor"]>;

export function Component() {
  const { id } = useParams();
  const [{ data, error }] = useQuery({ query: DEBTOR, variables: { id: id ?? "" }, pause: !id, requestPolicy: "network-only" });
  const issuers = useIssuers();
  if (!issuers || (id && !data)) {
    return (
      <Page>
        {error ? <QueryFailed error={error} /> : <SkeletonLines lines={8} />}
      </Page>
    );
  }
  return <DebtorForm debtor={data?.debtor ?? null} home={issuers[0]?.jurisdiction ?? ""} />;
}

function DebtorForm({ debtor, home }: { readonly debtor: Debtor | null; readonly home: string }) {
  const t = useMessages();
  const navigate = useNavigate();
  const { key, renew } = useIdempotencyKey("debtor new");
  const register = useCommand(REGISTER);
  const revise = useCommand(REVISE);
  const [kind, setKind] = useState<DebtorKind>(debtor?.kind ?? "MEMBER");
  const [form, setForm] = useState({
    reference: debtor?.reference ?? "", name: debtor?.name ?? "", email: debtor?.email ?? "", language: debtor?.language ?? "",
    licenceType: debtor?.licenceType ?? "", street: debtor?.address?.street ?? "", postalCode: debtor?.address?.postalCode ?? "",
    city: debtor?.address?.city ?? "", country: debtor?.address?.country ?? home, organisationNumber: debtor?.organisationNumber ?? "",
    vatNumber: debtor?.vatNumber ?? "",
  }); // prettier-ignore
  const countries = useCountries(form.country);
  const text = (name: keyof typeof form, label: string, more: { required?: boolean; hint?: string; type?: string; readOnly?: boolean; maxLength?: number } = {}) => (
    <TextField label={label} value={form[name]} onChange={(value) => setForm((was) => ({ ...was, [name]: value }))} autoComplete="off" {...more} />
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { name, email, organisationNumber, vatNumber, street, postalCode, city, country, language, licenceType } = form;
    const particulars = { name, email, organisationNumber, vatNumber, address: { street, postalCode, city, country } };
    if (debtor) {
      const outcome = await revise.run({ debtorId: debtor.id, particulars, language, licenceType, orgNodeId: debtor.orgNodeId ?? null, idempotencyKey: newKey() });
      if (outcome.kind !== "done") return;
      toast(t.saved);
      await navigate(`/debtors/${debtor.id}`);
      return;
    }
    const outcome = await register.run({ kind, reference: form.reference, particulars, language, licenceType, idempotencyKey: key });
    if (outcome.kind !== "lost") renew();
    if (outcome.kind !== "done") return;
    toast(t.registered);
    await navigate(outcome.answer.debtor ? `/debtors/${outcome.answer.debtor.id}` : "/debtors");
  };
  return (
    <Page>
      <PageHeader title={debtor ? t.formEdit : t.formNew} lead={debtor ? t.formLead : undefined} />
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <Card>
          <div className="grid-fields">
            {!debtor && (
              <Select label={t.kindLabel} value={kind} onChange={(value) => setKind(value as DebtorKind)} options={(["MEMBER", "CLUB", "OUTSIDE"] as const).map((value) => ({ value, label: t.kind[value] }))} />
            )}
            {text("reference", t.reference, { required: true, hint: t.referenceHint, readOnly: debtor !== null })}
            {text("name", t.name, { required: true })}
            {text("email", t.email, { type: "email" })}
            {text("street", t.street)}
            {text("postalCode", t.postalCode)}
            {text("city", t.city)}
            <Select label={t.country} value={form.country} onChange={(country) => setForm((was) => ({ ...was, country }))} options={[...(form.country ? [] : [{ value: "", label: "–" }]), ...countries]} required />
            <Select
              label={t.language} value={form.language} onChange={(language) => setForm((was) => ({ ...was, language }))}
              options={[{ value: "", label: "–" }, ...Object.entries(LANGUAGE_NAMES).map(([value, label]) => ({ value, label }))]}
            />
            {text("licenceType", t.licence)}
            {text("organisationNumber", t.organisationNumber)}
            {text("vatNumber", t.vatNumber)}
          </div>
        </Card>
        <CommandFailed outcome={debtor ? revise.outcome : register.outcome} />
        <div>
          <Button type="submit" kind="primary" isPending={register.busy || revise.busy}>
            {t.save}
          </Button>
        </div>
      </form>
    </Page>
  );
}
