import { beforeEach, expect, it } from "vitest";
import { speak } from "../language/language";
import { gateMessages } from "./gateMessages";
import { sentence } from "./GateTab";

const RULE = { action: "LICENCE_RENEWAL" as const, blocks: true, overdueOnly: false, graceDays: 0, minimumMinor: "0" };

beforeEach(() => speak("en"));

it("says each rule in one plain sentence", () => {
  const said = (rule: Partial<typeof RULE>) => sentence({ ...RULE, ...rule }, gateMessages(), "en");
  expect(said({})).toBe("A member with an unpaid invoice may not renew a licence.");
  expect(said({ overdueOnly: true })).toBe("A member with an unpaid invoice more than 0 days overdue may not renew a licence.");
  expect(said({ overdueOnly: true, graceDays: 1, minimumMinor: "10050" })).toBe(
    "A member with an unpaid invoice more than 1 day overdue, of 100.50 or more in sum, may not renew a licence.",
  );
  expect(said({ blocks: false })).toBe("Everybody may renew a licence, whatever they owe.");
});
