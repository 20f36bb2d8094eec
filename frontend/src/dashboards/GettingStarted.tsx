/** Home of a federation that has billed nobody yet: the way to the first invoice, instead of zeros. */
import { Landmark, ReceiptText, Users } from "lucide-react";
import { useMay } from "../app/session";
import { LinkButton } from "../ui/Button";
import { Card } from "../ui/parts";
import { useMessages } from "./messages";

export function GettingStarted() {
  const t = useMessages();
  const [settles, runs, drafts] = [useMay("issuers.read"), useMay("runs.start"), useMay("invoices.draft")];
  const steps = [
    { icon: Landmark, title: t.startIssuer, text: t.startIssuerText, to: "/settings", button: t.startIssuerDo, shown: settles },
    { icon: Users, title: t.startMembers, text: t.startMembersText, to: "/renewals/new", button: t.startMembersDo, shown: runs },
    { icon: ReceiptText, title: t.startInvoice, text: t.startInvoiceText, to: "/invoices/new", button: t.startInvoiceDo, shown: drafts },
  ].filter((step) => step.shown);
  return (
    <Card title={t.start}>
      <p className="soft">{t.startLead}</p>
      <ol className="steps">
        {steps.map(({ icon: Icon, title, text, to, button }) => (
          <li key={to}>
            <Icon aria-hidden />
            <div>
              <h3>{title}</h3>
              <p className="soft">{text}</p>
            </div>
            <LinkButton to={to}>{button}</LinkButton>
          </li>
        ))}
      </ol>
    </Card>
  );
}
