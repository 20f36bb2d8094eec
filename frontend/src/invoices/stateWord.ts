/** The word for a state as the history names it (`partially_paid`), in whatever axis. */
import { messages } from "../language/messages";
import { useWords } from "./words";

const { useMessages } = messages({
  en: { UNPAID: "Unpaid" },
  sv: { UNPAID: "Obetald" },
  fr: { UNPAID: "Impayée" },
});

export function useStateWord(): (state: string) => string {
  const words = useWords();
  // The one state of the payment axis that is no status of its own.
  const others = useMessages();
  const known: Readonly<Record<string, string>> = { ...words.delivery, ...others, ...words.status };
  return (state) => known[state.toUpperCase()] ?? state;
}
