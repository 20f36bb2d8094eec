/** A new tax rate: what it would change is shown before it is adopted, and it can only be adopted after. */
import { useState } from "react";
import { useQuery } from "urql";
import { useCommand } from "../graphql/command";
import { graphql } from "../graphql/generated";
import type { AdoptTaxRatesInput, TaxCategory } from "../graphql/generated/graphql";
import { newKey } from "../graphql/idempotency";
import { useLanguage } from "../language/language";
import { useCountryName } from "../language/names";
import { formatPercent } from "../language/numbers";
import { decimalFrom } from "../money/money";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { CommandFailed, QueryFailed } from "../ui/failures";
import { AmountField, DateField, Select, TextField } from "../ui/fields";
import { DateText, SkeletonLines } from "../ui/parts";
import { useMessages as useUi } from "../ui/messages";
import { toast } from "../ui/toasts";
import { useTaxMessages } from "./taxMessages";
import { useTaxWords } from "./words";

const PREVIEW = graphql(`
  query PreviewTaxRates($input: AdoptTaxRatesInput!) {
    previewTaxRates(input: $input) {
      ... on PreviewTaxRatesSuccess {
        changes {
          before {
            validTo
          }
          after {
            jurisdiction
            category
            percent
            validFrom
            validTo
          }
        }
      }
      ...Refusal @unmask
    }
  }
`);

const ADOPT = graphql(`
  mutation AdoptTaxRates($input: AdoptTaxRatesInput!) {
    adoptTaxRates(input: $input) {
      ... on AdoptTaxRatesSuccess {
        adopted
      }
      ...Refusal @unmask
    }
  }
`);

// Exemptions and zero rates need their legal wording too; they are adopted through the API.
const TAXED: readonly TaxCategory[] = ["STANDARD", "REDUCED", "SECOND_REDUCED", "SUPER_REDUCED"];
const DECIMALS = 6;

interface AdoptRateProps {
  readonly countries: readonly string[];
  readonly onClose: () => void;
  readonly onAdopted: (from: string) => void;
}

export function AdoptRate({ countries, onClose, onAdopted }: AdoptRateProps) {
  const t = useTaxMessages();
  const ui = useUi();
  const words = useTaxWords();
  const countryName = useCountryName();
  const [country, setCountry] = useState(countries[0] ?? "");
  const [category, setCategory] = useState<TaxCategory>("STANDARD");
  const [percent, setPercent] = useState("");
  const [from, setFrom] = useState("");
  const [source, setSource] = useState("");
  const [asked, setAsked] = useState<AdoptTaxRatesInput | null>(null);
  const command = useCommand(ADOPT);
  const exact = decimalFrom(percent, DECIMALS);
  const changed = <T,>(set: (value: T) => void) => (value: T) => {
    setAsked(null);
    command.forget();
    set(value);
  };
  const input = (): AdoptTaxRatesInput => ({
    rates: [{ code: `${country}-${category}-${from}`, jurisdiction: country, category, percent: exact ?? "", en16931: "S", validFrom: from, source }],
  });
  const adopt = async () => {
    if (asked === null) return;
    const outcome = await command.run({ ...asked, idempotencyKey: newKey() });
    if (outcome.kind !== "done") return;
    toast(t.adopted);
    onAdopted(from);
  };
  return (
    <Dialog title={t.adopt} onClose={onClose}>
      <form className="stack" onSubmit={(event) => (event.preventDefault(), setAsked(input()))}>
        <p className="soft">{t.adoptLead}</p>
        <div className="grid-fields">
          <Select label={t.country} value={country} onChange={changed(setCountry)} options={countries.map((code) => ({ value: code, label: countryName(code) }))} />
          <Select
            label={t.category} value={category} onChange={changed((chosen: string) => setCategory(chosen as TaxCategory))}
            options={TAXED.map((each) => ({ value: each, label: words[each] }))}
          />
          <AmountField label={t.percent} value={percent} onChange={changed(setPercent)} required error={percent !== "" && exact === null ? t.noNumber : null} />
          <DateField label={t.from} value={from} onChange={changed(setFrom)} required />
        </div>
        <TextField label={t.law} hint={t.lawHint} value={source} onChange={changed(setSource)} required maxLength={300} autoComplete="off" />
        {asked && <Changes input={asked} />}
        <CommandFailed outcome={command.outcome} />
        <div className="cluster end">
          <Button onPress={onClose}>{ui.cancel}</Button>
          <Button type="submit" isDisabled={exact === null}>
            {t.preview}
          </Button>
          <Button kind="primary" isDisabled={asked === null} isPending={command.busy} onPress={() => void adopt()}>
            {t.adoptIt}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Changes({ input }: { readonly input: AdoptTaxRatesInput }) {
  const t = useTaxMessages();
  const words = useTaxWords();
  const spoken = useLanguage();
  const countryName = useCountryName();
  const [{ data, error, fetching }] = useQuery({ query: PREVIEW, variables: { input }, requestPolicy: "network-only" });
  if (error) return <QueryFailed error={error} />;
  if (!data || fetching) return <SkeletonLines lines={2} />;
  const found = data.previewTaxRates;
  if (found.__typename === "Refused") return <CommandFailed outcome={{ kind: "refused", refusal: found }} />;
  if (found.__typename !== "PreviewTaxRatesSuccess") return null;
  return (
    <ul className="stack tight" aria-live="polite">
      {found.changes.map(({ before, after }) => (
        <li key={after.validFrom}>
          {countryName(after.jurisdiction)}, {words[after.category]}, <strong>{formatPercent(after.percent, spoken)}</strong>:{" "}
          {before ? t.ends : t.begins} <DateText date={before ? (after.validTo ?? "") : after.validFrom} />
        </li>
      ))}
    </ul>
  );
}
