/** The invoice as the server would issue it now: tax, total, due date and number are its answer, not ours. */
import { Calculator } from "lucide-react";
import { useQuery } from "urql";
import { graphql } from "../graphql/generated";
import type { InvoiceContentInput } from "../graphql/generated/graphql";
import { CommandFailed, QueryFailed } from "../ui/failures";
import { Amount, DateText, SkeletonLines } from "../ui/parts";
import { InvoiceLines } from "./InvoiceLines";
import { useMessages } from "./messages";

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
      ... on Refused {
        code
        message
        path
      }
    }
  }
`);

interface DraftPreviewProps {
  readonly issuerId: string | null;
  readonly debtorId: string | null;
  readonly content: InvoiceContentInput | null;
}

export function DraftPreview({ issuerId, debtorId, content }: DraftPreviewProps) {
  const t = useMessages();
  const [{ data, error, fetching }] = useQuery({
    query: PREVIEW,
    variables: { input: { issuerId, debtorId, content, type: "STANDARD" } },
    pause: content === null,
    requestPolicy: "network-only",
  });
  const answer = content === null ? undefined : data?.previewInvoice;
  return (
    <section className="card flush" aria-label={t.preview} aria-busy={fetching} aria-live="polite">
      <div className="stack" style={{ padding: "var(--space-5)" }}>
        <h2>{t.preview}</h2>
        {!answer && !error && (fetching && content ? <SkeletonLines lines={4} /> : <p className="soft cluster"><Calculator aria-hidden size={20} /> {t.previewWaits}</p>)}
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
