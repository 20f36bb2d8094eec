/**
 * The member numbers of the good rows of a list. What is good was decided by the server, which also said how the file
 * is written; here its first matching column is only read back.
 */
export interface Checked {
  readonly encoding: string;
  readonly delimiter: string;
  readonly problems: readonly { readonly row: number }[];
}

const NUMBER = /^(member|medlem|adherent|licence|membre|n[°o]?(de)?membre).*(no|nr|num|id|ummer|number|ber|bre)$/;

export async function memberNumbers(file: Blob, checked: Checked): Promise<readonly string[]> {
  const text = new TextDecoder(label(checked.encoding)).decode(await file.arrayBuffer()).replace(/^\ufeff/, "");
  const [header = [], ...rows] = records(text.replace(/^sep=.\r?\n/i, ""), checked.delimiter);
  const named = header.map((cell) => cell.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase());
  const at = Math.max(0, named.findIndex((cell) => NUMBER.test(cell)));
  const bad = new Set(checked.problems.map((each) => each.row));
  return rows.flatMap((row, index) => {
    const number = row[at]?.trim() ?? "";
    return number === "" || bad.has(index + 2) ? [] : [number];
  });
}

/** RFC 4180, with any delimiter. */
export function records(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let inside = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (inside) {
      if (sign !== '"') cell += sign;
      else if (text.charAt(at + 1) === '"') {
        cell += sign;
        at += 1;
      } else inside = false;
    } else if (sign === '"' && cell === "") inside = true;
    else if (sign === delimiter) {
      row.push(cell);
      cell = "";
    } else if (sign === "\n") {
      row.push(cell.replace(/\r$/, ""));
      rows.push(row);
      row = [];
      cell = "";
    } else cell += sign;
  }
  if (cell !== "" || row.length > 0) rows.push([...row, cell]);
  return rows;
}

/** Python's name of an encoding as browsers know it. */
function label(encoding: string): string {
  const known: Readonly<Record<string, string>> = { cp1252: "windows-1252", "utf-8-sig": "utf-8", "latin-1": "windows-1252" };
  return known[encoding] ?? encoding;
}
