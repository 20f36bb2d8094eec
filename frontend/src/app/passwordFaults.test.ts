import { renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { speak } from "../language/language";
import { usePasswordFault } from "./passwordFaults";

const said = (detail: string) => renderHook(() => usePasswordFault()).result.current(detail);

describe("why a password is refused", () => {
  it("is said in the language of the app", () => {
    speak("sv");
    expect(said("a password has at least 12 characters")).toMatch(/minst 12/);
    expect(said("this password is known from breaches: choose another")).toMatch(/dataläckor/);
    expect(said("this password says little more than a name or an address: choose other words")).toMatch(/ett namn eller en adress/);
    expect(said("this password is too easy to guess: make it longer, or less like a name, a date or a pattern")).toMatch(/lätt att gissa/);
  });

  it("is said as the server says it, when it is new", () => expect(said("no emoji, please")).toBe("no emoji, please"));
});
