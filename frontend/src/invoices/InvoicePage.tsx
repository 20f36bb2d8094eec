/** One invoice: the document beside its data, what happened to it, what can be done, and where every öre comes from. */
import { FileX2 } from "lucide-react";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useQuery } from "urql";
import { useMay } from "../app/session";
import { graphql } from "../graphql/generated";
import { useToday } from "../app/time";
import { CommandFailed, QueryFailed } from "../ui/failures";
import { Card, Empty, Page, PageHeader, Skeleton, SkeletonLines } from "../ui/parts";
import { PREVIEW } from "./DraftPreview";
import { Explanation } from "./Explanation";
import { InvoiceActions } from "./InvoiceActions";
import { InvoiceDetails } from "./InvoiceDetails";
import { InvoiceLines } from "./InvoiceLines";
import { InvoicePdf } from "./InvoicePdf";
import { InvoiceSettlement } from "./InvoiceSettlement";
import { InvoiceStatusBadge } from "./InvoiceStatusBadge";
import { InvoiceTimeline } from "./InvoiceTimeline";
import { useMessages } from "./detailMessages";
import { useWords } from "./words";

const INVOICE = graphql(`
  query InvoicePage($id: ID!) {
    invoice(id: $id) {
      id
      number
      type
      status
      draftVersion
      issuerId
      debtorId
      debtorName
      debtorReference
      dueOn
      currency
      pdfUrl
      document {
        digest
        rate {
          publishedOn
          eurToInvoice
        }
      }
      ...InvoiceActions_invoice
      ...InvoiceDetails_invoice
      ...InvoiceLines_invoice
      ...InvoiceSettlement_invoice
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
  const knowsDebtors = useMay("debtors.read");
  const invoice = data?.invoice;
  const today = useToday(invoice?.issuerId);
  const issues = useMay("invoices.issue");
  const expected = useExpected(issues && invoice?.status === "DRAFT" ? invoice.id : null);
  const refresh = () => again({ requestPolicy: "network-only" });
  if (!invoice) {
    return (
      <Page>
        {error && <QueryFailed error={error} onAgain={refresh} />}
        {fetching ? <Waiting /> : !error && <Empty icon={FileX2} title={t.notFound} alone />}
      </Page>
    );
  }
  const rest = (
    <>
      <InvoiceLines invoice={expected.invoice ?? invoice} />
      <InvoiceSettlement invoice={invoice} />
      <Card title={t.timeline}>
        <InvoiceTimeline invoice={invoice} />
      </Card>
    </>
  );
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
      {error && <QueryFailed error={error} onAgain={refresh} />}
      <InvoiceActions invoice={invoice} onDone={refresh} />
      {expected.refusal && (
        <div className="stack tight">
          <p>{t.previewRefused}</p>
          <CommandFailed outcome={{ kind: "refused", refusal: expected.refusal }} />
        </div>
      )}
      <div className="columns">
        <div className="stack wide">
          <InvoiceDetails invoice={invoice} expected={expected.invoice} explaining={explaining} onExplain={() => setExplaining(!explaining)} />
          {explaining && <Explanation invoiceId={invoice.id} currency={invoice.currency} rate={invoice.currency === "EUR" ? null : (invoice.document?.rate ?? null)} />}
          {invoice.pdfUrl && rest}
        </div>
        {invoice.pdfUrl ? <InvoicePdf url={invoice.pdfUrl} number={invoice.number} digest={invoice.document?.digest ?? ""} /> : <div className="stack wide">{rest}</div>}
      </div>
    </Page>
  );
}

/** A draft's tax is decided when it is issued. What it would be now is the server's answer, as that of the form is. */
function useExpected(draftId: string | null) {
  const [{ data }] = useQuery({
    query: PREVIEW, variables: { input: { invoiceId: draftId, type: "STANDARD" } }, pause: draftId === null, requestPolicy: "network-only",
  }); // prettier-ignore
  const answer = draftId === null ? undefined : data?.previewInvoice;
  return {
    invoice: answer?.__typename === "PreviewInvoiceSuccess" ? answer.invoice : null,
    refusal: answer?.__typename === "Refused" ? answer : null,
  };
}

/** As high as what comes, so that nothing jumps. */
function Waiting() {
  return (
    <>
      <Skeleton height="2rem" width="18rem" />
      <Skeleton height="2.5rem" width="26rem" />
      <div className="columns">
        <Card>
          <SkeletonLines lines={9} />
        </Card>
        <Skeleton height="36rem" />
      </div>
    </>
  );
}
