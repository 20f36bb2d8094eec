/** What needs a person, each with the list behind it: only what the role of who looks can do something about. */
import { CircleCheckBig, FilePenLine, MailX, PowerOff, RefreshCw, TriangleAlert } from "lucide-react";
import { Link } from "react-router";
import { useMay } from "../app/session";
import type { HomeQuery } from "../graphql/generated/graphql";
import { listAddress } from "../invoices/list";
import { useMessages } from "./messages";

export function Needs({ data, issuerId }: { readonly data: HomeQuery; readonly issuerId: string | null }) {
  const t = useMessages();
  const [sends, collects, issues, starts] = [useMay("deliveries.send"), useMay("payments.register"), useMay("invoices.issue"), useMay("runs.start")];
  const needs: { to: string; icon: typeof MailX; text: string }[] = [];
  const count = (status: HomeQuery["invoiceCounts"][number]["status"]) => data.invoiceCounts.find((each) => each.status === status)?.count ?? 0;
  if (data.deliverySwitch?.enabled === false) needs.push({ to: "/deliveries", icon: PowerOff, text: t.switchedOff });
  // Each state has its own list behind it, so that each is a line of its own.
  for (const { state, count: mails } of data.deliveryCounts) {
    if (sends && mails > 0 && (state === "BOUNCED" || state === "UNKNOWN" || state === "FAILED")) {
      needs.push({ to: `/deliveries?state=${state}`, icon: MailX, text: t.bounced[state](mails) });
    }
  }
  const [overdue, drafts] = [count("OVERDUE"), count("DRAFT")];
  if (collects && overdue > 0) needs.push({ to: listAddress({ status: "OVERDUE", issuer: issuerId, sort: "due" }), icon: TriangleAlert, text: t.overdueInvoices(overdue) });
  for (const { node } of data.runs.edges) {
    if (starts && node.refused > 0) needs.push({ to: `/renewals/${node.id}?tab=refused`, icon: RefreshCw, text: t.refusals(node.season, node.refused) });
  }
  if (issues && drafts > 0) needs.push({ to: listAddress({ status: "DRAFT", issuer: issuerId }), icon: FilePenLine, text: t.drafts(drafts) });
  if (needs.length === 0) {
    return (
      <p className="cluster soft">
        <CircleCheckBig aria-hidden size={20} /> {t.needsNothing}
      </p>
    );
  }
  return (
    <ul className="stack tight">
      {needs.map(({ to, icon: Icon, text }) => (
        <li key={to}>
          <Link to={to} className="need">
            <Icon aria-hidden size={18} /> {text}
          </Link>
        </li>
      ))}
    </ul>
  );
}
