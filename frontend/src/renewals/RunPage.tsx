/** One run: how far it is, live, and what became of each debtor. */
import { CircleSlash, FileX2, Users } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Link, useParams } from "react-router";
import { useQuery, useSubscription } from "urql";
import { useMay } from "../app/session";
import { useActorName } from "../app/useActorName";
import { useCommand } from "../graphql/command";
import { graphql, readFragment } from "../graphql/generated";
import type { OutcomeKind, RunOutcomesQuery } from "../graphql/generated/graphql";
import { useIdempotencyKey } from "../graphql/idempotency";
import { pageOf, refreshLists, useKeyset } from "../graphql/keyset";
import { Ask } from "../ui/Ask";
import { useDebtorNames } from "../debtors/useDebtorNames";
import { useZone } from "../app/time";
import { useRefusals } from "../refusals/refusals";
import { Button, LinkButton } from "../ui/Button";
import { type Column, DataGrid } from "../ui/DataGrid";
import { CommandFailed, QueryFailed } from "../ui/failures";
import { TextField } from "../ui/fields";
import { Amount, Card, Empty, InstantText, Page, PageHeader, Progress, SkeletonLines } from "../ui/parts";
import { Tabs } from "../ui/Tabs";
import { useMessages } from "./messages";
import { RunStateBadge } from "./RunProgress";

const FIELDS = graphql(`
  fragment RunPage_run on Run {
    id
    kind
    season
    state
    issuerId
    issuerName
    members
    issued
    refused
    startedAt
    startedBy {
      kind
      id
      name
    }
    stopReason
    total {
      amountMinor
      currency
    }
  }
`);

const RUN = graphql(`
  query RunPage($id: ID!) {
    run(id: $id) {
      ...RunPage_run
    }
  }
`);

const LIVE = graphql(`
  subscription RunLive($id: ID!) {
    runProgress(runId: $id) {
      ...RunPage_run
    }
  }
`);

