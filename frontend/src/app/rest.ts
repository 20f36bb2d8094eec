/** The few things that are not GraphQL: signing in, files, member lists. Problems are RFC 9457. */
import { lost } from "./connection";
import { authorisation, expire, recall } from "./session";

export interface Fault {
  readonly detail: string;
  readonly pointer?: string;
}

/** The server said no. Decide by `code`. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly errors: readonly Fault[] = [],
    readonly retryAfter: number | null = null,
    readonly body: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }
}

/** The network said nothing. */
export class Unreachable extends Error {}

export async function getJson<T>(path: string): Promise<T> {
  return (await (await request(path, {})).json()) as T;
}

export async function sendJson<T>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<T> {
  const answer = await request(path, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return (text === "" ? {} : JSON.parse(text)) as T;
}

export async function sendFile<T>(path: string, file: Blob, mediaType: string): Promise<T> {
  const answer = await request(path, { method: "POST", headers: { "content-type": mediaType }, body: file });
  return (await answer.json()) as T;
}

/** A file made of what is sent, with what the server says about it in headers. */
export async function postForFile(path: string, body: unknown, accept: string): Promise<{ readonly blob: Blob; readonly headers: Headers }> {
  const answer = await request(path, { method: "POST", headers: { "content-type": "application/json", accept }, body: JSON.stringify(body) });
  return { blob: await answer.blob(), headers: answer.headers };
}

export async function getBlob(path: string, accept?: string): Promise<Blob> {
  return (await request(path, accept ? { headers: { accept } } : {})).blob();
}

/** A file that may be large: `onProgress` gets the share that has arrived, where the server says how much it is. */
export async function getFile(path: string, onProgress: (share: number) => void): Promise<{ blob: Blob; headers: Headers }> {
  const answer = await request(path, { headers: { accept: "*/*" } });
  const size = Number(answer.headers.get("content-length"));
  const parts: BlobPart[] = [];
  let arrived = 0;
  try {
    const reader = answer.body?.getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      parts.push(part.value);
      arrived += part.value.byteLength;
      if (size > 0) onProgress(Math.min(1, arrived / size));
    }
  } catch {
    throw new Unreachable("the connection broke off");
  }
  return { blob: new Blob(parts, { type: answer.headers.get("content-type") ?? "" }), headers: answer.headers };
}

async function request(path: string, init: RequestInit & { headers?: Record<string, string> }, again = true): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      ...init,
      headers: { accept: "application/json", ...init.headers, ...authorisation() },
      credentials: "same-origin",
    });
  } catch {
    lost();
    throw new Unreachable("the server cannot be reached");
  }
  if (answer.ok) return answer;
  const problem = await problemOf(answer);
  if (problem.code === "CSRF_REFUSED" && again) {
    await recall();
    return request(path, init, false);
  }
  if (problem.status === 401 && problem.code === "UNAUTHENTICATED") expire();
  throw problem;
}

async function problemOf(answer: Response): Promise<Problem> {
  let body: Record<string, unknown> = {};
  try {
    body = (await answer.json()) as Record<string, unknown>;
  } catch {
    // A proxy answered, perhaps; the status must do.
  }
  const code = typeof body.code === "string" ? body.code : answer.status === 401 ? "UNAUTHENTICATED" : "";
  const detail = typeof body.detail === "string" ? body.detail : answer.statusText;
  const errors = Array.isArray(body.errors) ? (body.errors as Fault[]) : [];
  const after = Number(answer.headers.get("retry-after"));
  return new Problem(answer.status, code, detail, errors, Number.isFinite(after) && after > 0 ? after : null, body);
}
