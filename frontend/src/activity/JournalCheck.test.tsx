import { render, screen } from "@testing-library/react";
import { type Client, Provider } from "urql";
import { beforeEach, expect, it } from "vitest";
import { speak } from "../language/language";
import { JournalCheck } from "./JournalCheck";

beforeEach(() => speak("en"));

const PIECE = { checkedTo: "10", head: "10", firstAt: "2026-11-01T10:00:00Z", lastAt: "2026-11-20T10:00:00Z", faults: [], checkpoint: null };
const SIGNED = { position: "9", signedOn: "2026-11-19", exported: "{}" };

/** Answers each question about the journal with the next piece, and writes down where it was asked to go on. */
function check(...pieces: readonly (object | null)[]) {
  const asked: string[] = [];
  const client = {
    query: (_: unknown, { after }: { after: string }) => {
      asked.push(after);
      return { toPromise: () => Promise.resolve({ data: { journalCheck: pieces[asked.length - 1] } }) };
    },
    executeQuery: () => ({ subscribe: () => undefined }),
  };
  render(
    <Provider value={client as unknown as Client}>
      <JournalCheck book="MONEY" />
    </Provider>,
  );
  return asked;
}

it("goes on where the last piece ended, and tells the whole stretch", async () => {
  const asked = check({ ...PIECE, checkedTo: "4" }, { ...PIECE, firstAt: "2026-11-10T10:00:00Z", checkpoint: SIGNED });
  expect(await screen.findByText(/10 events, unbroken from Nov 1, 2026/)).toBeTruthy();
  expect(asked).toEqual(["0", "4"]);
  expect(screen.getByText(/Last signed checkpoint: 2026-11-19/)).toBeTruthy();
});

it("says that nothing is signed yet", async () => {
  check(PIECE);
  expect(await screen.findByText(/No checkpoint has been signed yet/)).toBeTruthy();
});

it("names where the chain is broken, and does not call it unbroken", async () => {
  check({ ...PIECE, faults: [{ check: "chain", position: "6" }, { check: "chain", position: null }] });
  expect(await screen.findByText(/broken at position 6, 10\./)).toBeTruthy();
  expect(screen.queryByText(/unbroken from/)).toBeNull();
});

it("tells a foreign signature from a broken chain", async () => {
  check({ ...PIECE, faults: [{ check: "signatures", position: "9" }], checkpoint: SIGNED });
  expect(await screen.findByText(/checkpoint at position 9 is not signed with this installation/)).toBeTruthy();
  expect(screen.queryByText(/chain is broken/)).toBeNull();
});

it("checks nothing for somebody responsible for a part", async () => {
  check(null);
  expect(await screen.findByText(/Only someone responsible for the whole federation/)).toBeTruthy();
});
