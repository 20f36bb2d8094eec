import { renderHook, act } from "@testing-library/react";
import type { Client } from "urql";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { UNDO_SECONDS } from "../ui/toasts";
import { discardSoon, useGoing } from "./discarding";

const mutation = vi.fn();
const client = { mutation: (...asked: unknown[]) => ({ toPromise: () => Promise.resolve(mutation(...asked)) }) } as unknown as Client;
const answered = (answer: unknown) => mutation.mockReturnValue({ data: { discardDraft: answer } });

beforeEach(() => {
  mutation.mockReset();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const later = () => act(() => vi.advanceTimersByTimeAsync(UNDO_SECONDS * 1000));

it("leaves the draft out at once, and discards it when nobody took it back", async () => {
  answered({ __typename: "DiscardDraftSuccess", invoiceId: "a" });
  const going = renderHook(() => useGoing());
  act(() => void discardSoon(client, "a", vi.fn()));
  expect(going.result.current.has("a")).toBe(true);
  expect(mutation).not.toHaveBeenCalled();
  await later();
  expect(mutation).toHaveBeenCalledOnce();
});

it("asks nothing of the server when it was undone", async () => {
  const going = renderHook(() => useGoing());
  const undo = discardSoon(client, "b", vi.fn());
  act(undo);
  expect(going.result.current.has("b")).toBe(false);
  await later();
  expect(mutation).not.toHaveBeenCalled();
});

it("brings the draft back and says why when the server refused", async () => {
  answered({ __typename: "Refused", code: "INVOICE_NOT_DRAFT", message: "no", path: [] });
  const going = renderHook(() => useGoing());
  const failed = vi.fn();
  act(() => void discardSoon(client, "c", failed));
  await later();
  expect(going.result.current.has("c")).toBe(false);
  expect(failed).toHaveBeenCalledWith(expect.objectContaining({ kind: "refused" }));
});
