/** The one word for an invoice. What is not due yet but will be within a week reads “due soon”, never overdue. */
import { Ban, CircleCheck, CircleDashed, CircleDot, Clock, Eye, FilePenLine, type LucideIcon, MailCheck, TriangleAlert } from "lucide-react";
import { daysBetween } from "../dates/dates";
import type { InvoiceStatus } from "../graphql/generated/graphql";
import { Status, type Tone } from "../ui/parts";
import { useWords } from "./words";

const LOOKS: Record<InvoiceStatus, { tone: Tone; icon: LucideIcon }> = {
  DRAFT: { tone: "neutral", icon: FilePenLine },
  ISSUED: { tone: "info", icon: CircleDot },
  SENT: { tone: "info", icon: MailCheck },
  VIEWED: { tone: "info", icon: Eye },
  PARTIALLY_PAID: { tone: "warn", icon: CircleDashed },
  PAID: { tone: "good", icon: CircleCheck },
  OVERDUE: { tone: "bad", icon: TriangleAlert },
  CANCELLED: { tone: "neutral", icon: Ban },
};
const SOON_DAYS = 7;

interface InvoiceStatusBadgeProps {
  readonly status: InvoiceStatus;
  readonly dueOn?: string | null | undefined;
  readonly today?: string;
}

export function InvoiceStatusBadge({ status, dueOn, today }: InvoiceStatusBadgeProps) {
  const words = useWords();
  const waiting = status === "ISSUED" || status === "SENT" || status === "VIEWED";
  const left = dueOn && today ? daysBetween(today, dueOn) : null;
  if (waiting && left !== null && left >= 0 && left <= SOON_DAYS) {
    return (
      <Status tone="warn" icon={Clock}>
        {words.dueSoon}
      </Status>
    );
  }
  const { tone, icon } = LOOKS[status];
  return (
    <Status tone={tone} icon={icon}>
      {words.status[status]}
    </Status>
  );
}
