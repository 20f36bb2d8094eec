/** Who did something, by the name the server gives; for our own processes a word, for whoever has no name what they are. */
import type { ActorKind } from "../graphql/generated/graphql";
import { messages } from "../language/messages";
import { useSignedIn } from "./session";

export interface Actor {
  readonly kind: ActorKind;
  readonly id: string;
  readonly name?: string | null;
}

const { useMessages } = messages({
  en: {
    former: "a former user", program: "a program", operator: "Carreau’s operator", link: "whoever opened the link", system: "Carreau",
    parts: {
      seed: "demo data", "command-line": "command line", runs: "runs", documents: "PDF", forecast: "preview of a run", deliveries: "sending",
      mirroring: "between federations", door: "sign-in", bench: "measurement",
    },
  },
  sv: {
    former: "en tidigare användare", program: "ett program", operator: "Carreaus operatör", link: "den som öppnade länken", system: "Carreau",
    parts: {
      seed: "demodata", "command-line": "kommandorad", runs: "körningar", documents: "PDF", forecast: "förhandsvisning av körning", deliveries: "utskick",
      mirroring: "mellan förbund", door: "inloggning", bench: "mätning",
    },
  },
  fr: {
    former: "un ancien utilisateur", program: "un programme", operator: "l’opérateur de Carreau", link: "qui a ouvert le lien", system: "Carreau",
    parts: {
      seed: "données de démo", "command-line": "ligne de commande", runs: "campagnes", documents: "PDF", forecast: "aperçu d’une campagne", deliveries: "envois",
      mirroring: "entre fédérations", door: "connexion", bench: "mesure",
    },
  },
}); // prettier-ignore

export function useActorName(): (actor: Actor) => string {
  const t = useMessages();
  const signedIn = useSignedIn();
  const me = signedIn.state === "signed-in" || signedIn.state === "expired" ? signedIn.session?.user : undefined;
  return (actor) => {
    const parts: Readonly<Record<string, string>> = t.parts;
    switch (actor.kind) {
      case "SYSTEM":
        return `${t.system} (${parts[actor.id] ?? actor.id})`;
      case "LINK":
        return t.link;
      case "PROGRAM":
        return actor.name ?? t.program;
      case "OPERATOR": {
        // Its name is known to the platform only, and to the operator.
        const name = actor.name ?? (me?.id === actor.id ? me.name : null);
        return name ? `${t.operator} ${name}` : t.operator;
      }
      case "PERSON":
        return actor.name ?? t.former;
    }
  };
}
