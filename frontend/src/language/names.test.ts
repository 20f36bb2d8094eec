import { expect, it } from "vitest";
import { countryName, formatDecimal, formatPercent, languageName } from "./names";

it("says codes as people say them, and leaves an unknown one alone", () => {
  expect(countryName("SE", "sv")).toBe("Sverige");
  expect(countryName("SE", "fr")).toBe("Suède");
  expect(languageName("sv", "sv")).toBe("svenska");
  expect(countryName("not a code", "en")).toBe("not a code");
});

it("writes percentages and rates as the reader does", () => {
  expect(formatPercent("25", "sv")).toBe("25\u00a0%");
  expect(formatPercent("5.5", "en")).toBe("5.5%");
  expect(formatDecimal("11.194", "sv")).toBe("11,194");
});
