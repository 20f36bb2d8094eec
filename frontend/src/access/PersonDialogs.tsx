/** Invite somebody, give a role, take one away. */
import { useState } from "react";
import { insist, useDoing } from "../app/requests";
import { sendJson } from "../app/rest";
import { useCommand } from "../graphql/command";
import { graphql } from "../graphql/generated";
import type { Role as RoleWord } from "../graphql/generated/graphql";
import { useIdempotencyKey } from "../graphql/idempotency";
import { LANGUAGE_NAMES, LANGUAGES, useLanguage } from "../language/language";
import { Ask } from "../ui/Ask";
import { CommandFailed } from "../ui/failures";
import { Select, TextField } from "../ui/fields";
import { Notice } from "../ui/parts";
import { toast } from "../ui/toasts";
import { useMessages } from "./messages";
import type { HeldRole, Person } from "./person";
import { RoleFields, useRoleChoice } from "./RoleFields";
import { isRole, useRoleWords } from "./roles";

const GRANT = graphql(`
  mutation GrantRole($input: GrantRoleInput!) {
    grantRole(input: $input) {
      ... on RoleSuccess {
        userId
      }
      ...Refusal @unmask
    }
  }
`);

const REVOKE = graphql(`
  mutation RevokeRole($input: RevokeRoleInput!) {
    revokeRole(input: $input) {
      ... on RoleSuccess {
        userId
      }
      ...Refusal @unmask
    }
  }
`);

interface Next {
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export interface Invitation {
  readonly email: string;
  readonly name: string;
  readonly language: string;
  readonly role: string;
  readonly org_node_id: string;
}

/** Sending it once more makes a new link; the old one is void. */
export function invite(invitation: Invitation): Promise<unknown> {
  return insist(() => sendJson("POST", "/auth/invitations", invitation));
}

export function InviteDialog({ onClose, onDone }: Next) {
  const t = useMessages();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [language, setLanguage] = useState<string>(useLanguage());
  const choice = useRoleChoice();
  const { busy, failed, attempt } = useDoing();
  const submit = async () => {
    const node = choice.chosen();
    if (node === null) return;
    const done = await attempt(async () => {
      await invite({ email: email.trim(), name: name.trim(), language, role: choice.role, org_node_id: node });
    });
    if (!done) return;
    toast(t.sent(name.trim()));
    onDone();
  };
  return (
    <Ask title={t.invite} button={t.send} busy={busy} onClose={onClose} onSubmit={submit}>
      <p className="soft">{t.inviteLead}</p>
      {failed && <Notice tone="bad">{failed}</Notice>}
      <TextField label={t.name} value={name} onChange={setName} required autoFocus maxLength={100} autoComplete="off" />
      <TextField label={t.email} type="email" value={email} onChange={setEmail} required maxLength={254} autoComplete="off" />
      <Select label={t.language} value={language} onChange={setLanguage} options={LANGUAGES.map((each) => ({ value: each, label: LANGUAGE_NAMES[each] }))} />
      <RoleFields choice={choice} />
    </Ask>
  );
}

export function GrantDialog({ person, onClose, onDone }: Next & { readonly person: Person }) {
  const t = useMessages();
  const choice = useRoleChoice();
  const command = useCommand(GRANT);
  const { key, renew } = useIdempotencyKey(`grant ${person.id}`);
  const submit = async () => {
    const node = choice.chosen();
    if (node === null) return;
    const outcome = await command.run({ userId: person.id, role: wordOf(choice.role), orgNodeId: node, idempotencyKey: key });
    if (outcome.kind !== "lost") renew();
    if (outcome.kind !== "done") return;
    toast(t.granted);
    onDone();
  };
  return (
    <Ask title={t.grantTitle(person.name)} button={t.grant} busy={command.busy} onClose={onClose} onSubmit={submit}>
      <RoleFields choice={choice} />
      <CommandFailed outcome={command.outcome} />
    </Ask>
  );
}

interface RevokeDialogProps extends Next {
  readonly person: Person;
  readonly held: HeldRole;
  readonly own: boolean;
}

export function RevokeDialog({ person, held, own, onClose, onDone }: RevokeDialogProps) {
  const t = useMessages();
  const words = useRoleWords();
  const command = useCommand(REVOKE);
  const { key, renew } = useIdempotencyKey(`revoke ${person.id} ${held.role} ${held.org_node.id}`);
  const submit = async () => {
    const outcome = await command.run({ userId: person.id, role: wordOf(held.role), orgNodeId: held.org_node.id, idempotencyKey: key });
    if (outcome.kind !== "lost") renew();
    if (outcome.kind !== "done") return;
    toast(t.revoked);
    onDone();
  };
  return (
    <Ask title={t.revokeTitle(isRole(held.role) ? words[held.role] : held.role)} button={t.revoke} danger busy={command.busy} onClose={onClose} onSubmit={submit}>
      <p>{t.revokeText(person.name, held.org_node.name)}</p>
      {own && <Notice tone="warn">{t.revokeOwn}</Notice>}
      <CommandFailed outcome={command.outcome} />
    </Ask>
  );
}

/** The role as GraphQL writes it. */
function wordOf(role: string): RoleWord {
  return role.toUpperCase() as RoleWord;
}
