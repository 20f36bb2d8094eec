/** Pages for some roles: others are told so, and whom to ask, instead of a page of refusals. */
import { LockKeyhole } from "lucide-react";
import { Outlet } from "react-router";
import { isRole, useRoleWords } from "../access/roles";
import { LinkButton } from "../ui/Button";
import { Empty, Page } from "../ui/parts";
import type { Capability } from "./capabilities";
import { useMessages } from "./messages";
import { useMay, useSignedIn } from "./session";

export function Only({ needs }: { readonly needs: Capability }) {
  return useMay(needs) ? <Outlet /> : <NotYours />;
}

function NotYours() {
  const t = useMessages();
  const words = useRoleWords();
  const signedIn = useSignedIn();
  const session = signedIn.state === "signed-in" || signedIn.state === "expired" ? signedIn.session : null;
  const roles = (session?.roles ?? []).map(({ role, org_node }) => `${isRole(role) ? words[role] : role}, ${org_node.name}`);
  return (
    <Page>
      <Empty icon={LockKeyhole} title={t.notYoursTitle} alone>
        {roles.length > 0 && <p>{t.notYoursRoles(roles.join("; "))}</p>}
        <p>{t.notYoursText(session?.tenant.name ?? "")}</p>
        <LinkButton to="/" kind="primary">
          {t.goHome}
        </LinkButton>
      </Empty>
    </Page>
  );
}
