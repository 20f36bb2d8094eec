/** Signing in: password and second factor, passkey, the federation's own provider; a token where there is no identity yet. */
import { KeyRound } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { Button } from "../ui/Button";
import { TextField } from "../ui/fields";
import { Notice } from "../ui/parts";
import { AccountMenu } from "./AccountMenu";
import { useSettled } from "../ui/useSettled";
import { useMessages } from "./messages";
import { Problem, sendJson } from "./rest";
import { beginWithToken, type Session, useSignedIn } from "./session";
import { type Provider, providersOf, type SecondFactor, withCode, withPasskey, withPassword } from "./signing";

export function SignInPage() {
  const t = useMessages();
  const signedIn = useSignedIn();
  const identity = signedIn.state !== "signed-out" || signedIn.identity;
  return (
    <div className="sign-in">
      <main>
        <div className="cluster apart">
          <span className="brand">
            <img src="/icon.svg" alt="" /> Carreau
          </span>
          <AccountMenu />
        </div>
        <div className="stack tight">
          <h1>{t.signInTitle}</h1>
          <p className="soft">{t.signInLead}</p>
        </div>
        {identity ? <SignInForm /> : <TokenForm />}
        {identity && (
          <details>
            <summary className="soft small">{t.withToken}</summary>
            <TokenForm />
          </details>
        )}
      </main>
    </div>
  );
}

/** Also inside the dialog after a session has expired. */
export function SignInForm({ session = null }: { readonly session?: Session | null }) {
  const t = useMessages();
  const [tenant, setTenant] = useState(session?.tenant.slug ?? "");
  const [email, setEmail] = useState(session?.user.email ?? "");
  const [password, setPassword] = useState("");
  const [second, setSecond] = useState<SecondFactor | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { busy, failed, attempt } = useAttempt();
  const providers = useProviders(tenant);
  if (second) return <SecondForm second={second} onBack={() => setSecond(null)} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(async () => {
      const asked = await withPassword(tenant.trim(), email.trim(), password);
      setPassword("");
      setSecond(asked);
    });
  };
  const forgotten = () =>
    attempt(async () => {
      await sendJson("POST", "/auth/password/reset", { tenant: tenant.trim(), email: email.trim() });
      setSaid(t.forgottenSent);
    });
  return (
    <form className="stack" onSubmit={submit}>
      {failed && <Notice tone="bad">{failed}</Notice>}
      {said && <Notice>{said}</Notice>}
      <TextField label={t.tenant} hint={t.tenantHint} value={tenant} onChange={setTenant} required autoComplete="organization" autoCapitalize="none" />
      <TextField label={t.email} type="email" value={email} onChange={setEmail} required autoComplete="username webauthn" />
      <TextField label={t.password} type="password" value={password} onChange={setPassword} required autoComplete="current-password" />
      <Button type="submit" kind="primary" isDisabled={busy}>
        {t.signIn}
      </Button>
      {"PublicKeyCredential" in window && (
        <Button isDisabled={busy || tenant.trim() === ""} onPress={() => void attempt(() => withPasskey(tenant.trim()), t.passkeyFailed)}>
          <KeyRound aria-hidden /> {t.passkey}
        </Button>
      )}
      {providers.map((each) => (
        <a key={each.id} className="button secondary" href={`/auth/oidc/start?${new URLSearchParams({ tenant, provider: each.id, return_to: location.pathname })}`}>
          {t.withProvider(each.name)}
        </a>
      ))}
      <Button kind="quiet" small isDisabled={busy || !tenant || !email} onPress={() => void forgotten()}>
        {t.forgotten}
      </Button>
    </form>
  );
}

function SecondForm({ second, onBack }: { readonly second: SecondFactor; readonly onBack: () => void }) {
  const t = useMessages();
  const [method, setMethod] = useState<"totp" | "recovery_code">(second.methods[0] ?? "totp");
  const [code, setCode] = useState("");
  const { busy, failed, attempt } = useAttempt();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(() => withCode(second.challenge, method, code));
  };
  return (
    <form className="stack" onSubmit={submit}>
      <h2>{t.secondTitle}</h2>
      {failed && <Notice tone="bad">{failed}</Notice>}
      <TextField
        key={method} label={method === "totp" ? t.code : t.recovery} value={code} onChange={setCode} required autoFocus
        autoComplete="one-time-code" inputMode={method === "totp" ? "numeric" : "text"}
      />
      <Button type="submit" kind="primary" isDisabled={busy}>
        {t.proceed}
      </Button>
      {second.methods.length > 1 && (
        <Button kind="quiet" small onPress={() => setMethod(method === "totp" ? "recovery_code" : "totp")}>
          {method === "totp" ? t.useRecovery : t.useCode}
        </Button>
      )}
      <Button kind="quiet" small onPress={onBack}>
        {t.back}
      </Button>
    </form>
  );
}

/** For a server without identity: the token stays in memory. */
export function TokenForm() {
  const t = useMessages();
  const [token, setToken] = useState("");
  const { busy, failed, attempt } = useAttempt();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(async () => {
      const answer = await fetch("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token.trim()}` },
        body: JSON.stringify({ query: "{ __typename }" }),
      });
      await answer.text();
      if (!answer.ok) throw new Problem(401, "SIGN_IN_REFUSED", "");
      beginWithToken(token.trim());
    });
  };
  return (
    <form className="stack" onSubmit={submit}>
      {failed && <Notice tone="bad">{failed}</Notice>}
      <TextField label={t.token} hint={t.tokenHint} type="password" value={token} onChange={setToken} required autoComplete="off" />
      <Button type="submit" kind="primary" isDisabled={busy}>
        {t.signIn}
      </Button>
    </form>
  );
}

/** Runs something of signing in and says what became of it; a refusal never says which part was wrong. */
export function useAttempt() {
  const t = useMessages();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const attempt = async (work: () => Promise<void>, otherwise?: string) => {
    setBusy(true);
    setFailed(null);
    try {
      await work();
    } catch (error) {
      if (error instanceof Problem && error.code === "TOO_MANY_ATTEMPTS") setFailed(t.tooMany(error.retryAfter ?? 60));
      else if (error instanceof Problem && error.code === "PASSWORD_REFUSED") setFailed(error.errors[0]?.detail ?? error.message);
      else if (error instanceof Problem && error.code === "LINK_REFUSED") setFailed(t.linkRefused);
      else setFailed(otherwise ?? t.refused);
    } finally {
      setBusy(false);
    }
  };
  return { busy, failed, attempt };
}

function useProviders(tenant: string): readonly Provider[] {
  const slug = useSettled(tenant.trim(), 400);
  const [providers, setProviders] = useState<readonly Provider[]>([]);
  useEffect(() => {
    let current = true;
    setProviders([]);
    if (slug.length > 2) {
      providersOf(slug).then((found) => current && setProviders(found), () => null);
    }
    return () => {
      current = false;
    };
  }, [slug]);
  return providers;
}
