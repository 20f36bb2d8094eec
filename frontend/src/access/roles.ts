/** The roles as people call them, and each in one sentence. */
import { messages } from "../language/messages";

export const ROLES = ["federation_admin", "district_treasurer", "club_admin", "auditor", "licence_system", "platform_operator"] as const;
export type Role = (typeof ROLES)[number];

export const { useMessages: useRoleWords } = messages<Record<Role, string>>({
  en: { federation_admin: "Federation admin", district_treasurer: "District treasurer", club_admin: "Club admin", auditor: "Auditor", licence_system: "Licence system", platform_operator: "Platform operator" },
  sv: { federation_admin: "Förbundsadministratör", district_treasurer: "Distriktskassör", club_admin: "Klubbadministratör", auditor: "Revisor", licence_system: "Licenssystem", platform_operator: "Plattformsoperatör" },
  fr: { federation_admin: "Administrateur de fédération", district_treasurer: "Trésorier de district", club_admin: "Administrateur de club", auditor: "Auditeur", licence_system: "Système de licences", platform_operator: "Opérateur de la plateforme" },
}); // prettier-ignore

/** What a role is for, in one sentence. */
export const { useMessages: useRoleSentences } = messages<Record<Role, string>>({
  en: {
    federation_admin: "Does everything in the federation: bills, settles, changes settings, decides about the gate, and gives roles to others.",
    district_treasurer: "Bills the members and clubs of the district, starts runs, registers payments and changes the district’s own issuer.",
    club_admin: "Sees the invoices and debts of the club and its members, and asks the gate; changes nothing.",
    auditor: "Reads everything, with the audit trail; changes nothing.",
    licence_system: "For a program: asks the gate whether a licence may be renewed, and finds debtors by number.",
    platform_operator: "Runs the platform: everything an administrator may, and importing history.",
  },
  sv: {
    federation_admin: "Gör allt i förbundet: fakturerar, prickar av, ändrar inställningar, bestämmer om spärren och ger andra roller.",
    district_treasurer: "Fakturerar distriktets medlemmar och klubbar, startar körningar, registrerar betalningar och sköter distriktets egen utställare.",
    club_admin: "Ser klubbens och medlemmarnas fakturor och skulder och frågar spärren; ändrar ingenting.",
    auditor: "Läser allt, även händelseloggen; ändrar ingenting.",
    licence_system: "För ett program: frågar spärren om en licens får förnyas och hittar betalare på nummer.",
    platform_operator: "Driver plattformen: allt en administratör får, och import av historik.",
  },
  fr: {
    federation_admin: "Fait tout dans la fédération : facture, encaisse, règle, décide du blocage et donne des rôles.",
    district_treasurer: "Facture les membres et clubs du district, lance les campagnes, enregistre les paiements et gère l’émetteur du district.",
    club_admin: "Voit les factures et dettes du club et de ses membres, interroge le blocage ; ne change rien.",
    auditor: "Lit tout, y compris le journal ; ne change rien.",
    licence_system: "Pour un programme : demande si une licence peut être renouvelée et trouve les débiteurs par numéro.",
    platform_operator: "Exploite la plateforme : tout ce que peut un administrateur, et l’import de l’historique.",
  },
});

export function isRole(value: string): value is Role {
  return ROLES.some((each) => each === value);
}
