import { describe, expect, it } from "vitest";
import { slugFrom } from "./slug";

describe("a short name", () => {
  it("keeps what can be typed anywhere", () => {
    expect(slugFrom("Norges Pétanqueforbund")).toBe("norges-petanqueforbund");
    expect(slugFrom("  Fédération (française) d’Øst & Ærø! ")).toBe("federation-francaise-d-ost-aero");
    expect(slugFrom("日本")).toBe("");
  });

  it("ends within its limit, and not in a hyphen", () => {
    expect(slugFrom(`${"a".repeat(62)} b`)).toBe("a".repeat(62));
  });
});
