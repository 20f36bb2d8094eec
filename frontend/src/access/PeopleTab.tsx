/** Everybody who is here or asked to come: what they may do where, and whether a password alone lets them in. */
import { Hourglass, MailPlus, Plus, ShieldCheck, ShieldOff, UserX, X } from "lucide-react";
import { useState } from "react";
import { useFilter } from "react-aria-components";
import { useAsked, useDoing } from "../app/requests";
import { getJson } from "../app/rest";
import { useSignedIn } from "../app/session";
import { Button } from "../ui/Button";
import { RequestFailed } from "../ui/failures";
import { SearchField } from "../ui/fields";
import { Card, Empty, Notice, SkeletonLines, Status } from "../ui/parts";
import { toast } from "../ui/toasts";
import { useMessages } from "./messages";
import { GrantDialog, invite, InviteDialog, RevokeDialog } from "./PersonDialogs";
import type { HeldRole, Person } from "./person";
import { isRole, useRoleWords } from "./roles";

// So many people the server tells at a time.
const PAGE = 500;

type Open = { readonly is: "invite" } | { readonly is: "grant"; readonly person: Person } | { readonly is: "revoke"; readonly person: Person; readonly held: HeldRole };

export function PeopleTab() {
  const t = useMessages();
  const { data, error, again } = useAsked<{ users: readonly Person[] }>("/auth/users");
  const [further, setFurther] = useState<readonly Person[]>([]);
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState<Open | null>(null);
  const { contains } = useFilter({ sensitivity: "base" });
  const { failed, attempt } = useDoing();
  const signedIn = useSignedIn();
  const me = signedIn.state === "signed-in" ? signedIn.session?.user.id : undefined;
  const people = [...(data?.users ?? []), ...further];
  const shown = people.filter((each) => typed.trim() === "" || contains(`${each.name} ${each.email}`, typed.trim()));
  const close = () => setOpen(null);
  const done = () => {
    close();
    setFurther([]);
    again();
  };
  const more = () =>
    attempt(async () => {
      const { users } = await getJson<{ users: readonly Person[] }>(`/auth/users?after=${encodeURIComponent(people.at(-1)?.id ?? "")}`);
      setFurther([...further, ...users]);
    });
  const resend = async (person: Person, held: HeldRole) => {
    const { email, name, language } = person;
    if (await attempt(async () => void (await invite({ email, name, language, role: held.role, org_node_id: held.org_node.id })))) toast(t.resent);
  };
  return (
    <div className="stack">
      <div className="cluster bottom">
        <div className="grow">
          <SearchField label={t.search} value={typed} onChange={setTyped} />
        </div>
        <Button kind="primary" onPress={() => setOpen({ is: "invite" })}>
          <MailPlus aria-hidden /> {t.invite}
        </Button>
      </div>
      <RequestFailed error={error} />
      {failed && <Notice tone="bad">{failed}</Notice>}
      {!data && !error && <SkeletonLines lines={6} />}
      {data && shown.length === 0 && <Empty icon={UserX} title={t.noMatch} />}
      {shown.length > 0 && (
        <Card flush>
          <ul className="people" aria-label={t.tabs.people}>
            {shown.map((person) => (
              <PersonRow
                key={person.id} person={person} own={person.id === me} onGrant={() => setOpen({ is: "grant", person })}
                onRevoke={(held) => setOpen({ is: "revoke", person, held })} onResend={(held) => void resend(person, held)}
              />
            ))}
          </ul>
        </Card>
      )}
      {people.length > 0 && people.length % PAGE === 0 && <Button onPress={() => void more()}>{t.more}</Button>}
      {open?.is === "invite" && <InviteDialog onClose={close} onDone={done} />}
      {open?.is === "grant" && <GrantDialog person={open.person} onClose={close} onDone={done} />}
      {open?.is === "revoke" && <RevokeDialog person={open.person} held={open.held} own={open.person.id === me} onClose={close} onDone={done} />}
    </div>
  );
}

interface PersonRowProps {
  readonly person: Person;
  readonly own: boolean;
  readonly onGrant: () => void;
  readonly onRevoke: (held: HeldRole) => void;
  readonly onResend: (held: HeldRole) => void;
}

function PersonRow({ person, own, onGrant, onRevoke, onResend }: PersonRowProps) {
  const t = useMessages();
  const words = useRoleWords();
  const first = person.roles[0];
  return (
    <li>
      <div className="stack tight">
        <div>
          <strong>{person.name}</strong> {own && <span className="soft">({t.you})</span>}
          <div className="small soft">{person.email}</div>
        </div>
        <div>
          {person.has_password ? (
            <Status tone={person.second_factor ? "good" : "neutral"} icon={person.second_factor ? ShieldCheck : ShieldOff}>
              {person.second_factor ? t.second : t.noSecond}
            </Status>
          ) : (
            <Status tone={person.invited ? "info" : "warn"} icon={Hourglass}>
              {person.invited ? t.invited : t.notIn}
            </Status>
          )}
        </div>
      </div>
      <div className="stack tight">
        {person.roles.length === 0 && <p className="soft">{t.noRoles}</p>}
        <ul className="stack tight">
          {person.roles.map((held) => {
            const role = isRole(held.role) ? words[held.role] : held.role;
            return (
              <li key={held.role + held.org_node.id} className="held">
                <span>
                  {role}, <span className="soft">{held.org_node.name}</span>
                </span>
                <Button kind="quiet" small icon aria-label={`${t.revoke}: ${person.name}, ${role}, ${held.org_node.name}`} onPress={() => onRevoke(held)}>
                  <X aria-hidden />
                </Button>
              </li>
            );
          })}
        </ul>
        <div className="cluster">
          <Button small aria-label={`${t.grant}: ${person.name}`} onPress={onGrant}>
            <Plus aria-hidden /> {t.grant}
          </Button>
          {!person.has_password && first && (
            <Button small aria-label={`${t.resend}: ${person.name}`} onPress={() => onResend(first)}>
              <MailPlus aria-hidden /> {t.resend}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}
