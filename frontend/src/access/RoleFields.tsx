/** Which role, and where: the same two fields whether somebody is invited or given another role. */
import { useState } from "react";
import { useSignedIn } from "../app/session";
import { Select } from "../ui/fields";
import { OrgNodePicker } from "./OrgNodePicker";
import { useMessages } from "./messages";
import { PLACES, rolesOf } from "./person";
import { isRole, type Role, useRoleSentences, useRoleWords } from "./roles";
import { useOrgNodes } from "./useOrgNodes";

export interface RoleChoice {
  readonly role: Role;
  readonly node: string | null;
  readonly choose: (role: Role, node: string | null) => void;
  readonly missing: boolean;
  /** The node, or null and a word beside the field. */
  readonly chosen: () => string | null;
}

/** Where only the federation comes into question, it is chosen already. */
export function useRoleChoice(): RoleChoice {
  const nodes = useOrgNodes();
  const signedIn = useSignedIn();
  const kind = signedIn.state === "signed-in" ? (signedIn.session?.tenant.kind ?? "") : "";
  const [role, setRole] = useState<Role>(rolesOf(kind).includes("club_admin") ? "club_admin" : "auditor");
  const [node, setNode] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const possible = (nodes ?? []).filter((each) => PLACES[role].includes(each.kind));
  const where = node ?? (possible.length === 1 ? (possible[0]?.id ?? null) : null);
  const choose = (wanted: Role, at: string | null) => {
    const kept = nodes?.find((each) => each.id === at);
    setRole(wanted);
    setNode(kept && PLACES[wanted].includes(kept.kind) ? kept.id : null);
  };
  const chosen = () => {
    setAsked(true);
    return where;
  };
  return { role, node: where, choose, missing: asked && where === null, chosen };
}

export function RoleFields({ choice }: { readonly choice: RoleChoice }) {
  const t = useMessages();
  const [words, sentences] = [useRoleWords(), useRoleSentences()];
  const signedIn = useSignedIn();
  const kind = signedIn.state === "signed-in" ? (signedIn.session?.tenant.kind ?? "") : "";
  const { role, node, choose, missing } = choice;
  return (
    <>
      <Select
        label={t.role} hint={sentences[role]} value={role} onChange={(value) => isRole(value) && choose(value, node)}
        options={rolesOf(kind).map((each) => ({ value: each, label: words[each] }))}
      />
      <OrgNodePicker
        key={role} label={t.where} hint={t.whereHint} kinds={PLACES[role]} value={node} onChange={(id) => choose(role, id)}
        error={missing ? t.chooseWhere : null}
      />
    </>
  );
}
