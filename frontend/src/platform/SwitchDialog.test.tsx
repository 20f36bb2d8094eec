import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { speak } from "../language/language";
import { SwitchDialog } from "./SwitchDialog";

beforeEach(() => speak("en"));

function shown(tenant: string | null, enabled: boolean) {
  const turn = vi.fn(() => Promise.resolve(true));
  const onClose = vi.fn();
  render(<SwitchDialog tenant={tenant} enabled={enabled} busy={false} outcome={null} turn={turn} onClose={onClose} />);
  return { turn, onClose };
}

describe("the switch", () => {
  it("stops everything only with a reason, and says what that means", async () => {
    const { turn, onClose } = shown(null, true);
    expect(screen.getByRole("alertdialog", { name: "Stop everything now" }).textContent).toMatch(/invitations and password mails wait/);
    const reason = screen.getByLabelText("Reason");
    expect(reason.hasAttribute("required")).toBe(true);
    await userEvent.type(reason, "wrong mails");
    await userEvent.click(screen.getByRole("button", { name: "Stop" }));
    expect(turn).toHaveBeenCalledWith(false, "wrong mails");
    expect(onClose).toHaveBeenCalledOnce();
  });

  it("lets a federation go on without one, and names it", async () => {
    const { turn } = shown("Svenska Bouleförbundet", false);
    expect(screen.getByRole("dialog", { name: "Let the mails of Svenska Bouleförbundet go on" })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Let it go on" }));
    expect(turn).toHaveBeenCalledWith(true, "");
  });
});
