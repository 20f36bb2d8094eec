/** What went wrong, and what to do about it. */
import type { CombinedError } from "@urql/core";
import { useProblemText } from "../app/requests";
import type { Failure } from "../graphql/command";
import { useDetail } from "../refusals/details";
import { useRefusals } from "../refusals/refusals";
import { Button } from "./Button";
import { useMessages } from "./messages";
import { Notice } from "./parts";

/** A question that was not answered. */
export function QueryFailed({ error, onAgain }: { readonly error: CombinedError; readonly onAgain?: () => void }) {
  const t = useMessages();
  // The sign-in dialog stands over the page and says it all; after it the question is asked again by itself.
  if ((error.response as Response | undefined)?.status === 401) return null;
  // Asking again would not help.
  const outdated = error.graphQLErrors.some(({ extensions }) => extensions.code === "PERSISTED_QUERY_NOT_FOUND");
  const forbidden = error.graphQLErrors.some(({ extensions }) => extensions.code === "FORBIDDEN");
  return (
    <Notice tone={forbidden ? "info" : "bad"}>
      <div className="cluster apart">
        <span>{outdated ? t.outdated : forbidden ? t.forbidden : error.networkError ? t.unreachable : t.broken}</span>
        {outdated && (
          <Button small onPress={() => location.reload()}>
            {t.reload}
          </Button>
        )}
        {onAgain && !forbidden && !outdated && (
          <Button small onPress={onAgain}>
            {t.again}
          </Button>
        )}
      </div>
    </Notice>
  );
}

/** A command that did not succeed; nothing for one that did. */
export function CommandFailed({ outcome }: { readonly outcome: Failure | { readonly kind: "done" } | null }) {
  const t = useMessages();
  const text = useFailureText();
  const detail = useDetail();
  if (outcome === null || outcome.kind === "done") return null;
  return (
    <Notice tone={outcome.kind === "lost" ? "warn" : "bad"}>
      {text(outcome)}
      {outcome.kind === "refused" && outcome.refusal.message && detail(outcome.refusal) === null && (
        <details className="small soft">
          <summary>{t.serverSaid}</summary>
          <p lang="en">{outcome.refusal.message}</p>
        </details>
      )}
    </Notice>
  );
}

/** The same in one line, for lists of failures. */
export function useFailureText(): (outcome: Failure) => string {
  const t = useMessages();
  const refusals = useRefusals();
  const detail = useDetail();
  return (outcome) => {
    switch (outcome.kind) {
      case "refused":
        // “A value is not possible” is only said where nothing better is known.
        if (outcome.refusal.code === "INVALID_VALUE") return detail(outcome.refusal) ?? refusals.INVALID_VALUE;
        return refusals[outcome.refusal.code] ?? outcome.refusal.message;
      case "malformed":
        return `${t.malformed} ${outcome.messages.join(" ")}`;
      case "outdated":
        return t.outdated;
      case "lost":
        return t.lost;
    }
  };
}

/** A REST request that failed. */
export function RequestFailed({ error }: { readonly error: unknown }) {
  const text = useProblemText();
  if (error === null || error === undefined) return null;
  return <Notice tone="bad">{text(error)}</Notice>;
}
