import { describe, expect, it } from "vitest";
import { daysBetween, formatDate, formatInstant, formatTime, monthsBefore, todayIn } from "./dates";

describe("dates", () => {
  it("is the issuer's day, half an hour before midnight and after", () => {
    expect(todayIn("Europe/Stockholm", new Date("2026-11-20T22:30:00Z"))).toBe("2026-11-20");
    expect(todayIn("Europe/Stockholm", new Date("2026-11-20T23:30:00Z"))).toBe("2026-11-21");
    expect(todayIn("Pacific/Noumea", new Date("2026-11-20T13:30:00Z"))).toBe("2026-11-21");
  });

  it("never moves a date", () => {
    expect(formatDate("2026-03-29", "sv")).toBe("2026-03-29");
    expect(formatDate("2026-03-29", "fr")).toBe("29/03/2026");
    expect(formatDate("2026-03-29", "en")).toBe("29/03/2026");
  });

  it("shows instants on the issuer's clock", () => {
    expect(formatInstant("2026-07-01T22:30:00Z", "sv", "Europe/Stockholm")).toBe("2026-07-02 00:30");
  });

  it("counts months and days", () => {
    expect(monthsBefore("2026-01-31", 11)).toBe("2025-02-01");
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(daysBetween("2026-03-30", "2026-03-28")).toBe(-2);
  });
});

it("tells the hour of the issuer's wall", () => {
  expect(formatTime("2026-11-21T03:27:10Z", "sv", "Europe/Stockholm")).toBe("04:27");
  expect(formatTime("2026-11-21T03:27:10Z", "fr", "Europe/Paris")).toBe("04:27");
});
