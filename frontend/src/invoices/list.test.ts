import { expect, it } from "vitest";
import { filterOf, listAddress } from "./list";

it("an address of the list is read as the filters it was made of", () => {
  const address = listAddress({ status: ["SENT", "OVERDUE"], issuer: "i 1", paid: "1", currency: "", season: null, dueTo: "2026-11-20" });
  expect(address).toBe("/invoices?status=SENT&status=OVERDUE&issuer=i+1&paid=1&dueTo=2026-11-20");
  expect(filterOf(new URL(address, "http://x").searchParams, "")).toEqual({
    search: "", status: ["SENT", "OVERDUE"], issuerId: "i 1", somethingPaid: true, dueTo: "2026-11-20",
  }); // prettier-ignore
});

it("what nobody can ask for is left out", () => {
  expect(filterOf(new URLSearchParams("status=NONSENSE&paid=yes&x=1"), "a")).toEqual({ search: "a" });
});
