import { renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { speak } from "./language";
import { useCountries, useCountryName, useLanguageName } from "./names";

it("names countries and languages in the language of the app", () => {
  speak("sv");
  expect(renderHook(() => useCountryName()).result.current("SE")).toBe("Sverige");
  speak("fr");
  expect(renderHook(() => useCountryName()).result.current("SE")).toBe("Suède");
  expect(renderHook(() => useLanguageName()).result.current("sv")).toBe("suédois");
});

it("leaves what is no code as it is", () => {
  speak("en");
  expect(renderHook(() => useCountryName()).result.current("not a code")).toBe("not a code");
  expect(renderHook(() => useLanguageName()).result.current("")).toBe("");
});

it("offers the country that is chosen already, whichever it is", () => {
  speak("en");
  const offered = renderHook(() => useCountries("AQ")).result.current;
  expect(offered.find((each) => each.value === "AQ")?.label).toBe("Antarctica");
  expect(offered.map((each) => each.label)).toEqual([...offered.map((each) => each.label)].sort(new Intl.Collator("en").compare));
});
