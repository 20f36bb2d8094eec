import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { speak } from "../language/language";
import { end, signedIn } from "./session";
import { SignInForm } from "./SignIn";

const SESSION = { csrf_token: "c", user: { id: "u", name: "Annika", email: "a@b.example", language: "sv" }, tenant: { id: "t", slug: "s", name: "S", kind: "national", time_zone: "Europe/Stockholm" }, roles: [], capabilities: [], second_factors: { totp: true, passkeys: 0, recovery_codes: 0 }, has_password: true, fresh_until: "" };

function server(replies: Readonly<Record<string, { status?: number; body: unknown; headers?: Record<string, string> }>>) {
  vi.stubGlobal(
    "fetch",
    vi.fn((path: string) => {
      const reply = replies[path] ?? { status: 200, body: { providers: [] } };
      return Promise.resolve(new Response(JSON.stringify(reply.body), { status: reply.status ?? 200, headers: { "content-type": "application/json", ...reply.headers } }));
    }),
  );
}

async function fill() {
  await userEvent.clear(screen.getByLabelText("Federation"));
  await userEvent.type(screen.getByLabelText("Federation"), "s");
  await userEvent.type(screen.getByLabelText("E-mail"), "a@b.example");
  await userEvent.type(screen.getByLabelText("Password"), "long enough words");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
}

beforeEach(() => {
  speak("en");
  end();
});
afterEach(() => vi.unstubAllGlobals());

describe("signing in", () => {
  it("asks for the code when there is a second factor, then is in", async () => {
    server({
      "/auth/sign-in": { body: { status: "second_factor", challenge: "x", methods: ["totp", "recovery_code"] } },
      "/auth/sign-in/totp": { body: { status: "signed_in", session: SESSION } },
    });
    render(<SignInForm />);
    await fill();
    await userEvent.type(await screen.findByLabelText("Code from your authenticator app"), "123456");
    await userEvent.click(screen.getByRole("button", { name: "Continue" }));
    expect(signedIn()).toMatchObject({ state: "signed-in", session: { csrf_token: "c" } });
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toMatch(/example|Annika|"c"/);
  });

  it("does not say which part was wrong", async () => {
    server({ "/auth/sign-in": { status: 401, body: { code: "SIGN_IN_REFUSED", detail: "…" } } });
    render(<SignInForm />);
    await fill();
    expect((await screen.findByRole("alert")).textContent).toMatch(/did not match/);
  });

  it("does not call a lost connection a wrong password", async () => {
    vi.stubGlobal("fetch", vi.fn(() => Promise.reject(new TypeError("no network"))));
    render(<SignInForm />);
    await fill();
    expect((await screen.findByRole("alert")).textContent).toMatch(/cannot be reached/);
  });

  it("asks for federation and address when the password is forgotten, and tells nobody who exists", async () => {
    server({ "/auth/password/reset": { status: 202, body: {} } });
    render(<SignInForm />);
    await userEvent.click(screen.getByRole("button", { name: "Forgotten the password?" }));
    await userEvent.clear(screen.getByLabelText("Federation"));
    await userEvent.type(screen.getByLabelText("Federation"), "s");
    await userEvent.type(screen.getByLabelText("E-mail"), "a@b.example");
    await userEvent.click(screen.getByRole("button", { name: "Send the link" }));
    expect(await screen.findByText(/If somebody with this address exists/)).toBeTruthy();
  });

  it("says how long to wait", async () => {
    server({ "/auth/sign-in": { status: 429, body: { code: "TOO_MANY_ATTEMPTS" }, headers: { "retry-after": "42" } } });
    render(<SignInForm />);
    await fill();
    expect((await screen.findByRole("alert")).textContent).toMatch(/42/);
  });
});
