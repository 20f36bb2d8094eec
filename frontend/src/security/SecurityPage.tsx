/** One's own account: roles, language, password, second factors, passkeys, sessions. For everybody who is signed in. */
import { isRole, useRoleSentences, useRoleWords } from "../access/roles";
import { type Session, useSignedIn } from "../app/session";
import { Card, Notice, Page, PageHeader } from "../ui/parts";
import { PasskeysCard } from "./PasskeysCard";
import { PasswordCard } from "./PasswordCard";
import { PreferencesCard } from "./PreferencesCard";
import { SessionsCard } from "./SessionsCard";
import { TotpCard } from "./TotpCard";
import { useMessages } from "./messages";

export function Component() {
  const t = useMessages();
  const signedIn = useSignedIn();
  const session = signedIn.state === "signed-in" || signedIn.state === "expired" ? signedIn.session : null;
  return (
    <Page>
      <PageHeader title={t.title} lead={session && t.lead(session.user.email, session.tenant.name)} />
      {session === null ? (
        <>
          <Notice>{t.tokenOnly}</Notice>
          <PreferencesCard />
        </>
      ) : (
        <div className="columns">
          <div className="stack wide">
            <RolesCard session={session} />
            <PasswordCard session={session} />
            <SessionsCard />
          </div>
          <div className="stack wide">
            <TotpCard session={session} />
            <PasskeysCard />
            <PreferencesCard />
          </div>
        </div>
      )}
    </Page>
  );
}

function RolesCard({ session }: { readonly session: Session }) {
  const t = useMessages();
  const [words, sentences] = [useRoleWords(), useRoleSentences()];
  return (
    <Card title={t.roles}>
      {session.roles.length === 0 && <p className="soft">{t.noRoles}</p>}
      <ul className="stack">
        {session.roles.map(({ role, org_node }) => (
          <li key={role + org_node.id}>
            <strong>{isRole(role) ? words[role] : role}</strong>, {org_node.name}
            {isRole(role) && <p className="small soft">{sentences[role]}</p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
