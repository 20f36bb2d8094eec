import { describe, expect, it } from "vitest";
import { clientExample, keyFile, tokenExample } from "./examples";

const MADE = { client_id: "abc.def", private_jwk: { kty: "OKP", crv: "Ed25519", x: "x", d: "secret", kid: "k" } };

describe("what a program is given", () => {
  it("is one file with all it needs", () => {
    expect(JSON.parse(keyFile("https://carreau.example/oauth/token", MADE))).toEqual({ ...MADE, token_url: "https://carreau.example/oauth/token" });
  });

  it("comes with examples that hold no secret", () => {
    const said = clientExample("https://carreau.example/oauth/token") + tokenExample("https://carreau.example");
    expect(said).toContain("https://carreau.example/oauth/token");
    expect(said).not.toMatch(/secret|car_/);
  });
});
