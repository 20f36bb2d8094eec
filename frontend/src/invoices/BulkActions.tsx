/** The same command for every selected invoice, one after another, each with its own key: nothing happens twice. */
import { Send, Stamp, X } from "lucide-react";
import { useRef, useState } from "react";
import { useClient } from "urql";
import { useMay } from "../app/session";
import { type Failure, send } from "../graphql/command";
import { newKey } from "../graphql/idempotency";
import { refreshLists } from "../graphql/keyset";
import { Button } from "../ui/Button";
import { useFailureText } from "../ui/failures";
import { Progress } from "../ui/parts";
import { DELIVER, ISSUE } from "./commands";
import type { InvoiceRow } from "./list";
import { useMessages } from "./listMessages";

interface BulkActionsProps {
  readonly rows: readonly InvoiceRow[];
  readonly onClear: () => void;
}

interface Work {
  readonly of: number;
  readonly done: number;
  readonly failures: readonly { readonly name: string; readonly text: string }[];
  readonly ended: boolean;
}

export function BulkActions({ rows, onClear }: BulkActionsProps) {
  const t = useMessages();
  const client = useClient();
  const explain = useFailureText();
  const [work, setWork] = useState<Work | null>(null);
  const stopped = useRef(false);
  const [issues, sends] = [useMay("invoices.issue"), useMay("deliveries.send")];
  const drafts = rows.filter((row) => issues && row.status === "DRAFT");
  const issued = rows.filter((row) => sends && row.status !== "DRAFT");

  const go = async (chosen: readonly InvoiceRow[], one: (row: InvoiceRow) => Promise<Failure | { readonly kind: "done" }>) => {
    stopped.current = false;
    let now: Work = { of: chosen.length, done: 0, failures: [], ended: false };
    setWork(now);
    for (const row of chosen) {
      if (stopped.current) break;
      const outcome = await one(row);
      now =
        outcome.kind === "done"
          ? { ...now, done: now.done + 1 }
          : { ...now, failures: [...now.failures, { name: row.number || row.debtorName, text: explain(outcome) }] };
      setWork(now);
    }
    setWork({ ...now, ended: true });
    refreshLists();
  };
  const clear = () => {
    setWork(null);
    onClear();
  };
  return (
    <div className="bulk" role="region" aria-label={t.selected(rows.length)}>
      {work === null && (
        <>
          <strong className="grow">{t.selected(rows.length)}</strong>
          {issued.length > 0 && (
            <Button onPress={() => void go(issued, (row) => send(client, DELIVER, { invoiceId: row.id, toAddress: "", idempotencyKey: newKey() }))}>
              <Send aria-hidden /> {t.bulkSend} ({issued.length})
            </Button>
          )}
          {drafts.length > 0 && (
            <Button onPress={() => void go(drafts, (row) => send(client, ISSUE, { invoiceId: row.id, idempotencyKey: newKey(), overrideReason: "" }))}>
              <Stamp aria-hidden /> {t.bulkIssue} ({drafts.length})
            </Button>
          )}
        </>
      )}
      {work !== null && (
        <div className="grow stack tight" aria-live="polite">
          <Progress label={t.bulkProgress} done={work.done + work.failures.length} of={work.of} />
          {work.ended && <strong>{t.bulkDone(work.done, work.failures.length)}</strong>}
          {work.failures.length > 0 && (
            <ul className="small">
              {work.failures.slice(0, 5).map((each) => (
                <li key={each.name}>
                  {each.name}: {each.text}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      {work !== null && !work.ended ? (
        <Button onPress={() => { stopped.current = true; }}>{t.stop}</Button>
      ) : (
        <Button kind="quiet" icon aria-label={t.unselect} onPress={clear}>
          <X aria-hidden />
        </Button>
      )}
    </div>
  );
}
