import { render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { beforeEach, describe, expect, it } from "vitest";
import type { Capability } from "../app/capabilities";
import { begin } from "../app/session";
import type { HomeQuery } from "../graphql/generated/graphql";
import { speak } from "../language/language";
import { Needs } from "./Needs";

const DATA = {
  deliveryCounts: [{ state: "BOUNCED", count: 2 }],
  invoiceCounts: [{ status: "DRAFT", count: 3 }, { status: "OVERDUE", count: 4 }],
  runs: { edges: [{ node: { id: "r", season: "2026", refused: 5 } }] },
} as unknown as HomeQuery; // prettier-ignore

function seenWith(...capabilities: Capability[]) {
  begin({
    csrf_token: "c", user: { id: "u", name: "U", email: "u@x.example", language: "en" }, tenant: { id: "t", slug: "t", name: "T", kind: "national", time_zone: "Europe/Stockholm" },
    roles: [], capabilities: capabilities.map((capability) => ({ capability, everywhere: true })),
    second_factors: { totp: false, passkeys: 0, recovery_codes: 0 }, has_password: true, fresh_until: "",
  }); // prettier-ignore
  render(<MemoryRouter><Needs data={DATA} issuerId={null} /></MemoryRouter>); // prettier-ignore
  return screen.queryAllByRole("link").length;
}

beforeEach(() => speak("en"));

describe("what needs you", () => {
  it("is nothing for who can only read", () => {
    expect(seenWith("invoices.read", "reports.read", "activity.read")).toBe(0);
    expect(screen.getByText("Nothing needs you right now.")).toBeTruthy();
  });

  it("is what the role can act on", () => {
    expect(seenWith("invoices.read", "invoices.issue")).toBe(1);
    expect(screen.getByText("3 drafts wait to be issued")).toBeTruthy();
  });

  it("is everything for a treasurer", () => {
    expect(seenWith("invoices.issue", "deliveries.send", "payments.register", "runs.start")).toBe(4);
  });
});
