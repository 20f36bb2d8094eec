/** What may be done with the invoice now, and for what may not, why: the server says both. */
import { Ban, Coins, FilePenLine, Link2, type LucideIcon, Send, Stamp, Trash2 } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useClient } from "urql";
import type { InvoiceAction } from "../graphql/generated/graphql";
import { graphql, readFragment, type FragmentType } from "../graphql/generated";
import { Button } from "../ui/Button";
import { useFailureText } from "../ui/failures";
import { toast } from "../ui/toasts";
import { CancelDialog, IssueDialog } from "./actions/DocumentDialogs";
import { DeliverDialog } from "./actions/DeliverDialog";
import { PaymentDialog } from "./actions/PaymentDialog";
import { ShareDialog } from "./actions/ShareDialog";
import { discardSoon } from "./discarding";
import { useMessages } from "./actionMessages";
import { useWords } from "./words";

const ACTIONS = graphql(`
  fragment InvoiceActions_invoice on Invoice {
    id
    number
    issuerId
    open {
      amountMinor
      currency
    }
    debtor {
      email
    }
    availableActions {
      action
      allowed
      reason
    }
  }
`);

const ICONS: Partial<Record<InvoiceAction, LucideIcon>> = {
  ISSUE: Stamp, REVISE: FilePenLine, DISCARD: Trash2, DELIVER: Send, SHARE: Link2, REGISTER_PAYMENT: Coins, CANCEL: Ban,
}; // prettier-ignore

interface InvoiceActionsProps {
  readonly invoice: FragmentType<typeof ACTIONS>;
  readonly onDone: () => void;
}

export function InvoiceActions({ invoice: ref, onDone }: InvoiceActionsProps) {
  const t = useMessages();
  const words = useWords();
  const navigate = useNavigate();
  const invoice = readFragment(ACTIONS, ref);
  const [open, setOpen] = useState<InvoiceAction | null>(null);
  // What the role never allows is no question of this invoice: it is not spoken of.
  const offered = invoice.availableActions.filter(({ action, reason }) => action !== "DOWNLOAD_PDF" && reason !== "FORBIDDEN");
  // What does harm stands last.
  const harm = (action: InvoiceAction) => Number(action === "CANCEL" || action === "DISCARD");
  const allowed = offered.filter((each) => each.allowed).sort((one, other) => harm(one.action) - harm(other.action));
  const refused = offered.filter((each) => !each.allowed && each.reason);
  const client = useClient();
  const explain = useFailureText();
  const discard = () => {
    const undo = discardSoon(client, invoice.id, (why) => toast(`${t.discardFailed} ${explain(why)}`));
    toast(t.undoDiscard, undo);
    void navigate("/invoices");
  };
  const start = (action: InvoiceAction) => {
    if (action === "REVISE") void navigate(`/invoices/${invoice.id}/edit`);
    else if (action === "DISCARD") discard();
    else setOpen(action);
  };
  const close = () => setOpen(null);
  const done = () => {
    close();
    onDone();
  };
  if (offered.length === 0) return null;
  return (
    <div className="stack tight">
      <div className="cluster action-bar">
        {allowed.map(({ action }, at) => {
          const Icon = ICONS[action];
          const kind = action === "CANCEL" || action === "DISCARD" ? "danger" : at === 0 ? "primary" : "secondary";
          return (
            <Button key={action} kind={kind} onPress={() => start(action)}>
              {Icon && <Icon aria-hidden />} {words.action[action]}
            </Button>
          );
        })}
      </div>
      {refused.length > 0 && (
        <details className="small soft">
          <summary>
            {t.whyNot} {refused.map(({ action }) => words.action[action]).join(", ")}
          </summary>
          <dl className="details">
            {refused.map(({ action, reason }) => (
              <div key={action} style={{ display: "contents" }}>
                <dt>{words.action[action]}</dt>
                <dd>{reason && words.reason[reason]}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      {open === "ISSUE" && <IssueDialog id={invoice.id} onClose={close} onDone={done} />}
      {open === "CANCEL" && <CancelDialog id={invoice.id} number={invoice.number} onClose={close} onDone={done} />}
      {open === "DELIVER" && <DeliverDialog id={invoice.id} number={invoice.number} address={invoice.debtor?.email ?? ""} onClose={close} onDone={done} />}
      {open === "SHARE" && <ShareDialog id={invoice.id} issuerId={invoice.issuerId} onClose={close} onDone={done} />}
      {open === "REGISTER_PAYMENT" && <PaymentDialog id={invoice.id} number={invoice.number} issuerId={invoice.issuerId} open={invoice.open} onClose={close} onDone={done} />}
    </div>
  );
}
