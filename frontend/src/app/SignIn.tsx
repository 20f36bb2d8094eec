/** Signing in: password and second factor, passkey, the federation's own provider; a token where there is no identity yet. */
import { KeyRound } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { LANGUAGE_NAMES, LANGUAGES, speak, useLanguage } from "../language/language";
import { Button } from "../ui/Button";
import { TextField } from "../ui/fields";
import { Notice } from "../ui/parts";
import { AccountMenu } from "./AccountMenu";
import { useMessages as useUi } from "../ui/messages";
import { useSettled } from "../ui/useSettled";
import { useMessages } from "./messages";
import { usePasswordFault } from "./passwordFaults";
import { Problem, sendJson, Unreachable } from "./rest";
import { beginWithToken, lastFederation, type Session, useSignedIn } from "./session";
import { type Provider, providersOf, type SecondFactor, withCode, withPasskey, withPassword } from "./signing";

/** A passkey says who one is, but not in which federation. */
class Missing extends Error {}

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
        <ProviderSaid />
        {identity ? <SignInForm /> : <TokenForm />}
        {identity && (
          <details>
            <summary className="soft small">{t.withToken}</summary>
            <TokenForm />
          </details>
        )}
        <Languages />
      </main>
    </div>
  );
}

/** Also inside the dialog after a session has expired. */
export function SignInForm({ session = null }: { readonly session?: Session | null }) {
  const t = useMessages();
  const [tenant, setTenant] = useState(session?.tenant.slug ?? lastFederation());
  const [email, setEmail] = useState(session?.user.email ?? "");
  const [password, setPassword] = useState("");
  const [second, setSecond] = useState<SecondFactor | null>(null);
  const [forgetting, setForgetting] = useState(false);
  const { busy, failed, attempt } = useAttempt();
  const providers = useProviders(tenant);
  const passkey = () =>
    attempt(async () => {
      if (tenant.trim() === "") throw new Missing();
      await withPasskey(tenant.trim());
    }, t.passkeyFailed);
  if (forgetting) return <ForgottenForm tenant={tenant} email={email} onBack={() => setForgetting(false)} />;
  if (second) return <SecondForm second={second} onBack={() => setSecond(null)} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(async () => {
      const asked = await withPassword(tenant.trim(), email.trim(), password);
      setPassword("");
      setSecond(asked);
    });
  };
  return (
    <form className="stack" onSubmit={submit}>
      {failed && <Notice tone="bad">{failed}</Notice>}
      <TextField label={t.tenant} hint={t.tenantHint} value={tenant} onChange={setTenant} required name="tenant" autoComplete="organization" autoCapitalize="none" spellCheck={false} maxLength={100} />
      <TextField label={t.email} type="email" value={email} onChange={setEmail} required name="username" autoComplete="username" maxLength={254} />
      <TextField label={t.password} type="password" name="password" value={password} onChange={setPassword} required autoComplete="current-password" />
      <Button type="submit" kind="primary" isPending={busy}>
        {t.signIn}
      </Button>
      {"PublicKeyCredential" in window && (
        <Button isDisabled={busy} onPress={() => void passkey()}>
          <KeyRound aria-hidden /> {t.passkey}
        </Button>
      )}
      {providers.map((each) => (
        <a key={each.id} className="button secondary" href={`/auth/oidc/start?${new URLSearchParams({ tenant, provider: each.id, return_to: location.pathname })}`}>
          {t.withProvider(each.name)}
        </a>
      ))}
      <Button kind="quiet" small onPress={() => setForgetting(true)}>
        {t.forgotten}
      </Button>
    </form>
  );
}

/** One answer, whoever it is: nobody learns here who exists. */
function ForgottenForm({ tenant: known, email: typed, onBack }: { readonly tenant: string; readonly email: string; readonly onBack: () => void }) {
  const t = useMessages();
  const [tenant, setTenant] = useState(known);
  const [email, setEmail] = useState(typed);
  const [sent, setSent] = useState(false);
  const { busy, failed, attempt } = useAttempt();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(async () => {
      await sendJson("POST", "/auth/password/reset", { tenant: tenant.trim(), email: email.trim() });
      setSent(true);
    });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <h2>{t.forgottenTitle}</h2>
      {failed && <Notice tone="bad">{failed}</Notice>}
      {sent ? (
        <Notice tone="good">{t.forgottenSent}</Notice>
      ) : (
        <>
          <p className="soft">{t.forgottenText}</p>
          <TextField label={t.tenant} value={tenant} onChange={setTenant} required autoFocus={known === ""} autoComplete="organization" autoCapitalize="none" maxLength={100} />
          <TextField label={t.email} type="email" value={email} onChange={setEmail} required autoFocus={known !== ""} autoComplete="username" maxLength={254} />
          <Button type="submit" kind="primary" isPending={busy}>
            {t.forgottenSend}
          </Button>
        </>
      )}
      <Button kind="quiet" small onPress={onBack}>
        {t.back}
      </Button>
    </form>
  );
}

/** What the federation's own sign-in answered, when it sent somebody back without a session. */
function ProviderSaid() {
  const t = useMessages();
  const error = new URLSearchParams(location.search).get("error");
  if (error === null) return null;
  return <Notice tone="bad">{error === "PROVIDER_UNREACHABLE" ? t.providerAway : t.providerRefused}</Notice>;
}

/** Before signing in nobody knows which language one reads. */
function Languages() {
  const t = useMessages();
  const spoken = useLanguage();
  return (
    <div className="cluster" role="group" aria-label={t.language}>
      {LANGUAGES.map((each) => (
        <Button key={each} kind={each === spoken ? "secondary" : "quiet"} small aria-pressed={each === spoken} onPress={() => speak(each)}>
          <span lang={each}>{LANGUAGE_NAMES[each]}</span>
        </Button>
      ))}
    </div>
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
        key={method} label={method === "totp" ? t.code : t.recovery} value={code} onChange={setCode} required autoFocus maxLength={40}
        autoComplete="one-time-code" inputMode={method === "totp" ? "numeric" : "text"}
      />
      <Button type="submit" kind="primary" isPending={busy}>
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
      <Button type="submit" kind="primary" isPending={busy}>
        {t.signIn}
      </Button>
    </form>
  );
}

/** Runs something of signing in and says what became of it; a refusal never says which part was wrong. */
export function useAttempt() {
  const t = useMessages();
  const ui = useUi();
  const fault = usePasswordFault();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const attempt = async (work: () => Promise<void>, otherwise?: string) => {
    setBusy(true);
    setFailed(null);
    try {
      await work();
    } catch (error) {
      if (error instanceof Problem && error.code === "TOO_MANY_ATTEMPTS") setFailed(t.tooMany(error.retryAfter ?? 60));
      else if (error instanceof Problem && error.code === "PASSWORD_REFUSED") setFailed(fault(error.errors[0]?.detail ?? error.message));
      else if (error instanceof Missing) setFailed(t.federationFirst);
      // No answer is not a wrong password.
      else if (error instanceof Unreachable) setFailed(ui.unreachable);
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
