/** The document itself: the same bytes that were sent. It is fetched with our credentials and shown from memory. */
import { ExternalLink } from "lucide-react";
import { useEffect, useState } from "react";
import { getBlob } from "../app/rest";
import { Notice, Skeleton } from "../ui/parts";
import { useMessages } from "./detailMessages";

interface InvoicePdfProps {
  readonly url: string;
  readonly number: string;
  readonly digest: string;
}

export function InvoicePdf({ url, number, digest }: InvoicePdfProps) {
  const t = useMessages();
  const { address, failed } = useBlobAddress(url);
  return (
    <section className="stack tight" aria-label={t.pdf}>
      {failed && <Notice tone="warn">{t.pdfFailed}</Notice>}
      {!failed && !address && <Skeleton height="36rem" />}
      {address && (
        <>
          <iframe className="document" src={`${address}#toolbar=0&navpanes=0&view=FitH`} title={t.pdfOf(number)} />
          <div className="cluster apart small soft">
            <a href={address} target="_blank" rel="noreferrer" className="button secondary small">
              <ExternalLink aria-hidden size={16} /> {t.openPdf}
            </a>
            {digest && (
              <span title={digest}>
                {t.digest}: <code>{digest.slice(0, 12)}</code>
              </span>
            )}
          </div>
        </>
      )}
    </section>
  );
}

/** The address of a file in memory, until another is wanted. */
export function useBlobAddress(url: string | null): { readonly address: string | null; readonly failed: boolean } {
  const [state, setState] = useState<{ address: string | null; failed: boolean }>({ address: null, failed: false });
  useEffect(() => {
    if (url === null) return;
    let made: string | null = null;
    let wanted = true;
    setState({ address: null, failed: false });
    getBlob(url, "application/pdf").then(
      (blob) => {
        if (!wanted) return;
        made = URL.createObjectURL(blob);
        setState({ address: made, failed: false });
      },
      () => wanted && setState({ address: null, failed: true }),
    );
    return () => {
      wanted = false;
      if (made) URL.revokeObjectURL(made);
    };
  }, [url]);
  return state;
}
