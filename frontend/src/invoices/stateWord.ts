/** The word for a state as the history names it (`partially_paid`), in whatever axis. */
import { messages } from "../language/messages";
import { useWords } from "./words";

// States of the payment axis and of the document that are no status of their own.
type Other = "UNPAID" | "IN_PAYMENT" | "OVERPAID" | "REFUNDED" | "PARTIALLY_REFUNDED" | "ARCHIVED";

const { useMessages } = messages<Record<Other, string>>({
  en: {
    UNPAID: "Unpaid", IN_PAYMENT: "In payment", OVERPAID: "Overpaid", REFUNDED: "Refunded", PARTIALLY_REFUNDED: "Partly refunded",
    ARCHIVED: "Archived",
  },
  sv: {
    UNPAID: "Obetald", IN_PAYMENT: "Under betalning", OVERPAID: "Överbetald", REFUNDED: "Återbetald",
    PARTIALLY_REFUNDED: "Delvis återbetald", ARCHIVED: "Arkiverad",
  },
  fr: {
    UNPAID: "Impayée", IN_PAYMENT: "En paiement", OVERPAID: "Trop payée", REFUNDED: "Remboursée",
    PARTIALLY_REFUNDED: "Remboursée en partie", ARCHIVED: "Archivée",
  },
}); // prettier-ignore

export function useStateWord(): (state: string) => string {
  const words = useWords();
  const others = useMessages();
  const known: Readonly<Record<string, string>> = { ...words.delivery, ...others, ...words.status };
  return (state) => known[state.toUpperCase()] ?? state;
}
