/** A run in one line: how far it is, or how it ended. */
import { CircleCheck, CircleSlash, RefreshCw } from "lucide-react";
import { Link } from "react-router";
import type { RunState } from "../graphql/generated/graphql";
import { graphql, readFragment, type FragmentType } from "../graphql/generated";
import { Amount, Progress, Status, type Tone } from "../ui/parts";
import { useMessages } from "./messages";

const RUN = graphql(`
  fragment RunProgress_run on Run {
    id
    kind
    season
    state
    issuerName
    members
    issued
    refused
    total {
      amountMinor
      currency
    }
  }
`);

const LOOKS: Record<RunState, { tone: Tone; icon: typeof RefreshCw }> = {
  RUNNING: { tone: "info", icon: RefreshCw },
  COMPLETED: { tone: "good", icon: CircleCheck },
  STOPPED: { tone: "warn", icon: CircleSlash },
};

export function RunStateBadge({ state }: { readonly state: RunState }) {
  const t = useMessages();
  const { tone, icon } = LOOKS[state];
  return (
    <Status tone={tone} icon={icon}>
      {t.state[state]}
    </Status>
  );
}

export function RunProgress({ run: ref }: { readonly run: FragmentType<typeof RUN> }) {
  const t = useMessages();
  const run = readFragment(RUN, ref);
  return (
    <div className="stack tight">
      <div className="cluster apart">
        <Link to={`/renewals/${run.id}`}>
          {t.kind[run.kind]} {run.season}
        </Link>
        <RunStateBadge state={run.state} />
      </div>
      <p className="small soft">{run.issuerName}</p>
      {run.state === "RUNNING" ? (
        <Progress label={t.progress} done={run.issued + run.refused} of={run.members} />
      ) : (
        <p className="small cluster apart">
          <span>{t.came(run.issued, run.refused)}</span>
          <Amount of={run.total} />
        </p>
      )}
    </div>
  );
}
