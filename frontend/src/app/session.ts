/**
 * Who is signed in. The session itself is a cookie that no script can read; what is kept here (the CSRF token, or for
 * development a bearer token) lives in memory and is gone with the page.
 */
import { useSyncExternalStore } from "react";
import type { Capability } from "./capabilities";

export interface Session {
  readonly csrf_token: string;
  readonly user: { readonly id: string; readonly name: string; readonly email: string; readonly language: string };
  readonly tenant: { readonly id: string; readonly slug: string; readonly name: string; readonly kind: string; readonly time_zone: string };
  readonly roles: readonly { readonly role: string; readonly org_node: { readonly id: string; readonly name: string; readonly kind: string } }[];
  readonly capabilities: readonly { readonly capability: string; readonly everywhere: boolean }[];
  readonly second_factors: { readonly totp: boolean; readonly passkeys: number; readonly recovery_codes: number };
  readonly has_password: boolean;
  readonly fresh_until: string;
}

/** `expired` keeps the app, and the form in it, on the screen; only a dialog asks to sign in again. */
export type SignedIn =
  | { readonly state: "unknown" }
  | { readonly state: "signed-out"; readonly identity: boolean }
  | { readonly state: "signed-in" | "expired"; readonly session: Session | null; readonly bearer: string | null };

const listeners = new Set<() => void>();
let current: SignedIn = { state: "unknown" };

export function useSignedIn(): SignedIn {
  return useSyncExternalStore(subscribe, signedIn);
}

export function signedIn(): SignedIn {
  return current;
}

/** May the user do so at least somewhere? The server decides; this only hides what would always be refused. */
export function may(capability: Capability): boolean {
  return allows(current, capability);
}

/** The same in a component, which follows when the session becomes another. */
export function useMay(capability: Capability): boolean {
  return allows(useSignedIn(), capability);
}

/** What belongs to the whole tenant needs the right in the whole tenant. */
export function useMayEverywhere(capability: Capability): boolean {
  return allows(useSignedIn(), capability, true);
}

function allows(who: SignedIn, capability: Capability, everywhere = false): boolean {
  if (who.state !== "signed-in" && who.state !== "expired") return false;
  // A token does not say what it opens; the server does.
  if (who.session === null) return true;
  return who.session.capabilities.some((each) => each.capability === capability && (each.everywhere || !everywhere));
}

export function begin(session: Session): void {
  keepFederation(session.tenant.slug);
  become({ state: "signed-in", session, bearer: null });
}

/** The person chose another language: as the server will say next time. */
export function keepLanguage(language: string): void {
  if (current.state !== "signed-in" || current.session === null) return;
  become({ ...current, session: { ...current.session, user: { ...current.session.user, language } } });
}

/** The federation lives by another wall clock from now on. */
export function keepTimeZone(time_zone: string): void {
  if (current.state !== "signed-in" || current.session === null) return;
  become({ ...current, session: { ...current.session, tenant: { ...current.session.tenant, time_zone } } });
}

export function beginWithToken(bearer: string): void {
  become({ state: "signed-in", session: null, bearer });
}

export function end(): void {
  become({ state: "signed-out", identity: current.state === "signed-out" ? current.identity : !bearer() });
}

/** The server no longer knows us. */
export function expire(): void {
  if (current.state === "signed-in") become({ ...current, state: "expired" });
}

/** The headers that every request carries. */
export function authorisation(): Record<string, string> {
  if (current.state !== "signed-in" && current.state !== "expired") return {};
  if (current.bearer !== null) return { authorization: `Bearer ${current.bearer}` };
  return current.session === null ? {} : { "x-carreau-csrf": current.session.csrf_token };
}

/** The same for a WebSocket, where a browser sends no headers. */
export function connectionParams(): Record<string, string> {
  if (current.state !== "signed-in") return {};
  if (current.bearer !== null) return { authorization: `Bearer ${current.bearer}` };
  return current.session === null ? {} : { csrf: current.session.csrf_token };
}

/** Ask the server who we are: at the start, and when it refused our CSRF token. */
export async function recall(): Promise<void> {
  const answer = await fetch("/auth/session", { headers: { accept: "application/json" } }).catch(() => null);
  const spoken = answer?.headers.get("content-type")?.includes("application/json") ?? false;
  if (answer === null || !answer.ok || !spoken) {
    // A server without identity answers 404: then only a token opens it.
    become({ state: "signed-out", identity: answer !== null && answer.status !== 404 && answer.status !== 405 });
    return;
  }
  const said = (await answer.json()) as { signed_in: boolean; session?: Session };
  if (said.signed_in && said.session) begin(said.session);
  else become({ state: "signed-out", identity: true });
}

function bearer(): boolean {
  return current.state !== "unknown" && current.state !== "signed-out" && current.bearer !== null;
}

// The federation is no secret and no person: whoever comes back need not type it again.
const FEDERATION = "carreau.federation";

export function lastFederation(): string {
  try {
    return localStorage.getItem(FEDERATION) ?? "";
  } catch {
    return "";
  }
}

function keepFederation(slug: string): void {
  try {
    localStorage.setItem(FEDERATION, slug);
  } catch {
    // Then it is typed again.
  }
}

function become(next: SignedIn): void {
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
