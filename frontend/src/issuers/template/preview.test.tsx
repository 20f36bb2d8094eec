import { act, cleanup, render, renderHook, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { speak } from "../../language/language";
import { LogoField } from "./LogoField";
import { type Finding, TemplateFindings } from "./TemplateFindings";
import { useTemplatePreview } from "./useTemplatePreview";

const png = () => new Response(new Blob(["picture"]), { headers: { "content-type": "image/png", "preview-page": "1", "preview-pages": "2" } });
const problem = (status: number, body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/problem+json", ...headers } });

let made = 0;
beforeEach(() => {
  speak("en");
  made = 0;
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => `blob:${++made}`, revokeObjectURL: vi.fn() }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("the preview of a template", () => {
  it("keeps the last picture while and when the next cannot be drawn, and says where the fault is", async () => {
    const answers = [png(), problem(400, { code: "INVALID_VALUE", detail: "a colour is written #rrggbb", errors: [{ detail: "…", pointer: "#/primary_colour" }] })];
    const asked = vi.fn((_path: string, _init: RequestInit) => Promise.resolve(answers.shift() ?? png()));
    vi.stubGlobal("fetch", asked);
    const { result, rerender } = renderHook(({ body }) => useTemplatePreview("/preview?issuer_id=1", body, 1, 120), { initialProps: { body: { primary_colour: "#000000" } } });
    await waitFor(() => expect(result.current).toMatchObject({ address: "blob:1", pages: 2, busy: false }));
    rerender({ body: { primary_colour: "#0" } });
    await waitFor(() => expect(result.current.problem).not.toBeNull());
    expect(result.current.address).toBe("blob:1");
    expect(result.current.problem).toMatchObject({ code: "INVALID_VALUE", errors: [{ pointer: "#/primary_colour" }] });
    rerender({ body: { primary_colour: "#111111" } });
    await waitFor(() => expect(result.current).toMatchObject({ address: "blob:2", problem: null }));
    expect(asked).toHaveBeenCalledTimes(3);
    expect(asked.mock.calls[0]?.[0]).toBe("/preview?issuer_id=1&format=png&page=1&dots=120");
  });

  it("asks once when the fingers rest, not at every letter", async () => {
    const asked = vi.fn(() => Promise.resolve(png()));
    vi.stubGlobal("fetch", asked);
    const { result, rerender } = renderHook(({ name }) => useTemplatePreview("/p?", { name }, 1, 120), { initialProps: { name: "a" } });
    for (const name of ["ab", "abc", "abcd"]) act(() => rerender({ name }));
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
    expect(result.current.problem).toBeNull();
  });
});

const FINDING: Finding = { __typename: "TemplateFinding", code: "CONTRAST_LOW", severity: "WARNING", field: "PRIMARY_COLOUR", languages: [], characters: "", actual: "3.4", limit: "4.5", suggestion: "#008900" };

describe("what the check found", () => {
  it("says what to do, and does it", async () => {
    const onColour = vi.fn();
    const onLanguage = vi.fn();
    const missing: Finding = { ...FINDING, code: "TEXT_MISSING", field: "FOOTER", languages: ["fi", "de"], actual: null, limit: null, suggestion: "en" };
    render(<TemplateFindings findings={[FINDING, missing]} onColour={onColour} onLanguage={onLanguage} />);
    expect(screen.getByText(/Footer: no text in Finnish, German. These readers get the English one/)).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Use #008900" }));
    expect(onColour).toHaveBeenCalledWith("#008900");
    await userEvent.click(screen.getByRole("button", { name: "Write it in Finnish" }));
    expect(onLanguage).toHaveBeenCalledWith("fi");
  });

  it("says so when nothing is wrong", () => {
    render(<TemplateFindings findings={[]} onColour={vi.fn()} onLanguage={vi.fn()} />);
    expect(screen.getByText(/are fine/)).toBeTruthy();
  });
});

describe("a logo that is refused", () => {
  it("is told by its code, with what the server said beneath, and the template stays as it was", async () => {
    vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(problem(422, { code: "LOGO_UNSAFE_SVG", detail: "it holds <script>" }))));
    const onChange = vi.fn();
    render(<LogoField logo="" error={null} onChange={onChange} />);
    await userEvent.upload(screen.getByLabelText("Choose a logo", { selector: "input" }), new File(["<svg/>"], "a.svg", { type: "image/svg+xml" }));
    expect(await screen.findByText(/holds more than a drawing/)).toBeTruthy();
    expect(screen.getByText("it holds <script>")).toBeTruthy();
    expect(onChange).not.toHaveBeenCalled();
  });
});
