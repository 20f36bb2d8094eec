/** What the gate says of somebody: blocked or clear, why, and exactly what clears it. */
import { DoorClosed, DoorOpen } from "lucide-react";
import { Link } from "react-router";
import { graphql, readFragment, type FragmentType } from "../graphql/generated";
import { Amount, DateText, Notice, Status } from "../ui/parts";
import { useMessages } from "./messages";
import { Table } from "../ui/Table";

const CHECK = graphql(`
  fragment GateAnswer_check on DebtCheck {
    action
    blocked
    journalPosition
    policy {
      version
    }
    clearedBy {
      amountMinor
      currency
    }
    reasons {
      code
      invoiceId
      number
      dueOn
      daysOverdue
      open {
        amountMinor
        currency
      }
    }
  }
`);

export function GateAnswer({ check: ref }: { readonly check: FragmentType<typeof CHECK> }) {
  const t = useMessages();
  const check = readFragment(CHECK, ref);
  const action = t.action[check.action];
  const why = ({ code, daysOverdue }: (typeof check.reasons)[number]) => [t.reason[code], daysOverdue > 0 ? t.late(daysOverdue) : ""].filter(Boolean).join(", ");
  if (!check.blocked) {
    return (
      <Notice tone="good">
        <div className="cluster apart">
          <span>{t.clearText(action)}</span>
          <Status tone="good" icon={DoorOpen}>
            {t.clear}
          </Status>
        </div>
      </Notice>
    );
  }
  return (
    <section className="card stack" aria-label={t.blocked}>
      <div className="cluster">
        <Status tone="bad" icon={DoorClosed}>
          {t.blocked}
        </Status>
        <strong>{t.blockedText(action)}</strong>
      </div>
      <p>
        {t.clears}{" "}
        {check.clearedBy.map((amount) => (
          <strong key={amount.currency}>
            <Amount of={amount} />{" "}
          </strong>
        ))}
      </p>
      <Table
        label={t.because} rows={check.reasons} keyOf={({ invoiceId }) => invoiceId}
        columns={[
          {
            head: t.invoice, names: true,
            cell: (reason) => (
              <>
                <Link to={`/invoices/${reason.invoiceId}`}>{reason.number}</Link>
                <div className="narrow-only small soft">
                  {why(reason)}, <DateText date={reason.dueOn} />
                </div>
              </>
            ),
          },
          { head: t.why, wideOnly: true, cell: why },
          { head: t.due, wideOnly: true, cell: ({ dueOn }) => <DateText date={dueOn} /> },
          { head: t.open, end: true, cell: ({ open }) => <Amount of={open} /> },
        ]}
      />
      <p className="small soft">{t.asOf(check.journalPosition, check.policy.version)}</p>
    </section>
  );
}
