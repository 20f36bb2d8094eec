/** A list as a file, made by the server: which address, and how the file comes down. */
import { getFile } from "../app/rest";
import { plainId } from "../graphql/plainId";
import { download } from "../ui/download";

export const FORMATS = ["xlsx", "pdf", "excel", "csv"] as const;
export type Format = (typeof FORMATS)[number];
export type Parameters = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What the server says of the file it made. */
export interface Manifest {
  readonly rows: number;
  readonly journal_position: number;
  readonly sha256: string;
}

/** `path` with what was asked for; empty parameters are left out, so that they mean their default,
   and ids are those of REST. */
export function addressOf(path: string, asked: Parameters, format: Format, language: string): string {
  const query = new URLSearchParams({ format, language });
  for (const [name, value] of Object.entries(asked)) {
    if (value !== null && value !== undefined && value !== "" && value !== false) query.set(name, name.endsWith("_id") ? plainId(String(value)) : String(value));
  }
  return `${path}?${query}`;
}

/** Fetch the file and hand it to the browser. `onProgress` gets the share that has arrived, 0 to 1. */
export async function save(address: string, onProgress: (share: number) => void): Promise<Manifest> {
  const { blob, headers } = await getFile(address, onProgress);
  download(nameIn(headers.get("content-disposition") ?? ""), blob, blob.type);
  return JSON.parse(headers.get("export-manifest") ?? "{}") as Manifest;
}

/** The file name of a `Content-Disposition` (RFC 6266): ours are plain. */
export function nameIn(disposition: string): string {
  return /filename="([^"]*)"/.exec(disposition)?.[1] ?? "carreau";
}
