import { describe, expect, it } from "vitest";
import { fitting } from "./logoFile";
import { designOf, formOf, languagesOf, placeOf, previewBody, type Template } from "./templateForm";

const TEMPLATE: Template = {
  __typename: "Template", id: "t", issuerId: null, name: "standard", revision: 3, isDefault: true, primaryColour: "#123a6b", secondaryColour: "#e0b040", logo: "d",
  logoMediaType: "image/png", taxCategory: "exempt_sport", termsDays: 20,
  header: [{ __typename: "LocalisedText", language: "sv", text: "Hej" }, { __typename: "LocalisedText", language: "is", text: "Halló" }], footer: [], paymentInstructions: [],
}; // prettier-ignore

describe("a template as it is typed", () => {
  it("comes back as it was when nothing was typed", () => {
    const { name, logo, taxCategory, termsDays, header } = designOf(formOf(TEMPLATE));
    expect({ name, logo, taxCategory, termsDays }).toEqual({ name: "standard", logo: "d", taxCategory: "exempt_sport", termsDays: 20 });
    expect(header).toEqual([{ language: "sv", text: "Hej" }, { language: "is", text: "Halló" }]); // prettier-ignore
  });

  it("leaves out texts that were emptied, and says nothing of days that are empty", () => {
    const form = { ...formOf(TEMPLATE), header: { sv: "  ", fr: "Bonjour" }, termsDays: "" };
    expect(designOf(form).header).toEqual([{ language: "fr", text: "Bonjour" }]);
    expect(previewBody(form, "fr")).toMatchObject({ header: { fr: "Bonjour" }, terms_days: null, language: "fr", tax_category: "exempt_sport" });
  });

  it("offers the printed languages, then those that have a text", () => {
    expect(languagesOf(formOf(TEMPLATE)).slice(0, 7)).toEqual(["sv", "fr", "en", "fi", "de", "es", "is"]);
  });

  it("finds the field a server points at, whichever door answered", () => {
    expect(placeOf("#/primary_colour")).toBe("primaryColour");
    expect(placeOf("#/payment_instructions/sv")).toBe("paymentInstructions/sv");
    expect(placeOf(["primaryColour"])).toBe("primaryColour");
    expect(placeOf(["design", "footer", "fi"])).toBe("footer/fi");
  });
});

describe("a logo before it is sent", () => {
  it("keeps its shape and never grows", () => {
    expect(fitting(4_200, 2_100)).toEqual({ width: 1_200, height: 600 });
    expect(fitting(300, 3_000)).toEqual({ width: 60, height: 600 });
    expect(fitting(80, 20)).toEqual({ width: 80, height: 20 });
  });
});