const OUTCOMES = graphql(`
  query RunOutcomes($id: ID!, $outcome: OutcomeKind, $first: Int!, $after: String) {
    runOutcomes(runId: $id, outcome: $outcome, first: $first, after: $after) {
      edges {
        node {
          debtorId
          outcome
          invoiceId
          number
          code
          message
          total {
            amountMinor
            currency
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const STOP = graphql(`
  mutation StopRun($input: StopRunInput!) {
    stopRun(input: $input) {
      ... on StopRunSuccess {
        run {
          ...RunPage_run
        }
      }
      ...Refusal @unmask
    }
  }
`);

export function Component() {
  const t = useMessages();
  const { id = "" } = useParams();
  const [{ data, error, fetching }, again] = useQuery({ query: RUN, variables: { id }, requestPolicy: "cache-and-network" });
  const asked = readFragment(FIELDS, data?.run);
  const [{ data: live }] = useSubscription({ query: LIVE, variables: { id }, pause: !asked || asked.state !== "RUNNING" });
  const run = readFragment(FIELDS, live?.runProgress) ?? asked;
  const zone = useZone(run?.issuerId);
  const nameOf = useActorName();
  const starts = useMay("runs.start");
  const [stopping, setStopping] = useState(false);
  const done = run ? run.issued + run.refused : 0;
  useEffect(() => {
    if (live) refreshLists();
  }, [live, done]);
  if (!run) {
    return (
      <Page>
        {error && <QueryFailed error={error} onAgain={() => again({ requestPolicy: "network-only" })} />}
        {fetching ? <SkeletonLines lines={6} /> : !error && <Empty icon={FileX2} title={t.notFound} alone />}
      </Page>
    );
  }
  return (
    <Page>
      <PageHeader
        title={`${t.kind[run.kind]} ${run.season}`}
        lead={
          <span className="cluster">
            <RunStateBadge state={run.state} /> {run.issuerName}
            <span>
              {t.startedAt} <InstantText at={run.startedAt} zone={zone} /> · {nameOf(run.startedBy)}
            </span>
          </span>
        }
      >
        <LinkButton to={`/invoices?run=${encodeURIComponent(run.id)}`}>{t.seeInvoices}</LinkButton>
        {run.state === "RUNNING" && starts && (
          <Button kind="danger" onPress={() => setStopping(true)}>
            <CircleSlash aria-hidden /> {t.stop}
          </Button>
        )}
      </PageHeader>
      <Card>
        <div className="stack" aria-live="polite">
          <Progress label={run.state === "RUNNING" ? `${t.progress} · ${t.live}` : t.progress} done={done} of={run.members} />
          <dl className="figures">
            <Figure name={t.issued} value={run.issued} />
            <Figure name={t.refused} value={run.refused} />
            <Figure name={t.total} value={<Amount of={run.total} />} />
          </dl>
          {run.stopReason && <p className="soft">{run.stopReason}</p>}
        </div>
      </Card>
      <section className="stack">
        <h2>{t.outcomes}</h2>
        <Tabs
          label={t.outcomes}
          tabs={[
            { id: "all", title: t.all, content: () => <Outcomes id={id} outcome={null} /> },
            { id: "refused", title: `${t.refused} (${run.refused})`, content: () => <Outcomes id={id} outcome="REFUSED" /> },
            { id: "issued", title: `${t.issued} (${run.issued})`, content: () => <Outcomes id={id} outcome="ISSUED" /> },
          ]}
        />
      </section>
      {stopping && <StopDialog id={id} onClose={() => setStopping(false)} />}
    </Page>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: React.ReactNode }) {
  return (
    <div className="stat">
      <dt>{name}</dt>
      <dd className="numeric">{value}</dd>
    </div>
  );
}

type Outcome = NonNullable<RunOutcomesQuery["runOutcomes"]>["edges"][number]["node"];

function Outcomes({ id, outcome }: { readonly id: string; readonly outcome: OutcomeKind | null }) {
  const t = useMessages();
  const refusals = useRefusals();
  const list = useKeyset(OUTCOMES, { id, outcome, first: 60 }, (data) => pageOf(data.runOutcomes));
  const names = useDebtorNames(list.rows.map((row) => row.debtorId));
  const columns = useMemo<readonly Column<Outcome>[]>(
    () => [
      { id: "debtor", header: t.debtor, cell: (row) => <Link to={`/debtors/${row.debtorId}`}>{names.get(row.debtorId) ?? "…"}</Link> },
      { id: "outcome", header: t.why, cell: (row) => (row.code ? <span title={row.message}>{refusals[row.code]}</span> : t.outcome[row.outcome]) },
      { id: "invoice", header: t.invoice, wideOnly: true, cell: (row) => row.invoiceId && <Link to={`/invoices/${row.invoiceId}`}>{row.number}</Link> },
      { id: "total", header: t.total, end: true, wideOnly: true, cell: (row) => row.invoiceId && <Amount of={row.total} /> },
    ],
    [t, refusals, names],
  );
  return (
    <>
      {list.error && <QueryFailed error={list.error} onAgain={list.again} />}
      <Card flush>
        <DataGrid
          label={t.outcomes} columns={columns} rows={list.rows} rowId={(row) => row.debtorId} loading={list.loading} failed={list.error !== null} hasMore={list.hasMore} onMore={list.more}
          empty={<Empty icon={Users} title={t.noOutcomes} />}
        />
      </Card>
    </>
  );
}

function StopDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useMessages();
  const [reason, setReason] = useState("");
  const { key, renew } = useIdempotencyKey(`stop ${id}`);
  const command = useCommand(STOP);
  const submit = async () => {
    const outcome = await command.run({ runId: id, reason, idempotencyKey: key });
    if (outcome.kind !== "lost") renew();
    if (outcome.kind === "done") onClose();
  };
  return (
    <Ask title={t.stop} button={t.stop} danger busy={command.busy} onClose={onClose} onSubmit={submit}>
      <p>{t.stopText}</p>
      <TextField label={t.reason} value={reason} onChange={setReason} required autoFocus />
      <CommandFailed outcome={command.outcome} />
    </Ask>
  );
}
