/** What the gate says of somebody: blocked or clear, why, and exactly what clears it. */
import { DoorClosed, DoorOpen } from "lucide-react";
import { Link } from "react-router";
import { graphql, readFragment, type FragmentType } from "../graphql/generated";
import { Amount, DateText, Notice, Status } from "../ui/parts";
import { useMessages } from "./messages";

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
      <div className="table-scroll" tabIndex={0} role="region" aria-label={t.because}>
        <table className="table">
          <caption className="visually-hidden">{t.because}</caption>
          <thead>
            <tr>
              <th scope="col">{t.invoice}</th>
              <th scope="col" className="wide-only">
                {t.why}
              </th>
              <th scope="col" className="wide-only">
                {t.due}
              </th>
              <th scope="col" className="end">
                {t.open}
              </th>
            </tr>
          </thead>
          <tbody>
            {check.reasons.map((reason) => (
              <tr key={reason.invoiceId}>
                <th scope="row">
                  <Link to={`/invoices/${reason.invoiceId}`}>{reason.number}</Link>
                  <div className="narrow-only small soft">
                    {why(reason)}, <DateText date={reason.dueOn} />
                  </div>
                </th>
                <td className="wide-only">{why(reason)}</td>
                <td className="wide-only">
                  <DateText date={reason.dueOn} />
                </td>
                <td className="end">
                  <Amount of={reason.open} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small soft">{t.asOf(check.journalPosition, check.policy.version)}</p>
    </section>
  );
}
