/** The page of a template that is being typed. The last one stays until the next is there; what is stale is not shown. */
import { useEffect, useState } from "react";
import { postForFile, Problem } from "../../app/rest";
import { useSettled } from "../../ui/useSettled";

// Long enough for a word to be typed, short enough to be called "at once".
const REST_MS = 400;
const AGAIN_MS = 2_000;

export interface TemplatePreview {
  readonly address: string | null;
  readonly pages: number;
  readonly page: number;
  readonly busy: boolean;
  /** Why there is no newer picture; the old one stays. */
  readonly problem: Problem | "unreachable" | null;
}

const NOTHING: TemplatePreview = { address: null, pages: 1, page: 1, busy: true, problem: null };

export function useTemplatePreview(url: string, body: unknown, page: number, dots: number): TemplatePreview {
  const [state, setState] = useState(NOTHING);
  const [attempt, setAttempt] = useState(0);
  const typed = useSettled(JSON.stringify(body), REST_MS);
  useEffect(() => {
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    setState((was) => ({ ...was, busy: true }));
    postForFile(`${url}&format=png&page=${page}&dots=${dots}`, JSON.parse(typed), "image/png, application/problem+json").then(
      ({ blob, headers }) => {
        if (!wanted) return;
        const count = (name: string) => Number(headers.get(name) ?? 1);
        setState({ address: URL.createObjectURL(blob), pages: count("preview-pages"), page: count("preview-page"), busy: false, problem: null });
      },
      (error: unknown) => {
        if (!wanted) return;
        const problem = error instanceof Problem ? error : "unreachable";
        setState((was) => ({ ...was, busy: false, problem }));
        // The server is busy, and says when to come back.
        if (problem !== "unreachable" && problem.retryAfter !== null) {
          timer = setTimeout(() => setAttempt((was) => was + 1), Math.max(AGAIN_MS, problem.retryAfter * 1_000));
        }
      },
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [url, typed, page, dots, attempt]);
  // The picture before is let go when another has taken its place.
  useEffect(() => {
    const { address } = state;
    return () => {
      if (address) URL.revokeObjectURL(address);
    };
  }, [state.address]);
  return state;
}
