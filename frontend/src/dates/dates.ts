/** Dates are the issuer's local dates (`2026-11-20`), instants are UTC; both are shown, neither is calculated with. */

/** A date of the calendar. It has no time zone, so none may move it. */
export function formatDate(date: string, locale: string, style: "short" | "long" = "short"): string {
  const options: Intl.DateTimeFormatOptions =
    style === "long"
      ? { day: "numeric", month: "long", year: "numeric" }
      : { day: "2-digit", month: "2-digit", year: "numeric" };
  const shown = locale === "en" ? "en-GB" : locale;
  return new Intl.DateTimeFormat(shown, { ...options, timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));
}

/** `nov. 2026`: the month a period begins with. */
export function formatMonth(date: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { month: "short", year: "2-digit", timeZone: "UTC" });
  return format.format(new Date(`${date}T00:00:00Z`));
}

/** An instant as the clock on the issuer's wall shows it. */
export function formatInstant(instant: string, locale: string, timeZone: string): string {
  const shown = locale === "en" ? "en-GB" : locale;
  return new Intl.DateTimeFormat(shown, {
    day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone,
  }).format(new Date(instant)); // prettier-ignore
}

/** The hour and minute of an instant on the issuer's wall: `04:27`. */
export function formatTime(instant: string, locale: string, timeZone: string): string {
  const shown = locale === "en" ? "en-GB" : locale;
  return new Intl.DateTimeFormat(shown, { hour: "2-digit", minute: "2-digit", timeZone }).format(new Date(instant));
}

/** The date it is now at the issuer's. `now` is for tests. */
export function todayIn(timeZone: string, now: Date = new Date()): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(now);
}

/** The first day of the month, `months` before the month of `date`. */
export function monthsBefore(date: string, months: number): string {
  const first = new Date(`${date.slice(0, 7)}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() - months);
  return first.toISOString().slice(0, 10);
}

/** Whole days from one date to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
