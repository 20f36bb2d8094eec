/** What was paid on an invoice, and what was taken back of it: each payment with its part here, each credit note. */
import { Link } from "react-router";
import { graphql, readFragment, type FragmentType } from "../graphql/generated";
import { Amount, Card, DateText } from "../ui/parts";
import { useMessages } from "./detailMessages";
import { useWords } from "./words";

const SETTLEMENT = graphql(`
  fragment InvoiceSettlement_invoice on Invoice {
    id
    payments {
      id
      receivedOn
      method
      reference
      amount {
        amountMinor
        currency
      }
      unallocated {
        amountMinor
        currency
      }
      allocations {
        invoiceId
        invoiceNumber
        amount {
          amountMinor
          currency
        }
      }
    }
    creditNotes {
      id
      number
      issuedOn
      reason
      total {
        amountMinor
        currency
      }
      applied {
        amountMinor
        currency
      }
    }
  }
`);

export function InvoiceSettlement({ invoice: ref }: { readonly invoice: FragmentType<typeof SETTLEMENT> }) {
  const t = useMessages();
  const words = useWords();
  const invoice = readFragment(SETTLEMENT, ref);
  return (
    <>
      {invoice.payments.length > 0 && (
        <Card title={t.payments}>
          <ul className="entries">
            {invoice.payments.map((payment) => (
              <li key={payment.id}>
                <div className="cluster apart">
                  <strong>
                    <DateText date={payment.receivedOn} long />
                  </strong>
                  <Amount of={payment.amount} />
                </div>
                <p className="small soft">{[words.method[payment.method], payment.reference].filter(Boolean).join(" · ")}</p>
                {payment.allocations.map((part) => (
                  <p key={part.invoiceId} className="small cluster apart">
                    {part.invoiceId === invoice.id ? <span>{t.allocated}</span> : <Link to={`/invoices/${part.invoiceId}`}>{part.invoiceNumber}</Link>}
                    <Amount of={part.amount} />
                  </p>
                ))}
                {payment.unallocated.amountMinor !== "0" && (
                  <p className="small cluster apart">
                    <span>{t.restCredit}</span>
                    <Amount of={payment.unallocated} />
                  </p>
                )}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {invoice.creditNotes.length > 0 && (
        <Card title={t.creditNotes}>
          <ul className="entries">
            {invoice.creditNotes.map((note) => (
              <li key={note.id}>
                <div className="cluster apart">
                  <strong>{note.number}</strong>
                  <Amount of={note.total} />
                </div>
                <p className="small soft">
                  <DateText date={note.issuedOn} long />
                  {note.reason && ` · ${note.reason}`}
                </p>
                <p className="small cluster apart">
                  <span>{t.applied}</span>
                  <Amount of={note.applied} />
                </p>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
