/** Who turned a switch, as the journal names them: an operator of the platform, somebody of the federation, ourselves. */
import { type Actor, useActorName } from "../app/useActorName";
import { useMessages } from "./messages";

export function useBy(): (actor: Actor | null | undefined) => string {
  const t = useMessages();
  const name = useActorName();
  return (actor) => (actor ? name(actor) : t.nobody);
}
