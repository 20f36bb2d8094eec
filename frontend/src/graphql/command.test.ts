import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { beginWithToken, signedIn } from "../app/session";
import { createClient } from "./client";
import { send } from "./command";
import { ISSUE } from "../invoices/commands";

const INPUT = { invoiceId: "1", idempotencyKey: "k", overrideReason: "" };

function answers(body: unknown, status = 200) {
  const reply = () => Promise.resolve(new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } }));
  vi.stubGlobal("fetch", vi.fn(reply));
}

beforeEach(() => beginWithToken("car_test"));
afterEach(() => vi.unstubAllGlobals());

describe("a command", () => {
  it("is done, with its own answer", async () => {
    answers({ data: { issueInvoice: { __typename: "IssueInvoiceSuccess", number: "F-1", invoice: null } } });
    expect(await send(createClient(), ISSUE, INPUT)).toEqual({ kind: "done", answer: { __typename: "IssueInvoiceSuccess", number: "F-1", invoice: null } });
  });

  it("is refused by the business, with a code to translate", async () => {
    answers({ data: { issueInvoice: { __typename: "Refused", code: "ALREADY_BILLED", message: "no", path: [] } } });
    expect(await send(createClient(), ISSUE, INPUT)).toMatchObject({ kind: "refused", refusal: { code: "ALREADY_BILLED" } });
  });

  it("is lost when no answer came: nobody knows whether it happened", async () => {
    vi.stubGlobal("fetch", vi.fn(() => Promise.reject(new TypeError("network"))));
    expect(await send(createClient(), ISSUE, INPUT)).toEqual({ kind: "lost" });
  });

  it("says what of it could not be read", async () => {
    answers({ data: null, errors: [{ message: "issuedOn is no date", path: ["issueInvoice"] }] });
    expect(await send(createClient(), ISSUE, INPUT)).toEqual({ kind: "malformed", messages: ["issuedOn is no date"] });
  });

  it("keeps the page when the session has expired, and asks to sign in", async () => {
    answers({ code: "UNAUTHENTICATED" }, 401);
    await send(createClient(), ISSUE, INPUT);
    expect(signedIn().state).toBe("expired");
  });
});
