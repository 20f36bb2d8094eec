import { type AnyVariables, cacheExchange, Client, fetchExchange, gql, type OperationResult } from "@urql/core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { remembered } from "./remembered";

const QUESTION = gql("query Q { answer }");
const fetching = vi.fn<() => Promise<Response>>();
const answering = (value: number) => fetching.mockImplementation(async () => Response.json({ data: { answer: value } }));
const gone = () => fetching.mockRejectedValue(new TypeError("network"));

function client() {
  const memory = remembered();
  const made = new Client({ url: "/graphql", preferGetMethod: false, exchanges: [memory.exchange, cacheExchange, fetchExchange] });
  memory.follow(made);
  return made;
}

beforeEach(() => vi.stubGlobal("fetch", fetching));
afterEach(() => vi.unstubAllGlobals());

it("answers from what was read before, and says that the server was not reached", async () => {
  const asking = client();
  answering(1);
  expect((await asking.query(QUESTION, {}, { requestPolicy: "cache-and-network" }).toPromise()).data).toEqual({ answer: 1 });
  gone();
  const heard: OperationResult<unknown, AnyVariables>[] = [];
  const { unsubscribe } = asking.query(QUESTION, {}, { requestPolicy: "cache-and-network" }).subscribe((result) => heard.push(result));
  await vi.waitFor(() => expect(heard.at(-1)?.error?.networkError).toBeDefined());
  expect(heard.at(-1)?.data).toEqual({ answer: 1 });
  unsubscribe();
});

it("gives no old answer to who wants none", async () => {
  const asking = client();
  answering(1);
  await asking.query(QUESTION, {}, { requestPolicy: "network-only" }).toPromise();
  gone();
  const late = await asking.query(QUESTION, {}, { requestPolicy: "network-only" }).toPromise();
  expect(late.data).toBeUndefined();
});

it("asks again by itself when the server is back", async () => {
  const asking = client();
  gone();
  const heard: OperationResult<unknown, AnyVariables>[] = [];
  const { unsubscribe } = asking.query(QUESTION, {}, { requestPolicy: "cache-and-network" }).subscribe((result) => heard.push(result));
  await vi.waitFor(() => expect(heard.at(-1)?.error).toBeDefined());
  answering(2);
  dispatchEvent(new Event("online"));
  await vi.waitFor(() => expect(heard.at(-1)?.data).toEqual({ answer: 2 }));
  unsubscribe();
});
