/** Signing in, as docs/guides/identity_api.md says. */
import { getJson, Problem, sendJson } from "./rest";
import { begin, type Session } from "./session";

export interface SecondFactor {
  readonly challenge: string;
  readonly methods: readonly ("totp" | "recovery_code")[];
}

type Answer = { status: "signed_in"; session: Session } | ({ status: "second_factor" } & SecondFactor);

/** Null when signed in, otherwise the second factor that is asked. */
export async function withPassword(tenant: string, email: string, password: string): Promise<SecondFactor | null> {
  const answer = await sendJson<Answer>("POST", "/auth/sign-in", { tenant, email, password });
  if (answer.status === "second_factor") return answer;
  begin(answer.session);
  return null;
}

export async function withCode(challenge: string, method: "totp" | "recovery_code", code: string): Promise<void> {
  const path = method === "totp" ? "/auth/sign-in/totp" : "/auth/sign-in/recovery-code";
  begun(await sendJson<Answer>("POST", path, { challenge, code: code.trim() }));
}

export async function withPasskey(tenant: string): Promise<void> {
  const asked = await sendJson<{ challenge: string; public_key: PublicKeyCredentialRequestOptionsJSON }>(
    "POST", "/auth/passkey/sign-in/begin", { tenant },
  ); // prettier-ignore
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked.public_key);
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null;
  if (credential === null) throw new Problem(401, "SIGN_IN_REFUSED", "");
  begun(await sendJson<Answer>("POST", "/auth/passkey/sign-in/finish", { challenge: asked.challenge, credential: credential.toJSON() }));
}

export async function freshly(password: string, code: string): Promise<void> {
  begun(await sendJson<Answer>("POST", "/auth/fresh", code ? { password, code } : { password }));
}

export interface Provider {
  readonly id: string;
  readonly name: string;
}

export async function providersOf(tenant: string): Promise<readonly Provider[]> {
  return (await getJson<{ providers: Provider[] }>(`/auth/providers?tenant=${encodeURIComponent(tenant)}`)).providers;
}

export function begun(answer: Answer): void {
  if (answer.status === "signed_in") begin(answer.session);
}
