import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { useIdempotencyKey } from "./idempotency";

beforeEach(() => sessionStorage.clear());

it("survives a reload, and is another one after success", () => {
  const first = renderHook(() => useIdempotencyKey("draft new"));
  const { key } = first.result.current;
  first.unmount();
  const reloaded = renderHook(() => useIdempotencyKey("draft new"));
  expect(reloaded.result.current.key).toBe(key);
  act(() => reloaded.result.current.renew());
  expect(reloaded.result.current.key).not.toBe(key);
  expect(renderHook(() => useIdempotencyKey("draft new")).result.current.key).toBe(reloaded.result.current.key);
});

it("keeps the key alone in the browser", () => {
  renderHook(() => useIdempotencyKey("pay 1"));
  expect(Object.entries(sessionStorage)).toEqual([["carreau.key.pay 1", expect.stringMatching(/^[0-9a-f-]{36}$/)]]);
});
