import { renderHook } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { speak } from "../language/language";
import type { Why } from "../graphql/generated/graphql";
import { useDetail } from "./details";

afterEach(() => speak("en"));

const told = (why: Why, given: Record<string, string>, ...path: string[]) =>
  renderHook(() => useDetail()).result.current({ why, params: Object.entries(given).map(([name, value]) => ({ name, value })), path });

it("says what is wrong, and with which field, in the language of the app", () => {
  speak("sv");
  expect(told("EMPTY", {}, "particulars", "name")).toBe("Namn: får inte vara tomt.");
  expect(told("TOO_LONG", { limit: "250" }, "lines", "0", "description")).toBe("Beskrivning: högst 250 tecken går.");
  speak("fr");
  expect(told("NOT_AN_IBAN", {}, "account", "iban")).toBe("L’IBAN est faux : un chiffre manque ou est erroné.");
});

it("finds the field behind the place in a list", () => {
  speak("en");
  expect(told("QUANTITY_OUT_OF_RANGE", {}, "lines", "3", "quantity")).toBe("Quantity: a quantity is not zero, and not that large.");
  expect(told("EMPTY", {}, "email", "0")).toBe("E-mail: it may not be empty.");
});

it("says nothing of what a newer server calls wrong", () => {
  expect(told("MOON_IS_FULL" as Why, {}, "name")).toBeNull();
});
