import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { connected, lost, NeedsNewDocument, onReturn, patiently } from "./connection";

const fetching = vi.fn<(path: string) => Promise<Response>>();
const there = () => fetching.mockResolvedValue(new Response("alive"));
const gone = () => fetching.mockRejectedValue(new TypeError("network"));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", fetching);
});
afterEach(async () => {
  there();
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("asks again by itself until the server answers, and tells whoever waits", async () => {
  gone();
  const told = vi.fn();
  const stop = onReturn(told);
  lost();
  expect(connected()).toBe(false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).not.toHaveBeenCalled();
  there();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(connected()).toBe(true);
  expect(told).toHaveBeenCalledOnce();
  stop();
});

it("does not wait for its turn when the browser says that it is online again", async () => {
  gone();
  lost();
  there();
  dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(connected()).toBe(true);
});

it("loads a page's file as soon as it can be fetched", async () => {
  gone();
  const load = vi.fn().mockRejectedValueOnce(new TypeError("Failed to fetch dynamically imported module")).mockResolvedValue("page");
  const opened = patiently(load)();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(connected()).toBe(false);
  there();
  await vi.advanceTimersByTimeAsync(30_000);
  await expect(opened).resolves.toBe("page");
  expect(load).toHaveBeenCalledTimes(2);
});

it("asks for a new document where the browser remembers that a file could not be fetched", async () => {
  gone();
  const load = vi.fn().mockRejectedValue(new TypeError("Failed to fetch dynamically imported module"));
  const opened = patiently(load)().catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(1_000);
  there();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await opened).toBeInstanceOf(NeedsNewDocument);
});

it("does not wait for a file that the server no longer has", async () => {
  there();
  const load = vi.fn().mockRejectedValue(new TypeError("Failed to fetch dynamically imported module"));
  await expect(patiently(load)()).rejects.toThrow("dynamically imported");
  expect(connected()).toBe(true);
});
