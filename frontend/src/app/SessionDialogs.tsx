/** Two dialogs over whatever is on the screen: the session has expired, or an action wants the password once more. */
import { KeyRound } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { TextField } from "../ui/fields";
import { Notice } from "../ui/parts";
import { answerFresh } from "./fresh";
import { useMessages } from "./messages";
import { type Session, useSignedIn } from "./session";
import { SignInForm, TokenForm, useAttempt } from "./SignIn";
import { freshly, withPasskey } from "./signing";

export function SessionDialogs() {
  const t = useMessages();
  const signedIn = useSignedIn();
  const answer = useRef<((fresh: boolean) => void) | null>(null);
  const [asking, setAsking] = useState(false);
  useEffect(
    () =>
      answerFresh((give) => {
        answer.current = give;
        setAsking(true);
      }),
    [],
  );
  const give = (fresh: boolean) => {
    setAsking(false);
    answer.current?.(fresh);
    answer.current = null;
  };
  if (signedIn.state === "expired") {
    return (
      <Dialog title={t.expiredTitle} onClose={() => undefined} firm>
        <p>{t.expiredText}</p>
        {signedIn.session === null ? <TokenForm /> : <SignInForm session={signedIn.session} />}
      </Dialog>
    );
  }
  return asking && signedIn.state === "signed-in" && signedIn.session ? <FreshDialog onAnswer={give} session={signedIn.session} /> : null;
}

interface FreshDialogProps {
  readonly onAnswer: (fresh: boolean) => void;
  readonly session: Session;
}

/** By the password, or by signing in once more with a passkey: the only way for who has no password. */
function FreshDialog({ onAnswer, session }: FreshDialogProps) {
  const t = useMessages();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const { busy, failed, attempt } = useAttempt();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(async () => {
      await freshly(password, code.trim());
      onAnswer(true);
    });
  };
  const passkey = () =>
    attempt(async () => {
      await withPasskey(session.tenant.slug);
      onAnswer(true);
    }, t.passkeyFailed);
  const byPasskey = "PublicKeyCredential" in window && (session.second_factors.passkeys > 0 || !session.has_password);
  const totp = session.second_factors.totp;
  return (
    <Dialog title={t.freshTitle} onClose={() => onAnswer(false)}>
      {byPasskey && (
        <div className="stack">
          {!session.has_password && failed && <Notice tone="bad">{failed}</Notice>}
          <Button isDisabled={busy} onPress={() => void passkey()}>
            <KeyRound aria-hidden /> {t.passkey}
          </Button>
        </div>
      )}
      {session.has_password && <form className="stack" onSubmit={submit}>
        <p>{t.freshText}</p>
        {failed && <Notice tone="bad">{failed}</Notice>}
        <TextField label={t.password} type="password" value={password} onChange={setPassword} required autoFocus autoComplete="current-password" />
        {totp && <TextField label={t.code} value={code} onChange={setCode} required inputMode="numeric" autoComplete="one-time-code" />}
        <div className="actions">
          <Button type="submit" kind="primary" isPending={busy}>
            {t.confirm}
          </Button>
        </div>
      </form>}
    </Dialog>
  );
}
