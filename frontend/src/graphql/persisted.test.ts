import { Client, fetchExchange } from "@urql/core";
import { formatDocument, gql } from "@urql/core";
import { print, stripIgnoredCharacters } from "graphql";
import { expect, test } from "vitest";
import { digestOf, sent } from "../../codegen/documents.mjs";
import { manifestOf, matching } from "../../codegen/inline.mjs";
import { persisted, persistedExchange } from "./persisted";

const TEXT = "query Known($id:ID!){one(id:$id){name ...on Thing{parts{size}}}}";

test("the digest is that of what the cache makes of an operation", () => {
  expect(sent(TEXT)).toBe(stripIgnoredCharacters(print(formatDocument(gql(TEXT)))));
});

test.each([
  ["Known", undefined, digestOf(TEXT)],
  ["Other", "query Other", undefined],
])("%s sends its digest or its text, never both", async (name, begins, digest) => {
  persisted(TEXT, digestOf(TEXT));
  let body: { query?: string; extensions?: { persistedQuery?: { sha256Hash: string } } } = {};
  const fetch = async (_: unknown, init: RequestInit) => {
    body = JSON.parse(String(init.body));
    return new Response(JSON.stringify({ data: {} }), { headers: { "content-type": "application/json" } });
  };
  const client = new Client({ url: "/graphql", preferGetMethod: false, fetch: fetch as never, exchanges: [persistedExchange, fetchExchange] });
  await client.query(TEXT.replace("Known", name), { id: "1" }).toPromise();
  expect(body.query?.slice(0, 11)).toBe(begins);
  expect(body.extensions?.persistedQuery?.sha256Hash).toBe(digest);
});

test("the manifest holds what is in the build, and tells of what is not in the sources", () => {
  const fragment = { rawSDL: "fragment F on Thing { size }", document: gql("fragment F on Thing { size }") };
  const asked = { rawSDL: "query A { one { ...F } }", document: gql("query A { one { ...F } }") };
  const known = manifestOf([fragment, asked]);
  const [digest = ""] = Object.keys(known);
  expect(known[digest]).toBe("query A{one{...F __typename}}fragment F on Thing{size __typename}");
  expect(matching(known, [`x("…","${digest}")`, "nothing"])).toEqual({ manifest: known, unknown: [] });
  expect(matching(known, ["no digest"])).toEqual({ manifest: {}, unknown: [] });
  expect(matching(known, [`"${"0".repeat(64)}"`]).unknown).toEqual(["0".repeat(64)]);
});
