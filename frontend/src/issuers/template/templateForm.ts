/** A template as it is typed, as a mutation wants it, and as the preview wants it. */
import type { TaxCategory, TemplateDesignInput, TemplatesQuery } from "../../graphql/generated/graphql";

export type Template = TemplatesQuery["templates"][number];
export type TextName = "header" | "footer" | "paymentInstructions";

export interface TemplateForm {
  readonly name: string;
  readonly primaryColour: string;
  readonly secondaryColour: string;
  readonly logo: string;
  readonly logoMediaType: string;
  readonly taxCategory: TaxCategory;
  readonly termsDays: string;
  readonly header: Texts;
  readonly footer: Texts;
  readonly paymentInstructions: Texts;
}

type Texts = Readonly<Record<string, string>>;

export const TEXT_NAMES: readonly TextName[] = ["header", "footer", "paymentInstructions"];
// Those the documents' own words are written in, and some more a federation may have readers in.
export const PRINTED = ["sv", "fr", "en", "fi", "de", "es"] as const;
const MORE = ["da", "et", "it", "nb", "nl", "pl", "pt"] as const;

/** As many letters as the server takes. */
export const LIMITS: Readonly<Record<TextName | "name", number>> = { name: 64, header: 500, footer: 1_000, paymentInstructions: 1_000 };

export function formOf(template: Template): TemplateForm {
  return {
    name: template.name, primaryColour: template.primaryColour, secondaryColour: template.secondaryColour, logo: template.logo,
    logoMediaType: template.logoMediaType, taxCategory: template.taxCategory.toUpperCase() as TaxCategory,
    termsDays: template.termsDays === null || template.termsDays === undefined ? "" : String(template.termsDays),
    header: byLanguage(template.header), footer: byLanguage(template.footer), paymentInstructions: byLanguage(template.paymentInstructions),
  }; // prettier-ignore
}

export function designOf(form: TemplateForm): TemplateDesignInput {
  return {
    name: form.name, primaryColour: form.primaryColour, secondaryColour: form.secondaryColour, logo: form.logo,
    logoMediaType: form.logoMediaType, taxCategory: form.taxCategory.toLowerCase(), termsDays: days(form.termsDays),
    header: listed(form.header), footer: listed(form.footer), paymentInstructions: listed(form.paymentInstructions),
  }; // prettier-ignore
}

/** As it can be looked at before it has a name: that is not printed. */
export function named(form: TemplateForm): TemplateForm {
  return form.name.trim() === "" ? { ...form, name: "–" } : form;
}

/** The body of a preview: the same design, as REST names it. */
export function previewBody(form: TemplateForm, language: string): Readonly<Record<string, unknown>> {
  return {
    name: named(form).name, primary_colour: form.primaryColour, secondary_colour: form.secondaryColour, logo: form.logo,
    logo_media_type: form.logoMediaType, tax_category: form.taxCategory.toLowerCase(), terms_days: days(form.termsDays),
    header: written(form.header), footer: written(form.footer), payment_instructions: written(form.paymentInstructions), language,
  }; // prettier-ignore
}

/** Printed languages first, then those that have a text, then the rest one may begin. */
export function languagesOf(form: TemplateForm): readonly string[] {
  const begun = TEXT_NAMES.flatMap((name) => Object.keys(written(form[name])));
  return [...new Set([...PRINTED, ...begun.sort(), ...MORE])];
}

/** `#/header/sv` of REST and `["header", "sv"]` of GraphQL are both `header/sv`; `#/primary_colour` is `primaryColour`. */
export function placeOf(path: string | readonly string[]): string {
  const steps = typeof path === "string" ? path.replace(/^#\//, "").split("/") : path.filter((step) => step !== "design");
  return steps.map((step, at) => (at === 0 ? step.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : step)).join("/");
}

function byLanguage(texts: Template["header"]): Texts {
  return Object.fromEntries(texts.map((each) => [each.language, each.text]));
}

function written(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ""));
}

function listed(texts: Texts): { language: string; text: string }[] {
  return Object.entries(written(texts)).map(([language, text]) => ({ language, text }));
}

function days(typed: string): number | null {
  return typed.trim() === "" ? null : Number(typed);
}
