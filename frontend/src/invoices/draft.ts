/** The form of a draft, as it is typed and as it is sent. Nothing is calculated: numbers are only read. */
import { decimalFrom } from "../money/money";
import type { InvoiceContentInput, TaxCategory } from "../graphql/generated/graphql";

export interface LineForm {
  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly discountPercent: string;
  readonly taxCategory: string;
  // What the form does not show but must not lose.
  readonly component: string;
  readonly recipient: string;
}

export interface DraftForm {
  readonly currency: string;
  readonly season: string;
  readonly termsDays: string;
  readonly notes: string;
  readonly lines: readonly LineForm[];
}

export const EMPTY_LINE: LineForm = { description: "", quantity: "1", unitPrice: "", discountPercent: "0", taxCategory: "", component: "", recipient: "" };
export const EMPTY: DraftForm = { currency: "", season: "", termsDays: "", notes: "", lines: [EMPTY_LINE] };
export const TAX_CATEGORIES: readonly TaxCategory[] = ["STANDARD", "REDUCED", "SECOND_REDUCED", "SUPER_REDUCED", "ZERO", "EXEMPT_SPORT"];

/** Wrong numbers by their place, as the server names places: `content.lines.0.unitPrice`. */
export type Faults = Readonly<Record<string, "amount" | "number">>;

const DECIMALS = 6;

/** What the server takes; lines that are still empty are left out, and `kept` says which lines of the form the others are. */
export function contentOf(form: DraftForm): { readonly content: InvoiceContentInput; readonly faults: Faults; readonly kept: readonly number[] } {
  const faults: Record<string, "amount" | "number"> = {};
  const number = (typed: string, at: string, fault: "amount" | "number") => {
    const read = decimalFrom(typed, DECIMALS);
    if (read === null) faults[at] = fault;
    return read ?? "0";
  };
  const lines = form.lines.flatMap((line, at) =>
    isEmpty(line)
      ? []
      : [
          {
            description: line.description.trim(),
            quantity: number(line.quantity, `lines.${at}.quantity`, "number"),
            unitPrice: number(line.unitPrice, `lines.${at}.unitPrice`, "amount"),
            discountPercent: number(line.discountPercent || "0", `lines.${at}.discountPercent`, "number"),
            taxCategory: line.taxCategory,
            component: line.component,
            recipient: line.recipient,
          },
        ],
  );
  const terms = form.termsDays.trim();
  if (terms !== "" && !/^\d{1,3}$/.test(terms)) faults.termsDays = "number";
  const content: InvoiceContentInput = { lines, notes: form.notes.trim(), discountMinor: "0" };
  if (form.currency) content.currency = form.currency;
  if (form.season) content.season = form.season;
  if (terms !== "" && !faults.termsDays) content.termsDays = Number(terms);
  const kept = form.lines.flatMap((line, at) => (isEmpty(line) ? [] : [at]));
  return { content, faults, kept };
}

export function isEmpty(line: LineForm): boolean {
  return line.description.trim() === "" && line.unitPrice.trim() === "";
}

/** Where in the form that is, which the server names by a path into what was sent: `lines.0.unitPrice`. */
export function placeOf(path: readonly string[], kept: readonly number[]): string {
  const place = path.filter((part) => part !== "input" && part !== "content");
  const line = place[0] === "lines" && place[1] !== undefined ? kept[Number(place[1])] : undefined;
  return (line === undefined ? place : ["lines", String(line), ...place.slice(2)]).join(".");
}
