import { expect, it } from "vitest";
import { addressOf, nameIn } from "./exporting";

it("asks for what the list shows, and leaves out what is not filtered", () => {
  expect(addressOf("/api/v1/debts/export", { as_of: "2026-11-20", issuer_id: "", only_overdue: true, season: null }, "xlsx", "sv")).toBe(
    "/api/v1/debts/export?format=xlsx&language=sv&as_of=2026-11-20&only_overdue=true",
  );
});

it("says nothing of a filter that is off", () => {
  expect(addressOf("/x", { only_overdue: false }, "csv", "en")).toBe("/x?format=csv&language=en");
});

it("names things by the ids of REST", () => {
  const opaque = btoa("Issuer:01997b1e-0000-7000-8000-000000000001").replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  expect(addressOf("/x", { issuer_id: opaque }, "csv", "en")).toContain("issuer_id=01997b1e-0000-7000-8000-000000000001");
});

it("names the file as the server does", () => {
  expect(nameIn("attachment; filename=\"svenska-boule_invoices_all.csv\"; filename*=UTF-8''x")).toBe("svenska-boule_invoices_all.csv");
  expect(nameIn("")).toBe("carreau");
});
