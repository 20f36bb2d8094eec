/** One invoice: the document beside its data, what happened to it, what can be done, and where every öre comes from. */
import { FileX2 } from "lucide-react";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useQuery } from "urql";
import { useMay } from "../app/session";
import { graphql } from "../graphql/generated";
import { useToday } from "../issuers/useIssuers";
import { Button } from "../ui/Button";
import { QueryFailed } from "../ui/failures";
import { Amount, Card, DateText, Empty, Page, PageHeader, SkeletonLines } from "../ui/parts";
import { Explanation } from "./Explanation";
import { InvoiceActions } from "./InvoiceActions";
import { InvoiceLines } from "./InvoiceLines";
import { InvoicePdf } from "./InvoicePdf";
import { InvoiceStatusBadge } from "./InvoiceStatusBadge";
import { InvoiceTimeline } from "./InvoiceTimeline";
import { useMessages } from "./messages";
import { useWords } from "./words";

const INVOICE = graphql(`
  query InvoicePage($id: ID!) {
    invoice(id: $id) {
      id
      number
      type
      status
      paymentState
      season
      language
      issuerId
      issuerName
      debtorId
      debtorName
      debtorReference
      runId
      issuedOn
      dueOn
      net {
        amountMinor
        currency
      }
      tax {
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
      pdfUrl
      document {
        ocrReference
        rfReference
        notes
        digest
        rate {
          publishedOn
          eurToInvoice
        }
      }
      ...InvoiceActions_invoice
      ...InvoiceLines_invoice
      ...InvoiceTimeline_invoice
    }
  }
`);

export function Component() {
  const t = useMessages();
  const words = useWords();
  const { id = "" } = useParams();
  const [{ data, error, fetching }, again] = useQuery({ query: INVOICE, variables: { id }, requestPolicy: "cache-and-network" });
  const [explaining, setExplaining] = useState(false);
  const [knowsRuns, knowsDebtors] = [useMay("reports.read"), useMay("debtors.read")];
  const invoice = data?.invoice;
  const today = useToday(invoice?.issuerId);
  const refresh = () => again({ requestPolicy: "network-only" });
  if (error && !invoice) {
    return (
      <Page>
        <QueryFailed error={error} onAgain={refresh} />
      </Page>
    );
  }
  if (!invoice) {
    return (
      <Page>
        {fetching ? <SkeletonLines lines={8} /> : <Empty icon={FileX2} title={t.notFound} alone />}
      </Page>
    );
  }
  return (
    <Page>
      <PageHeader
        title={invoice.number || t.draftNumber}
        lead={
          <span className="cluster">
            <InvoiceStatusBadge status={invoice.status} dueOn={invoice.dueOn} today={today} />
            {knowsDebtors ? <Link to={`/debtors/${invoice.debtorId}`}>{invoice.debtorName || invoice.debtorReference}</Link> : invoice.debtorName}
            <span>{words.type[invoice.type]}</span>
          </span>
        }
      />
      <InvoiceActions invoice={invoice} onDone={refresh} />
      <div className="columns">
        <div className="stack wide">
          <Card title={t.details}>
            <dl className="details">
              <dt>{t.total}</dt>
              <dd className="cluster">
                <strong>
                  <Amount of={invoice.total} />
                </strong>
                {invoice.status !== "DRAFT" && (
                  <Button small kind="quiet" aria-expanded={explaining} onPress={() => setExplaining(!explaining)}>
                    {t.explain}
                  </Button>
                )}
              </dd>
              {invoice.status !== "DRAFT" && (
                <>
                  <dt>{t.open}</dt>
                  <dd>
                    <Amount of={invoice.open} />
                  </dd>
                </>
              )}
              {invoice.credited.amountMinor !== "0" && (
                <>
                  <dt>{t.credited}</dt>
                  <dd>
                    <Amount of={invoice.credited} />
                  </dd>
                </>
              )}
              {invoice.issuedOn && (
                <>
                  <dt>{t.issuedOn}</dt>
                  <dd>
                    <DateText date={invoice.issuedOn} long />
                  </dd>
                </>
              )}
              {invoice.dueOn && (
                <>
                  <dt>{t.dueOn}</dt>
                  <dd>
                    <DateText date={invoice.dueOn} long />
                  </dd>
                </>
              )}
              {invoice.document?.ocrReference && <Row name={t.reference} value={invoice.document.ocrReference} />}
              {invoice.document?.rfReference && <Row name="RF" value={invoice.document.rfReference} />}
              <Row name={t.member} value={invoice.debtorReference} />
              <Row name={t.fromIssuer} value={invoice.issuerName} />
              {invoice.season && <Row name={t.season} value={invoice.season} />}
              {invoice.document?.rate && (
                <Row name={t.rate} value={t.rateText(invoice.total.currency, invoice.document.rate.eurToInvoice, invoice.document.rate.publishedOn)} />
              )}
              {invoice.document?.notes && <Row name={t.notes} value={invoice.document.notes} />}
              {invoice.runId && knowsRuns && (
                <>
                  <dt />
                  <dd>
                    <Link to={`/renewals/${invoice.runId}`}>{t.runOf}</Link>
                  </dd>
                </>
              )}
            </dl>
          </Card>
          {explaining && <Explanation invoiceId={invoice.id} currency={invoice.total.currency} />}
          <InvoiceLines invoice={invoice} />
          <Card title={t.timeline}>
            <InvoiceTimeline invoice={invoice} />
          </Card>
        </div>
        {invoice.pdfUrl && <InvoicePdf url={invoice.pdfUrl} number={invoice.number} digest={invoice.document?.digest ?? ""} />}
      </div>
    </Page>
  );
}

function Row({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
