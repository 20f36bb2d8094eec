import { describe, expect, it } from "vitest";
import { decimalFrom, decimalOf, formatAmount, formatDecimal, formatExact, formatMoney, minorFrom, money } from "./money";

describe("money", () => {
  it("is exact beyond what a float can hold", () => {
    const large = money({ amountMinor: "90071992547409931", currency: "SEK" });
    expect(decimalOf(large)).toBe("900719925474099.31");
    expect(formatAmount(large, "en")).toBe("900,719,925,474,099.31");
  });

  it("is written as the language writes it", () => {
    expect(formatMoney({ minor: 11900n, currency: "SEK" }, "sv").replace(/\s/g, " ")).toBe("119,00 kr");
    expect(formatMoney({ minor: 109998n, currency: "EUR" }, "fr").replace(/\s/g, " ")).toBe("1 099,98 €");
    expect(formatMoney({ minor: -5n, currency: "EUR" }, "en")).toBe("-€0.05");
  });

  it("knows currencies without decimals", () => {
    expect(decimalOf({ minor: 1500n, currency: "JPY" })).toBe("1500");
    expect(minorFrom("1,500", "JPY")).toBe(1500n);
  });

  it("shows what was before rounding", () => {
    expect(formatExact("125000.25", "EUR", "en")).toBe("€1,250.0025");
    expect(formatExact("-5.00", "EUR", "en")).toBe("-€0.05");
  });

  it.each([
    ["1 234,50", 123450n],
    ["1,234.50", 123450n],
    ["1.234,5", 123450n],
    ["1'234", 123400n],
    ["12", 1200n],
    ["-3,05", -305n],
    ["0,1", 10n],
  ])("reads %s", (typed, minor) => {
    expect(minorFrom(typed, "SEK")).toBe(minor);
  });

  it.each(["", "abc", "1,2345", "1..2", "12,34,5", "1e5"])("refuses %s", (typed) => {
    expect(minorFrom(typed, "SEK")).toBeNull();
  });

  it("keeps up to six decimals of a unit price", () => {
    expect(decimalFrom("0,123456", 6)).toBe("0.123456");
    expect(decimalFrom("0,1234567", 6)).toBeNull();
  });
});

it.each([
  ["11.194", "sv", 0, "11,194"],
  ["600.00", "sv", 2, "600,00"],
  ["1250.00", "fr", 2, "1\u202f250,00"],
  ["25", "en", 0, "25"],
])("a plain decimal %s in %s", (decimal, locale, least, read) => {
  expect(formatDecimal(decimal, locale, least)).toBe(read);
});
