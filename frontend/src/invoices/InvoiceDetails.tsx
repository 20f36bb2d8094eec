/** The particulars of an invoice: amounts, days, references to copy. A draft shows what it would be if it were issued now. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useMay } from "../app/session";
import { graphql, readFragment, type FragmentType } from "../graphql/generated";
import { formatDate } from "../dates/dates";
import { useLanguage } from "../language/language";
import { formatDecimal, type MoneyFields } from "../money/money";
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { Amount, Card, DateText } from "../ui/parts";
import { useMessages } from "./detailMessages";

const DETAILS = graphql(`
  fragment InvoiceDetails_invoice on Invoice {
    number
    status
    season
    issuerName
    debtorReference
    runId
    issuedOn
    dueOn
    net {
      amountMinor
      currency
    }
    total {
      amountMinor
      currency
    }
    open {
      amountMinor
      currency
    }
    credited {
      amountMinor
      currency
    }
    document {
      ocrReference
      rfReference
      notes
      rate {
        publishedOn
        eurToInvoice
      }
    }
  }
`);

interface InvoiceDetailsProps {
  readonly invoice: FragmentType<typeof DETAILS>;
  /** What the server says a draft would be; null while that is not known. */
  readonly expected: { readonly total: MoneyFields; readonly number: string; readonly dueOn?: string | null | undefined } | null;
  readonly explaining: boolean;
  readonly onExplain: () => void;
}

export function InvoiceDetails({ invoice: ref, expected, explaining, onExplain }: InvoiceDetailsProps) {
  const t = useMessages();
  const rateText = useRateText();
  const knowsRuns = useMay("reports.read");
  const invoice = readFragment(DETAILS, ref);
  const { document } = invoice;
  const draft = invoice.status === "DRAFT";
  const dueOn = invoice.dueOn ?? expected?.dueOn;
  return (
    <Card title={t.details}>
      <dl className="details">
        {draft && expected && <Row name={t.expectedTotal}>{strong(expected.total)}</Row>}
        {draft && <Row name={t.netOfDraft}>{expected ? <Amount of={invoice.net} /> : strong(invoice.net)}</Row>}
        {!draft && (
          <Row name={t.total}>
            <span className="cluster">
              {strong(invoice.total)}
              <Button small aria-expanded={explaining} onPress={onExplain}>
                {t.explain}
              </Button>
            </span>
          </Row>
        )}
        {!draft && (
          <Row name={t.open}>
            <Amount of={invoice.open} />
          </Row>
        )}
        {invoice.credited.amountMinor !== "0" && (
          <Row name={t.credited}>
            <Amount of={invoice.credited} />
          </Row>
        )}
        {draft && expected?.number && <Row name={t.nextNumber}>{expected.number}</Row>}
        {invoice.issuedOn && (
          <Row name={t.issuedOn}>
            <DateText date={invoice.issuedOn} long />
          </Row>
        )}
        {dueOn && (
          <Row name={t.dueOn}>
            <DateText date={dueOn} long />
          </Row>
        )}
        {document?.ocrReference && <Row name={t.reference} copy={document.ocrReference} />}
        {document?.rfReference && <Row name="RF" copy={document.rfReference} />}
        <Row name={t.member} copy={invoice.debtorReference} />
        <Row name={t.fromIssuer}>{invoice.issuerName}</Row>
        {invoice.season && <Row name={t.season}>{invoice.season}</Row>}
        {document?.rate && invoice.total.currency !== "EUR" && <Row name={t.rate}>{rateText(invoice.total.currency, document.rate)}</Row>}
        {document?.notes && <Row name={t.notes}>{document.notes}</Row>}
        {invoice.runId && knowsRuns && (
          <Row name="">
            <Link to={`/renewals/${invoice.runId}`}>{t.runOf}</Link>
          </Row>
        )}
      </dl>
    </Card>
  );
}

/** `1 EUR = 11,194 SEK, ECB, 8 oktober 2026`. */
export function useRateText(): (currency: string, rate: { readonly eurToInvoice: string; readonly publishedOn: string }) => string {
  const t = useMessages();
  const spoken = useLanguage();
  return (currency, rate) => t.rateText(currency, formatDecimal(rate.eurToInvoice, spoken), formatDate(rate.publishedOn, spoken, "long"));
}

function strong(amount: MoneyFields): ReactNode {
  return (
    <strong>
      <Amount of={amount} />
    </strong>
  );
}

interface RowProps {
  readonly name: string;
  readonly copy?: string;
  readonly children?: ReactNode;
}

function Row({ name, copy, children }: RowProps) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {copy === undefined ? (
          children
        ) : (
          <span className="copyable">
            {copy} <CopyButton text={copy} name={name} />
          </span>
        )}
      </dd>
    </>
  );
}
