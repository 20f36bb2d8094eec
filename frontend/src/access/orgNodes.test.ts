import { describe, expect, it } from "vitest";
import { PLACES, rolesOf } from "./person";
import { ordered } from "./useOrgNodes";

const node = (id: string, parentId: string | null, kind: "FEDERATION" | "DISTRICT" | "CLUB") => ({ __typename: "OrgNode" as const, id, parentId, kind, name: id, code: id });

describe("the org tree", () => {
  it("reads like a table of contents, and finds a club by its district", () => {
    const rows = [node("Boule", null, "FEDERATION"), node("Skåne", "Boule", "DISTRICT"), node("Stockholm", "Boule", "DISTRICT"), node("Malmö", "Skåne", "CLUB"), node("Söder", "Stockholm", "CLUB")];
    expect(ordered(rows).map(({ depth, path }) => [depth, path])).toEqual([
      [0, "Boule"], [1, "Skåne"], [2, "Skåne › Malmö"], [1, "Stockholm"], [2, "Stockholm › Söder"],
    ]); // prettier-ignore
  });

  it("begins where one's reach begins", () => {
    expect(ordered([node("Skåne", "Boule", "DISTRICT"), node("Malmö", "Skåne", "CLUB")]).map(({ id }) => id)).toEqual(["Skåne", "Malmö"]);
  });
});

describe("roles that make sense", () => {
  it("offers an operator on the platform only", () => {
    expect(rolesOf("national")).not.toContain("platform_operator");
    expect(rolesOf("platform")).toEqual(["platform_operator", "auditor"]);
  });

  it("makes a club admin of a club", () => expect(PLACES.club_admin).toEqual(["CLUB"]));
});
