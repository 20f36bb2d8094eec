/** Money is an amount of minor units (öre, cents) and a currency. Nothing here calculates: totals come from the server. */

export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

/** What GraphQL calls Money, as far as we need it. */
export interface MoneyFields {
  readonly amountMinor: string;
  readonly currency: string;
}

export function money(fields: MoneyFields): Money {
  return { minor: BigInt(fields.amountMinor), currency: fields.currency };
}

/** `119,00 kr`: exact for any size, because the amount is never a floating-point number. */
export function formatMoney(value: Money, locale: string): string {
  if (!isCurrency(value.currency)) return formatAmount(value, locale);
  const format = new Intl.NumberFormat(locale, { style: "currency", currency: value.currency });
  // A decimal string is formatted digit by digit (ECMA-402 2023); TypeScript's library asks for this cast.
  return format.format(decimalOf(value) as unknown as number);
}

/** The same without the currency, for columns that name it in their header. */
export function formatAmount(value: Money, locale: string): string {
  const digits = decimalsOf(value.currency);
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return format.format(decimalOf(value) as unknown as number);
}

/** Minor units that are not rounded yet (`125000.25` öre), in major units with all their decimals. */
export function formatExact(minor: string, currency: string, locale: string): string {
  const digits = decimalsOf(currency);
  const [whole = "0", fraction = ""] = minor.replace("-", "").split(".");
  const padded = whole.padStart(digits + 1, "0");
  const at = padded.length - digits;
  const decimal = `${minor.startsWith("-") ? "-" : ""}${padded.slice(0, at)}.${padded.slice(at)}${fraction.replace(/0+$/, "")}`;
  const format = new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: 20, minimumFractionDigits: digits });
  return format.format(decimal as unknown as number);
}

/** A plain decimal (`11.194`) as people of this language write it, with at least so many decimals. */
export function formatDecimal(decimal: string, locale: string, least = 0): string {
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: 12 });
  return format.format(decimal as unknown as number);
}

/** `-119.00`, with the currency's decimals and a point. */
export function decimalOf(value: Money): string {
  const digits = decimalsOf(value.currency);
  const sign = value.minor < 0n ? "-" : "";
  const figures = (value.minor < 0n ? -value.minor : value.minor).toString().padStart(digits + 1, "0");
  return digits === 0 ? sign + figures : `${sign}${figures.slice(0, -digits)}.${figures.slice(-digits)}`;
}

/**
 * What somebody typed (`1 234,50`, `1,234.50`, `1'234.5`) in minor units; null when it is no amount of this currency.
 * The last point or comma is the decimal mark when at most the currency's decimals follow it.
 */
export function minorFrom(typed: string, currency: string): bigint | null {
  const digits = decimalsOf(currency);
  const plain = decimalFrom(typed, digits);
  if (plain === null) return null;
  const negative = plain.startsWith("-");
  const [whole = "0", fraction = ""] = (negative ? plain.slice(1) : plain).split(".");
  if (fraction.length > digits) return null;
  const minor = BigInt(whole + fraction.padEnd(digits, "0"));
  return negative ? -minor : minor;
}

/** A number as people type it, as a plain decimal string; null when it is none. Grouping marks are left out. */
export function decimalFrom(typed: string, decimals: number): string | null {
  const text = typed.trim().replaceAll("−", "-").replace(/[\s\u00a0\u202f'’]/g, "");
  if (!/^-?\d[\d.,]*$/.test(text)) return null;
  const at = Math.max(text.lastIndexOf("."), text.lastIndexOf(","));
  if (at < 0) return text;
  const mark = text.charAt(at);
  const alone = text.indexOf(mark) === at;
  const fraction = text.slice(at + 1);
  if (alone && fraction.length <= decimals) return `${text.slice(0, at).replace(/[.,]/g, "")}.${fraction || "0"}`;
  const groups = text.replace(/^-/, "").split(/[.,]/);
  const grouped = groups.slice(1).every((group) => group.length === 3);
  return grouped ? text.replace(/[.,]/g, "") : null;
}

/** A plain decimal as somebody of this language would type it: `600,50`. */
export function typedDecimal(decimal: string, locale: string): string {
  const mark = new Intl.NumberFormat(locale).formatToParts(0.5).find((part) => part.type === "decimal")?.value ?? ".";
  return decimal.replace(".", mark);
}

export function decimalsOf(currency: string): number {
  if (!isCurrency(currency)) return 2;
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** A page does not break because an amount came without a currency. */
function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code);
}
