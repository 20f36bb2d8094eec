import { expect, it } from "vitest";
import { formatDecimal, formatPercent } from "./numbers";

it("writes percentages and rates as the reader does", () => {
  expect(formatPercent("25", "sv")).toBe("25\u00a0%");
  expect(formatPercent("5.5", "en")).toBe("5.5%");
  expect(formatDecimal("11.194", "sv")).toBe("11,194");
});
