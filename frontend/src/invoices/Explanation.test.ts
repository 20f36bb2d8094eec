import { expect, it } from "vitest";
import { shown } from "./Explanation";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

it.each([
  ["unit_price", "1250.00", "1 250,00"],
  ["quantity", "1.5", "1,5"],
  ["percent", "25", "25 %"],
  ["exact_minor", "125000", "1 250,00 kr"],
  ["exact_minor", "12500.25", "125,0025 kr"],
  ["category_code", "S", "momspliktig"],
  ["category_code", "XX", "XX"],
  ["rate_code", "SE-25", "SE-25"],
])("%s %s reads %s", (name, value, read) => {
  expect(plain(shown(name, value, "SEK", "sv", { code_S: "momspliktig" }))).toBe(read);
});
