import { render, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { speak } from "../language/language";
import { InvoiceStatusBadge } from "./InvoiceStatusBadge";

beforeEach(() => speak("sv"));

it("never calls an invoice overdue before the server does: it is due soon", () => {
  render(<InvoiceStatusBadge status="SENT" dueOn="2026-11-21" today="2026-11-21" />);
  expect(screen.getByText("Förfaller snart")).toBeTruthy();
});

it.each([
  ["SENT", "2026-12-21", "Skickad"],
  ["SENT", "2026-11-20", "Skickad"],
  ["PAID", "2026-11-22", "Betald"],
  ["OVERDUE", "2026-11-01", "Förfallen"],
] as const)("%s due %s reads %s", (status, dueOn, word) => {
  render(<InvoiceStatusBadge status={status} dueOn={dueOn} today="2026-11-21" />);
  expect(screen.getByText(word)).toBeTruthy();
});
