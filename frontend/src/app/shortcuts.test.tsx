import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, useLocation } from "react-router";
import { beforeEach, expect, it, vi } from "vitest";
import { speak } from "../language/language";
import { beginWithToken } from "./session";
import { ShortcutsHelp, useShortcuts } from "./shortcuts";

const open = vi.fn();

function App() {
  useShortcuts(open);
  return (
    <>
      <output>{useLocation().pathname}</output>
      <input aria-label="typing" />
    </>
  );
}

beforeEach(() => {
  open.mockReset();
  localStorage.clear();
  speak("en");
  beginWithToken("t");
  document.body.focus();
});

const app = () => render(<MemoryRouter><App /></MemoryRouter>);

it("opens the palette by / and Ctrl-K, the help by ?", async () => {
  app();
  await userEvent.keyboard("/");
  await userEvent.keyboard("{Control>}k{/Control}");
  await userEvent.keyboard("?");
  expect(open.mock.calls.flat()).toEqual(["palette", "palette", "help"]);
});

it("goes to a page by g and its letter", async () => {
  app();
  await userEvent.keyboard("gi");
  expect(screen.getByRole("status").textContent).toBe("/invoices");
});

it("leaves letters to who is typing, and Ctrl-K to everybody", async () => {
  app();
  await userEvent.type(screen.getByLabelText("typing"), "/?gi{Control>}k{/Control}");
  expect(open.mock.calls.flat()).toEqual(["palette"]);
  expect(screen.getByRole("status").textContent).toBe("/");
});

it("can be turned off, except what needs Ctrl", async () => {
  const help = render(<ShortcutsHelp onClose={vi.fn()} />);
  await userEvent.click(screen.getByRole("checkbox"));
  help.unmount();
  app();
  await userEvent.keyboard("/");
  await userEvent.keyboard("{Control>}k{/Control}");
  expect(open.mock.calls.flat()).toEqual(["palette"]);
});
