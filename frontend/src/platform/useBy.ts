/** Who turned a switch, as the journal names them: an operator of the platform, somebody of the federation, ourselves. */
import { useActorName } from "../app/useActorName";
import { useMessages } from "./messages";

export function useBy(): (actor: string) => string {
  const t = useMessages();
  const name = useActorName();
  return (actor) => (actor === "" ? t.nobody : name(actor));
}
