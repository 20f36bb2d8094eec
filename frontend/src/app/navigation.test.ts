import { describe, expect, it } from "vitest";
import type { Capability } from "./capabilities";
import { ACTIONS, placesOf } from "./navigation";
import { begin, may, type Session } from "./session";

function as(...capabilities: Capability[]) {
  const held = capabilities.map((capability) => ({ capability, everywhere: false }));
  begin({ tenant: { slug: "s" }, capabilities: held } as unknown as Session);
}

const places = () => placesOf(may).map(({ place }) => place);
const actions = () => ACTIONS.filter(({ needs }) => may(needs)).map(({ action }) => action);

describe("the menu", () => {
  it("shows a club admin what a club admin may see, and nothing that refuses", () => {
    as("invoices.read", "debtors.read", "gate.check");
    expect(places()).toEqual(["home", "invoices", "debtors", "gate"]);
    expect(actions()).toEqual([]);
  });

  it("shows an auditor every list, and nothing to begin", () => {
    as("issuers.read", "debtors.read", "invoices.read", "gate.check", "reports.read", "activity.read");
    expect(places()).toEqual(["home", "invoices", "renewals", "debtors", "receivables", "gate", "deliveries", "activity", "settings"]);
    expect(actions()).toEqual([]);
  });

  it("shows the console to an operator of the platform only", () => {
    as("platform.operate");
    expect(places()).toEqual(["home", "platform"]);
  });

  it("lets a treasurer begin invoices and runs", () => {
    as("invoices.draft", "runs.start");
    expect(actions()).toEqual(["newInvoice", "newRun"]);
  });
});
