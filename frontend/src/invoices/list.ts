/** The list of invoices: its question, and its filters as they stand in the address. */
import type { Parameters } from "../exports/exporting";
import { graphql } from "../graphql/generated";
import type { InvoiceFilterInput, InvoiceListQuery, InvoiceSortField, InvoiceSortInput, InvoiceStatus } from "../graphql/generated/graphql";

export const LIST = graphql(`
  query InvoiceList($filter: InvoiceFilterInput, $sort: InvoiceSortInput, $first: Int!, $after: String) {
    invoices(filter: $filter, sort: $sort, first: $first, after: $after) {
      edges {
        node {
          id
          number
          status
          deliveryState
          issuerId
          issuerName
          debtorId
          debtorName
          debtorReference
          season
          issuedOn
          dueOn
          total {
            amountMinor
            currency
          }
          open {
            amountMinor
            currency
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const COUNTS = graphql(`
  query InvoiceCounts($filter: InvoiceFilterInput) {
    invoiceCounts(filter: $filter) {
      status
      count
    }
  }
`);

export type InvoiceRow = InvoiceListQuery["invoices"]["edges"][number]["node"];

export const STATUSES: readonly InvoiceStatus[] = [
  "DRAFT", "ISSUED", "SENT", "VIEWED", "PARTIALLY_PAID", "OVERDUE", "PAID", "CANCELLED",
]; // prettier-ignore

/** What is issued and not settled, in the words of the list. */
export const OPEN: readonly InvoiceStatus[] = ["ISSUED", "SENT", "VIEWED", "PARTIALLY_PAID", "OVERDUE"];

/** The address of the list with these filters. */
export function listAddress(filters: Readonly<Record<string, string | readonly string[] | null | undefined>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    for (const each of typeof value === "string" ? [value] : (value ?? [])) if (each !== "") params.append(name, each);
  }
  return `/invoices?${params.toString()}`;
}

// One page fills the highest screen, and is small enough to come at once.
export const PAGE = 60;

const FIELDS = { issuer: "issuerId", debtor: "debtorId", run: "runId", season: "season", from: "issuedFrom", to: "issuedTo", dueFrom: "dueFrom", dueTo: "dueTo", currency: "currency" } as const; // prettier-ignore
export type FilterName = keyof typeof FIELDS;

export function filterOf(params: URLSearchParams, search: string): InvoiceFilterInput {
  const filter: InvoiceFilterInput = { search };
  const statuses = params.getAll("status").filter((each): each is InvoiceStatus => STATUSES.some((known) => known === each));
  if (statuses.length > 0) filter.status = statuses;
  if (params.get("paid") === "1") filter.somethingPaid = true;
  for (const [name, field] of Object.entries(FIELDS)) {
    const value = params.get(name);
    if (value) filter[field] = value;
  }
  return filter;
}

/** `due` or `-due`: what the address says of the order. */
const SORTS: Record<string, InvoiceSortField> = { number: "NUMBER", issued: "ISSUED_ON", due: "DUE_ON", total: "TOTAL", open: "OPEN", debtor: "DEBTOR" };

export function sortOf(params: URLSearchParams): InvoiceSortInput | null {
  const said = params.get("sort");
  const field = SORTS[said?.replace(/^-/, "") ?? ""];
  return field ? { field, descending: said?.startsWith("-") ?? false } : null;
}

export function sortName(field: string): string {
  return Object.entries(SORTS).find(([, each]) => each === field)?.[0] ?? "";
}

/** The same question as REST asks it. */
export function exportParameters(filter: InvoiceFilterInput, sort: InvoiceSortInput | null): Parameters {
  return {
    status: filter.status?.map((each) => each.toLowerCase()).join(","),
    issuer_id: filter.issuerId,
    debtor_id: filter.debtorId,
    season: filter.season,
    run_id: filter.runId,
    invoice_date_from: filter.issuedFrom,
    invoice_date_to: filter.issuedTo,
    due_from: filter.dueFrom,
    due_to: filter.dueTo,
    currency: filter.currency,
    search: filter.search,
    sort: sort ? (sort.descending ? "-" : "") + sort.field.toLowerCase() : null,
  };
}
