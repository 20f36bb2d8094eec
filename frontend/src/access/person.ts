/** A person as `GET /auth/users` tells, and which roles are offered where. */
import { ROLES, type Role } from "./roles";

export interface HeldRole {
  readonly role: string;
  readonly org_node: { readonly id: string; readonly name: string; readonly kind: string };
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly language: string;
  readonly invited: boolean;
  readonly has_password: boolean;
  readonly second_factor: boolean;
  readonly roles: readonly HeldRole[];
}

export type NodeKind = "FEDERATION" | "DISTRICT" | "CLUB";

/** Where a role means something: a club admin of a whole federation would be an auditor who sees less. */
export const PLACES: Readonly<Record<Role, readonly NodeKind[]>> = {
  federation_admin: ["FEDERATION"],
  district_treasurer: ["DISTRICT", "FEDERATION"],
  club_admin: ["CLUB"],
  auditor: ["FEDERATION", "DISTRICT", "CLUB"],
  licence_system: ["FEDERATION", "DISTRICT"],
  platform_operator: ["FEDERATION"],
};

/** The roles of a federation, or of the platform. */
export function rolesOf(tenantKind: string): readonly Role[] {
  const platform: readonly Role[] = ["platform_operator", "auditor"];
  return tenantKind === "platform" ? platform : ROLES.filter((role) => role !== "platform_operator");
}
