import { Client, fetchExchange } from "@urql/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LOOKS, rereadExchange } from "./reread";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A client whose server answers every command as being `lag` events behind. */
function clientOf(lag: number, asked: string[]): Client {
  const fetch = async (_: unknown, init: RequestInit) => {
    const { query } = JSON.parse(String(init.body)) as { query: string };
    asked.push(query.startsWith("mutation") ? "mutation" : "query");
    const body = query.startsWith("mutation") ? { data: { done: true }, extensions: { journal: { position: "9", lag } } } : { data: { list: asked.length } };
    return new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
  };
  const client: Client = new Client({ url: "/graphql", preferGetMethod: false, fetch: fetch as never, exchanges: [rereadExchange(() => client), fetchExchange] });
  return client;
}

test.each([[0, 0], [7, LOOKS.length]])("with %i events to come what is shown is asked %i times more", async (lag, more) => {
  const asked: string[] = [];
  const client = clientOf(lag, asked);
  const shown = client.query("{ list }", {}).subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(0);
  await client.mutation("mutation { done }", {}).toPromise();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(asked).toEqual(["query", "mutation", ...Array<string>(more).fill("query")]);
  shown.unsubscribe();
});
