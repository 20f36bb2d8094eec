/** What the stored detail of an event means, in words: a role, a state, a number. What has no words stands as it is. */
import { useCapabilityWords } from "../access/capabilityWords";
import { useRoleWords } from "../access/roles";
import { useWords } from "../invoices/words";
import { messages } from "../language/messages";

const en = {
  switched: { on: "on", off: "off" },
  kinds: { member: "Member", club: "Club", tenant: "Federation", outside: "Outside party" },
  units: { federation: "Federation", district: "District", club: "Club", national: "National federation", international: "International federation" },
  channels: { email: "by e-mail", download: "by download" },
  states: { open: "Open", partially_paid: "Partly paid", paid: "Paid", cancelled: "Cancelled" },
  causes: {
    changed: "by the person", reset: "by a mailed link", invitation: "by an invitation", operator: "by Carreau’s operator", password_changed: "the password was changed",
    replaced: "signed in again", revoked: "ended from another place", signed_out: "by the person", password: "wrong password", totp: "wrong code",
    recovery_code: "wrong recovery code", passkey: "wrong passkey", oidc: "refused by the provider",
  },
  deferred: { unreachable: "mail server not reached", refused_for_now: "mail server asks to wait", unknown: "outcome unknown" },
  part: (number: string) => `Part ${Number(number) + 1}`,
  code: (code: string) => `mail server’s code ${code}`,
  newLink: "A new link was asked for",
}; // prettier-ignore

const sv: typeof en = {
  switched: { on: "på", off: "av" },
  kinds: { member: "Medlem", club: "Klubb", tenant: "Förbund", outside: "Utomstående" },
  units: { federation: "Förbund", district: "Distrikt", club: "Klubb", national: "Nationellt förbund", international: "Internationellt förbund" },
  channels: { email: "med e-post", download: "för nedladdning" },
  states: { open: "Öppen", partially_paid: "Delbetald", paid: "Betald", cancelled: "Makulerad" },
  causes: {
    changed: "av personen själv", reset: "via mejlad länk", invitation: "via inbjudan", operator: "av Carreaus operatör", password_changed: "lösenordet ändrades",
    replaced: "loggade in på nytt", revoked: "avslutad från annat håll", signed_out: "av personen själv", password: "fel lösenord", totp: "fel kod",
    recovery_code: "fel återställningskod", passkey: "fel nyckel", oidc: "nekad av inloggningstjänsten",
  },
  deferred: { unreachable: "mejlservern nåddes inte", refused_for_now: "mejlservern ber oss vänta", unknown: "okänt utfall" },
  part: (number) => `Del ${Number(number) + 1}`,
  code: (code) => `mejlserverns kod ${code}`,
  newLink: "En ny länk begärdes",
}; // prettier-ignore

const fr: typeof en = {
  switched: { on: "activé", off: "désactivé" },
  kinds: { member: "Membre", club: "Club", tenant: "Fédération", outside: "Tiers" },
  units: { federation: "Fédération", district: "District", club: "Club", national: "Fédération nationale", international: "Fédération internationale" },
  channels: { email: "par e-mail", download: "à télécharger" },
  states: { open: "Ouverte", partially_paid: "Payée en partie", paid: "Payée", cancelled: "Annulée" },
  causes: {
    changed: "par la personne", reset: "par un lien reçu", invitation: "par une invitation", operator: "par l’opérateur de Carreau", password_changed: "mot de passe changé",
    replaced: "nouvelle connexion", revoked: "fermée d’un autre endroit", signed_out: "par la personne", password: "mot de passe faux", totp: "code faux",
    recovery_code: "code de secours faux", passkey: "clé refusée", oidc: "refusé par le fournisseur",
  },
  deferred: { unreachable: "serveur injoignable", refused_for_now: "le serveur demande d’attendre", unknown: "issue inconnue" },
  part: (number) => `Partie ${Number(number) + 1}`,
  code: (code) => `code ${code} du serveur`,
  newLink: "Un nouveau lien a été demandé",
}; // prettier-ignore

const { useMessages } = messages({ en, sv, fr });

interface Told {
  readonly type: string;
  readonly detail: string;
  readonly subjectName: string;
  readonly actor: { readonly name?: string | null };
}

/** Which words say the detail of an event of this type. */
export function useDetailWords(): (told: Told) => string {
  const t = useMessages();
  const roles = useRoleWords();
  const capabilities = useCapabilityWords();
  const { type: invoiceTypes } = useWords();
  const runKinds = Object.fromEntries(Object.entries(invoiceTypes).map(([kind, word]) => [kind.toLowerCase(), word]));
  const among = (words: Readonly<Record<string, string>>) => (detail: string) => words[detail] ?? detail;
  const said: Readonly<Record<string, (detail: string) => string>> = {
    "delivery-switch-turned": among(t.switched), "platform-switch-turned": among(t.switched), "auto-delivery-set": among(t.switched),
    "role-granted": among(roles), "role-revoked": among(roles), "access-refused": among(capabilities),
    "debtor-registered": among(t.kinds), "org-node-created": among(t.units), "tenant-opened": among(t.units),
    "delivery-queued": among(t.channels), "delivery-bounced": t.code, "delivery-deferred": among(t.deferred),
    "run-started": among(runKinds), "run-members-listed": t.part, "run-chunk-issued": t.part, "document-updated": among(t.states),
    "password-changed": among(t.causes), "signed-out": among(t.causes), "sign-in-refused": among(t.causes),
  }; // prettier-ignore
  // Whom it happened to, unless they did it themselves.
  return ({ type, detail, subjectName, actor }) =>
    [subjectName !== actor.name && subjectName, detail && (said[type]?.(detail) ?? detail)].filter(Boolean).join(": ");
}

/** The one reason that we say ourselves; all others are people's own words. */
export function useReasonWords(): (reason: string) => string {
  const { newLink } = useMessages();
  return (reason) => (reason === "a new link was asked for" ? newLink : reason);
}
