/** Codes as people say them, by CLDR: SE is Sverige, sv is svenska. What CLDR does not know stays a code. */
import type { Language } from "./language";

export function countryName(code: string, spoken: Language): string {
  return named(code, spoken, "region");
}

export function languageName(code: string, spoken: Language): string {
  return named(code, spoken, "language");
}

/** `25 %`, `11,194 %`: a percentage as the server says it, digit by digit. */
export function formatPercent(percent: string | number, spoken: Language): string {
  // A decimal string is formatted exactly; TypeScript's library asks for this cast.
  return new Intl.NumberFormat(spoken, { style: "unit", unit: "percent", maximumFractionDigits: 6 }).format(percent as unknown as number);
}

/** A rate or a quantity in the reader's digits: `11,194`. */
export function formatDecimal(decimal: string | number, spoken: Language): string {
  return new Intl.NumberFormat(spoken, { maximumFractionDigits: 12 }).format(decimal as unknown as number);
}

function named(code: string, spoken: Language, type: "region" | "language"): string {
  try {
    return new Intl.DisplayNames([spoken], { type, fallback: "code" }).of(code) ?? code;
  } catch {
    return code;
  }
}
