import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { speak } from "../language/language";
import { OneTime } from "./OneTime";

beforeEach(() => speak("en"));

function shown(onClose = vi.fn()) {
  render(<OneTime title="Recovery codes" text={"ab12c-d3ef4\ngh56i-j7kl8"} file={{ name: "codes.txt", text: "", mediaType: "text/plain" }} onClose={onClose} />);
  return onClose;
}

describe("what is shown once", () => {
  it("does not go away by accident", async () => {
    const onClose = shown();
    await userEvent.keyboard("{Escape}");
    expect(onClose).not.toHaveBeenCalled();
    expect(screen.queryByRole("button", { name: "Close" })).toBeNull();
    expect(screen.getByRole("button", { name: "Done" }).hasAttribute("disabled")).toBe(true);
  });

  it("goes when it is kept", async () => {
    const onClose = shown();
    await userEvent.click(screen.getByRole("checkbox", { name: /kept it/ }));
    await userEvent.click(screen.getByRole("button", { name: "Done" }));
    expect(onClose).toHaveBeenCalledOnce();
  });

  it("is copied whole, and kept nowhere else", async () => {
    const user = userEvent.setup();
    shown();
    await user.click(screen.getByRole("button", { name: "Copy" }));
    expect(await navigator.clipboard.readText()).toBe("ab12c-d3ef4\ngh56i-j7kl8");
    expect(screen.getByRole("button", { name: "Copied" })).toBeTruthy();
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toMatch(/ab12c/);
  });
});
