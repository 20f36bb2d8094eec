import { describe, expect, it } from "vitest";
import { contentOf, EMPTY, EMPTY_LINE, placeOf } from "./draft";

describe("a draft's form", () => {
  it("is sent as plain decimals, whatever mark was typed", () => {
    const { content, faults } = contentOf({ ...EMPTY, lines: [{ ...EMPTY_LINE, description: " Licens ", quantity: "2,5", unitPrice: "1 250,00" }] });
    expect(faults).toEqual({});
    expect(content.lines).toEqual([
      { description: "Licens", quantity: "2.5", unitPrice: "1250.00", discountPercent: "0", taxCategory: "", component: "", recipient: "" },
    ]);
  });

  it("names the place of a wrong number and leaves empty lines out", () => {
    const { content, faults } = contentOf({ ...EMPTY, termsDays: "x", lines: [EMPTY_LINE, { ...EMPTY_LINE, description: "A", unitPrice: "1o" }] });
    expect(content.lines).toHaveLength(1);
    expect(faults).toEqual({ "lines.1.unitPrice": "amount", termsDays: "number" });
  });

  it("finds the field that the server means, past lines that were left out", () => {
    const { kept } = contentOf({ ...EMPTY, lines: [EMPTY_LINE, { ...EMPTY_LINE, description: "A", unitPrice: "1" }] });
    expect(placeOf(["input", "content", "lines", "0", "taxCategory"], kept)).toBe("lines.1.taxCategory");
    expect(placeOf(["content", "season"], kept)).toBe("season");
    expect(placeOf(["lines"], kept)).toBe("lines");
  });
});
