/** The issuers one may see: almost every form needs their currency, zone and seasons. */
import { useQuery } from "urql";
import { useMay } from "../app/session";
import { graphql } from "../graphql/generated";
import type { IssuerChoicesQuery } from "../graphql/generated/graphql";
import { useSeasonWords } from "./words";

const CHOICES = graphql(`
  query IssuerChoices {
    issuers {
      id
      name
      issuerType
      orgNodeId
      jurisdiction
      currency
      timeZone
      language
      autoDelivery
      seasons {
        code
        firstDay
        lastDay
      }
    }
  }
`);

const NONE: readonly IssuerChoice[] = [];

export type IssuerChoice = IssuerChoicesQuery["issuers"][number];

export function useIssuers(): readonly IssuerChoice[] | null {
  const readable = useMay("issuers.read");
  const [{ data, error }] = useQuery({ query: CHOICES, pause: !readable });
  // Without them a page does what it can; a list that never comes would keep it waiting for ever.
  return data?.issuers ?? (error || !readable ? NONE : null);
}

/** The seasons an issuer bills for; by default the server takes the one of the invoice date. */
export function useSeasonOptions(issuer: IssuerChoice | null | undefined): { readonly value: string; readonly label: string }[] {
  const { byInvoiceDate } = useSeasonWords();
  return [{ value: "", label: byInvoiceDate }, ...(issuer?.seasons ?? []).map((each) => ({ value: each.code, label: each.code }))];
}
