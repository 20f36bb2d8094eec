/** Percentages and rates as the reader writes them, digit by digit: the server says them as decimal strings. */
import type { Language } from "./language";

/** `25 %`, `5,5 %`. */
export function formatPercent(percent: string | number, spoken: Language): string {
  // A decimal string is formatted exactly; TypeScript's library asks for this cast.
  return new Intl.NumberFormat(spoken, { style: "unit", unit: "percent", maximumFractionDigits: 6 }).format(percent as unknown as number);
}

/** A rate or a quantity: `11,194`. */
export function formatDecimal(decimal: string | number, spoken: Language): string {
  return new Intl.NumberFormat(spoken, { maximumFractionDigits: 12 }).format(decimal as unknown as number);
}
