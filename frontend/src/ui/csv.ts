/** CSV as spreadsheets of this language open it: UTF-8 with a mark, semicolons, decimal comma. */
import type { Language } from "../language/language";

export type Cell = string | { readonly decimal: string };

export function csv(rows: readonly (readonly Cell[])[], spoken: Language): string {
  const separator = spoken === "en" ? "," : ";";
  const written = rows.map((row) => row.map((cell) => quoted(text(cell, spoken), separator)).join(separator));
  return `\ufeff${written.join("\r\n")}\r\n`;
}

export function download(name: string, content: BlobPart, mediaType: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: mediaType }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function text(cell: Cell, spoken: Language): string {
  if (typeof cell !== "string") return spoken === "en" ? cell.decimal : cell.decimal.replace(".", ",");
  // A text that a spreadsheet would run as a formula is made a text again; amounts are never touched.
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string, separator: string): string {
  return cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
