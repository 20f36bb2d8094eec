/**
 * Typed messages: a folder's texts in all languages stand side by side. English gives the type; a missing, surplus or
 * differently shaped translation does not compile. A message with parameters is a function.
 */
import { type Language, language, useLanguage } from "./language";

export type Translations<T> = Readonly<Record<Language, T>>;

/** A hook and a plain function for one folder's messages: `const { useMessages } = messages({ en, sv, fr })`. */
export function messages<T>(all: { en: T; sv: NoInfer<T>; fr: NoInfer<T> }): {
  useMessages: () => T;
  spoken: () => T;
} {
  return { useMessages: () => all[useLanguage()], spoken: () => all[language()] };
}

/** `plural("sv", n, "faktura", "fakturor")`: the form that CLDR asks for, with the number in front. */
export function plural(spokenIn: Language, count: number, one: string, other: string): string {
  const form = new Intl.PluralRules(spokenIn).select(count) === "one" ? one : other;
  return `${new Intl.NumberFormat(spokenIn).format(count)} ${form}`;
}
