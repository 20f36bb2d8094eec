/** The invoice as the server would issue it now: tax, total, due date and number are its answer, not ours. */
import { Calculator } from "lucide-react";
import { useQuery } from "urql";
import { graphql } from "../graphql/generated";
import type { InvoiceContentInput } from "../graphql/generated/graphql";
import { CommandFailed, QueryFailed } from "../ui/failures";
import { Amount, DateText, SkeletonLines } from "../ui/parts";
import { InvoiceLines } from "./InvoiceLines";
import { useMessages } from "./formMessages";

export const PREVIEW = graphql(`
  query PreviewInvoice($input: PreviewInvoiceInput!) {
    previewInvoice(input: $input) {
      ... on PreviewInvoiceSuccess {
        invoice {
          number
          dueOn
          total {
            amountMinor
            currency
          }
          ...InvoiceLines_invoice
        }
      }
      ...Refusal @unmask
    }
  }
`);

/** The server's answer to what is written, while it is written; `waiting` when there is nothing to ask yet. */
export function useDraftPreview(issuerId: string | null, debtorId: string | null, content: InvoiceContentInput | null) {
  const [{ data, error, fetching }] = useQuery({
    query: PREVIEW,
    variables: { input: { issuerId, debtorId, content, type: "STANDARD" } },
    pause: content === null,
    requestPolicy: "network-only",
  });
  return { answer: content === null ? undefined : data?.previewInvoice, error, fetching, waiting: content === null };
}

export function DraftPreview({ preview }: { readonly preview: ReturnType<typeof useDraftPreview> }) {
  const t = useMessages();
  const { answer, error, fetching, waiting } = preview;
  return (
    <section className="card flush" aria-label={t.preview} aria-busy={fetching} aria-live="polite">
      <div className="stack" style={{ padding: "var(--space-5)" }}>
        <h2>{t.preview}</h2>
        {!answer && !error && (fetching && !waiting ? <SkeletonLines lines={4} /> : <p className="soft cluster"><Calculator aria-hidden size={20} /> {t.previewWaits}</p>)}
        {error && <QueryFailed error={error} />}
        {answer?.__typename === "Refused" && <CommandFailed outcome={{ kind: "refused", refusal: answer }} />}
        {answer?.__typename === "PreviewInvoiceSuccess" && (
          <>
            <p className="soft small">{t.previewLead}</p>
            <dl className="details">
              <dt>{t.total}</dt>
              <dd>
                <strong>
                  <Amount of={answer.invoice.total} />
                </strong>
              </dd>
              {answer.invoice.dueOn && (
                <>
                  <dt>{t.dueOn}</dt>
                  <dd>
                    <DateText date={answer.invoice.dueOn} long />
                  </dd>
                </>
              )}
              {answer.invoice.number && (
                <>
                  <dt>{t.nextNumber}</dt>
                  <dd>{answer.invoice.number}</dd>
                </>
              )}
            </dl>
          </>
        )}
      </div>
      {answer?.__typename === "PreviewInvoiceSuccess" && <InvoiceLines invoice={answer.invoice} plain />}
    </section>
  );
}
