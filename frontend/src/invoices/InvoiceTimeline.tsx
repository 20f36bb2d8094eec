/** What happened to an invoice, the newest first: every change of every state, by whom and why. */
import { Coins, FileText, Mail } from "lucide-react";
import { useActorName } from "../app/useActorName";
import type { HistoryAxis } from "../graphql/generated/graphql";
import { graphql, readFragment, type FragmentType } from "../graphql/generated";
import { useZone } from "../app/time";
import { InstantText } from "../ui/parts";
import { useMessages } from "./detailMessages";
import { useStateWord } from "./stateWord";

const HISTORY = graphql(`
  fragment InvoiceTimeline_invoice on Invoice {
    issuerId
    history {
      axis
      fromStatus
      toStatus
      changedBy {
        kind
        id
        name
      }
      reason
      at
    }
  }
`);

const ICONS: Record<HistoryAxis, typeof Mail> = { DOCUMENT: FileText, PAYMENT: Coins, DELIVERY: Mail };

// The receipt of a mail server that took the mail: for machines.
const TAKEN = /^2\d\d /;

export function InvoiceTimeline({ invoice: ref }: { readonly invoice: FragmentType<typeof HISTORY> }) {
  const t = useMessages();
  const word = useStateWord();
  const { history, issuerId } = readFragment(HISTORY, ref);
  const zone = useZone(issuerId);
  const nameOf = useActorName();
  const newest = [...history].reverse().sort((one, other) => other.at.localeCompare(one.at));
  return (
    <ol className="timeline">
      {newest.map((change, at) => {
        const Icon = ICONS[change.axis];
        return (
          <li key={at}>
            <Icon aria-hidden />
            <div>
              <div className="cluster apart">
                <strong>
                  {t.axis[change.axis]}: {word(change.toStatus)}
                </strong>
                <span className="small soft">
                  <InstantText at={change.at} zone={zone} />
                </span>
              </div>
              <p className="small soft">
                {t.by(nameOf(change.changedBy))}
                {change.reason && !TAKEN.test(change.reason) && ` · ${change.reason}`}
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
