/** Where the links in mails lead: a new password, an invitation. The token is in the fragment, and taken from it at once. */
import { type FormEvent, useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { isLanguage, speak } from "../language/language";
import { Button } from "../ui/Button";
import { TextField } from "../ui/fields";
import { Notice, SkeletonLines } from "../ui/parts";
import { useMessages } from "./messages";
import { sendJson } from "./rest";
import { useAttempt } from "./SignIn";
import { begun } from "./signing";

export function ResetPage() {
  const t = useMessages();
  const token = useFragmentToken();
  const navigate = useNavigate();
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const { busy, failed, attempt } = useAttempt();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(async () => {
      await sendJson("POST", "/auth/password/reset/finish", { token, password });
      setDone(true);
    });
  };
  return (
    <div className="sign-in">
      <main>
        <h1>{t.resetTitle}</h1>
        {done ? (
          <>
            <Notice tone="good">{t.resetDone}</Notice>
            <Button kind="primary" onPress={() => void navigate("/")}>
              {t.signIn}
            </Button>
          </>
        ) : (
          <form className="stack" onSubmit={submit}>
            {failed && <Notice tone="bad">{failed}</Notice>}
            <NewPassword value={password} onChange={setPassword} />
            <Button type="submit" kind="primary" isDisabled={token === null} isPending={busy}>
              {t.proceed}
            </Button>
          </form>
        )}
      </main>
    </div>
  );
}

interface Invitation {
  readonly tenant: { readonly name: string };
  readonly name: string;
  readonly email: string;
  readonly language: string;
}

export function InvitationPage() {
  const t = useMessages();
  const token = useFragmentToken();
  const navigate = useNavigate();
  const [found, setFound] = useState<Invitation | null>(null);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [unknown, setUnknown] = useState(token === null);
  const { busy, failed, attempt } = useAttempt();
  useEffect(() => {
    if (token === null) return;
    sendJson<Invitation>("POST", "/auth/invitations/look", { token }).then(
      (invitation) => {
        setFound(invitation);
        if (isLanguage(invitation.language)) speak(invitation.language);
        setName(invitation.name);
      },
      () => setUnknown(true),
    );
  }, [token]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(async () => {
      begun(await sendJson("POST", "/auth/invitations/accept", { token, name, password }));
      await navigate("/");
    });
  };
  return (
    <div className="sign-in">
      <main>
        {unknown && (
          <div className="stack">
            <h1>{t.invitationTitle("Carreau")}</h1>
            <Notice tone="bad">{t.linkRefused}</Notice>
            <a href="/">{t.signIn}</a>
          </div>
        )}
        {!unknown && !found && <SkeletonLines />}
        {found && (
          <form className="stack" onSubmit={submit}>
            <h1>{t.invitationTitle(found.tenant.name)}</h1>
            <p className="soft">{found.email}</p>
            {/* So that a password manager knows whose password it keeps. */}
            <input type="text" className="visually-hidden" autoComplete="username" value={found.email} readOnly tabIndex={-1} aria-hidden />
            {failed && <Notice tone="bad">{failed}</Notice>}
            <TextField label={t.yourName} value={name} onChange={setName} required autoComplete="name" />
            <NewPassword value={password} onChange={setPassword} />
            <Button type="submit" kind="primary" isPending={busy}>
              {t.accept}
            </Button>
          </form>
        )}
      </main>
    </div>
  );
}

function NewPassword({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const t = useMessages();
  return (
    <TextField
      label={t.newPassword} hint={t.newPasswordHint} type="password" value={value} onChange={onChange} required minLength={12}
      maxLength={128} autoComplete="new-password"
    />
  );
}

function useFragmentToken(): string | null {
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get("token"));
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
  }, []);
  return token;
}
