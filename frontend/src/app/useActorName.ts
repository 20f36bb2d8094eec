/** Who did something, as far as we may say: oneself by name, the machine by a word, others by the beginning of their id. */
import { messages } from "../language/messages";
import { useSignedIn } from "./session";

const { useMessages } = messages({
  en: { system: "Carreau", user: "user", operator: "the platform’s operator" },
  sv: { system: "Carreau", user: "användare", operator: "plattformens operatör" },
  fr: { system: "Carreau", user: "utilisateur", operator: "l’opérateur de la plateforme" },
});

export function useActorName(): (actor: string) => string {
  const t = useMessages();
  const signedIn = useSignedIn();
  const me = signedIn.state === "signed-in" || signedIn.state === "expired" ? signedIn.session?.user : undefined;
  return (actor) => {
    const [kind, id = ""] = actor.split(":", 2);
    if (kind === "system") return `${t.system} (${id})`;
    if (kind !== "user" && kind !== "operator") return actor;
    return me && plainId(me.id).endsWith(id) ? me.name : `${t[kind]} ${id.slice(0, 8)}`;
  };
}

/** The id within an opaque one. */
function plainId(opaque: string): string {
  try {
    return atob(opaque.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return opaque;
  }
}
