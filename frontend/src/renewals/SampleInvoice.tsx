/** One invoice of the run, for its first member, as the server would issue it now. */
import { useQuery } from "urql";
import { graphql } from "../graphql/generated";
import type { RunKind } from "../graphql/generated/graphql";
import { InvoiceLines } from "../invoices/InvoiceLines";
import { CommandFailed, QueryFailed } from "../ui/failures";
import { Notice, SkeletonLines } from "../ui/parts";
import { useSettled } from "../ui/useSettled";
import { useMessages } from "./messages";

const FIRST = graphql(`
  query SampleDebtor($reference: String!) {
    debtorByReference(reference: $reference) {
      id
      name
    }
  }
`);

const SAMPLE = graphql(`
  query SampleInvoice($input: PreviewInvoiceInput!) {
    previewInvoice(input: $input) {
      ... on PreviewInvoiceSuccess {
        invoice {
          debtorName
          ...InvoiceLines_invoice
        }
      }
      ...Refusal @unmask
    }
  }
`);

interface SampleInvoiceProps {
  readonly reference: string;
  readonly issuerId: string;
  readonly kind: RunKind;
  readonly components: readonly { readonly name: string; readonly amount: string; readonly recipientType: string }[];
  readonly season: string;
  readonly date: string;
}

export function SampleInvoice(props: SampleInvoiceProps) {
  const t = useMessages();
  const { reference, issuerId, kind, components, season, date } = useSettled(props, 300);
  const [{ data: first, fetching: looking }] = useQuery({ query: FIRST, variables: { reference } });
  const debtorId = first?.debtorByReference?.id ?? null;
  const lines = components.map((each) => ({ description: each.name, unitPrice: each.amount, quantity: "1", discountPercent: "0", taxCategory: "", component: each.name, recipient: each.recipientType }));
  const [{ data, error }] = useQuery({
    query: SAMPLE,
    variables: { input: { issuerId, debtorId, type: kind, issuedOn: date || null, content: { lines, season: season || null, discountMinor: "0", notes: "" } } },
    pause: debtorId === null,
    requestPolicy: "network-only",
  });
  if (!looking && first && debtorId === null) return <Notice tone="warn">{reference}: ?</Notice>;
  const answer = data?.previewInvoice;
  return (
    <section className="stack tight" aria-label={t.previewLook}>
      <p className="soft small">{t.previewText}</p>
      {error && <QueryFailed error={error} />}
      {!answer && !error && <SkeletonLines lines={4} />}
      {answer?.__typename === "Refused" && <CommandFailed outcome={{ kind: "refused", refusal: answer }} />}
      {answer?.__typename === "PreviewInvoiceSuccess" && (
        <>
          <h3>{answer.invoice.debtorName}</h3>
          <InvoiceLines invoice={answer.invoice} plain />
        </>
      )}
    </section>
  );
}
