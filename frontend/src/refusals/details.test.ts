import { renderHook } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { speak } from "../language/language";
import { useDetail } from "./details";

afterEach(() => speak("en"));

const told = (message: string, ...path: string[]) => renderHook(() => useDetail()).result.current({ message, path });

it("says what is wrong, and with which field, in the language of the app", () => {
  speak("sv");
  expect(told("this may not be empty", "particulars", "name")).toBe("Namn: får inte vara tomt.");
  expect(told("this has at most 250 characters", "lines", "0", "description")).toBe("Beskrivning: högst 250 tecken går.");
  speak("fr");
  expect(told("this is not an IBAN: length or check digits are wrong", "account", "iban")).toBe("L’IBAN est faux : un chiffre manque ou est erroné.");
});

it("finds the field behind the place in a list", () => {
  speak("en");
  expect(told("a quantity is not zero, and not astronomical", "lines", "3", "quantity")).toBe("Quantity: a quantity is not zero, and not that large.");
  expect(told("this may not be empty", "email", "0")).toBe("E-mail: it may not be empty.");
});

it("leaves a sentence it does not know to whoever asks", () => {
  expect(told("the moon is full", "name")).toBeNull();
});
