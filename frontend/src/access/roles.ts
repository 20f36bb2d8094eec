/** The roles as people call them, and each in one sentence. */
import { messages } from "../language/messages";

export const ROLES = ["federation_admin", "district_treasurer", "club_admin", "auditor", "licence_system", "platform_operator"] as const;
export type Role = (typeof ROLES)[number];

export const { useMessages: useRoleWords } = messages<Record<Role, string>>({
  en: { federation_admin: "Federation admin", district_treasurer: "District treasurer", club_admin: "Club admin", auditor: "Auditor", licence_system: "Licence system", platform_operator: "Platform operator" },
  sv: { federation_admin: "Förbundsadministratör", district_treasurer: "Distriktskassör", club_admin: "Klubbadministratör", auditor: "Revisor", licence_system: "Licenssystem", platform_operator: "Plattformsoperatör" },
  fr: { federation_admin: "Administrateur de fédération", district_treasurer: "Trésorier de district", club_admin: "Administrateur de club", auditor: "Auditeur", licence_system: "Système de licences", platform_operator: "Opérateur de la plateforme" },
}); // prettier-ignore

export function isRole(value: string): value is Role {
  return ROLES.some((each) => each === value);
}
