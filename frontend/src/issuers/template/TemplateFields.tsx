/** The fields of a template: name, colours, logo, terms, and the texts of one language at a time. */
import type { TaxCategory } from "../../graphql/generated/graphql";
import { Field, Select, TextArea, TextField } from "../../ui/fields";
import { useTaxWords } from "../words";
import { LogoField } from "./LogoField";
import { capital, useLanguageNames } from "./TemplateFindings";
import { useMessages } from "./messages";
import { LIMITS, type TemplateForm, TEXT_NAMES } from "./templateForm";

const CATEGORIES: readonly TaxCategory[] = ["STANDARD", "REDUCED", "SECOND_REDUCED", "SUPER_REDUCED", "ZERO", "EXEMPT_SPORT"];

interface TemplateFieldsProps {
  readonly form: TemplateForm;
  readonly onChange: (changed: Partial<TemplateForm>) => void;
  readonly language: string;
  readonly languages: readonly string[];
  readonly onLanguage: (language: string) => void;
  /** What is wrong, by the place in the form. */
  readonly errors: Readonly<Record<string, string>>;
}

export function TemplateFields({ form, onChange, language, languages, onLanguage, errors }: TemplateFieldsProps) {
  const t = useMessages();
  const tax = useTaxWords();
  const names = useLanguageNames();
  return (
    <>
      <TextField
        label={t.name} value={form.name} required maxLength={LIMITS.name} autoComplete="off" error={errors.name}
        onChange={(name) => onChange({ name })}
      />
      <div className="grid-fields">
        <Colour label={t.primary} value={form.primaryColour} error={errors.primaryColour && t.colourWrong} onChange={(primaryColour) => onChange({ primaryColour })} />
        <Colour label={t.secondary} value={form.secondaryColour} error={errors.secondaryColour && t.colourWrong} onChange={(secondaryColour) => onChange({ secondaryColour })} />
      </div>
      <LogoField logo={form.logo} error={errors.logo ?? errors.logoMediaType ?? null} onChange={(logo, logoMediaType) => onChange({ logo, logoMediaType })} />
      <div className="grid-fields">
        <Select
          label={t.taxCategory} value={form.taxCategory} error={errors.taxCategory} options={CATEGORIES.map((each) => ({ value: each, label: tax[each] }))}
          onChange={(value) => onChange({ taxCategory: value as TaxCategory })}
        />
        <TextField
          label={t.terms} hint={t.termsHint} type="number" min={0} inputMode="numeric" value={form.termsDays} error={errors.termsDays} autoComplete="off"
          onChange={(termsDays) => onChange({ termsDays })}
        />
      </div>
      <h3>{t.texts}</h3>
      <Select label={t.textLanguage} value={language} onChange={onLanguage} options={languages.map((each) => ({ value: each, label: capital(names(each)) }))} />
      {TEXT_NAMES.map((name) => {
        const text = form[name][language] ?? "";
        return (
          <TextArea
            key={name} label={`${t[name]} (${names(language)})`} lang={language} rows={3} value={text} maxLength={LIMITS[name]} error={errors[`${name}/${language}`] ?? errors[name]}
            hint={t.textHint(text.length, LIMITS[name])} onChange={(typed) => onChange({ [name]: { ...form[name], [language]: typed } })}
          />
        );
      })}
    </>
  );
}

interface ColourProps {
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

function Colour({ label, value, error, onChange }: ColourProps) {
  const t = useMessages();
  // The picker shows black for what is no colour yet; what was typed stays.
  const shown = /^#[0-9a-fA-F]{6}$/.test(value) ? value : "#000000";
  return (
    <div className="colour-fields">
      <Field label={label}>{(control) => <input type="color" {...control} value={shown} onChange={(event) => onChange(event.target.value)} className="colour" />}</Field>
      <TextField label={t.hex(label)} value={value} error={error} onChange={onChange} maxLength={7} spellCheck={false} autoComplete="off" />
    </div>
  );
}
