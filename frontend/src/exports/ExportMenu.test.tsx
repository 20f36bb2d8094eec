import { render, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { Problem, Unreachable } from "../app/rest";
import { speak } from "../language/language";
import { ExportFailed } from "./ExportMenu";

beforeEach(() => speak("sv"));

it("says which limit was passed, in the reader's numbers", () => {
  render(<ExportFailed error={new Problem(422, "EXPORT_TOO_LARGE", "english", [], null, { limit: 100_000 })} />);
  expect(screen.getByRole("alert").textContent).toMatch(/100\s000 rader/);
});

it("never shows the server's English for people", () => {
  render(<ExportFailed error={new Problem(500, "", "something in English")} />);
  expect(screen.getByRole("alert").textContent).not.toContain("English");
});

it("tells a lost connection from a refusal", () => {
  render(<ExportFailed error={new Unreachable("gone")} />);
  expect(screen.getByRole("alert").textContent).toContain("kan inte nås");
});
