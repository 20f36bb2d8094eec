/** Every dispatch: sent, waiting, bounced; what needs a person can be sent again from here. */
import { CircleCheck, CircleHelp, CircleX, Clock, type LucideIcon, MailX, Send } from "lucide-react";
import { useMemo } from "react";
import { ToggleButton } from "react-aria-components";
import { Link, useSearchParams } from "react-router";
import { useQuery } from "urql";
import { useMay } from "../app/session";
import { useCommand } from "../graphql/command";
import { graphql } from "../graphql/generated";
import type { DeliveryListQuery, DispatchState } from "../graphql/generated/graphql";
import { newKey } from "../graphql/idempotency";
import { pageOf, useKeyset } from "../graphql/keyset";
import { DELIVER } from "../invoices/commands";
import { useZone } from "../app/time";
import { Button } from "../ui/Button";
import { type Column, DataGrid } from "../ui/DataGrid";
import { CommandFailed, QueryFailed } from "../ui/failures";
import { Card, Empty, InstantText, Notice, Page, PageHeader, Status, type Tone } from "../ui/parts";
import { toast } from "../ui/toasts";
import { useMessages } from "./messages";

const LIST = graphql(`
  query DeliveryList($states: [DispatchState!], $first: Int!, $after: String) {
    deliveries(states: $states, first: $first, after: $after) {
      edges {
        node {
          id
          invoiceId
          number
          toAddress
          state
          attemptCount
          code
          reply
          queuedAt
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const COUNTS = graphql(`
  query DeliveryCounts {
    deliveryCounts {
      state
      count
    }
  }
`);

type Row = DeliveryListQuery["deliveries"]["edges"][number]["node"];

const STATES: readonly DispatchState[] = ["QUEUED", "SENT", "DELIVERED", "BOUNCED", "UNKNOWN", "FAILED"];
const LOOKS: Record<DispatchState, { tone: Tone; icon: LucideIcon }> = {
  QUEUED: { tone: "neutral", icon: Clock },
  SENT: { tone: "info", icon: Send },
  DELIVERED: { tone: "good", icon: CircleCheck },
  BOUNCED: { tone: "bad", icon: MailX },
  UNKNOWN: { tone: "warn", icon: CircleHelp },
  FAILED: { tone: "bad", icon: CircleX },
};

/** A server that took the mail has nothing to tell a treasurer; what one that refused it says is shown word by word. */
function Answer({ row, taken }: { readonly row: Row; readonly taken: string }) {
  if (/^2\d\d /.test([row.code || "", row.reply].join(" ").trim())) return <span title={row.reply} className="soft">{taken}</span>;
  return <span title={row.reply} lang="en" className="soft">{[row.code || "", row.reply].join(" ")}</span>;
}

export function Component() {
  const t = useMessages();
  const zone = useZone();
  const sends = useMay("deliveries.send");
  const [params, setParams] = useSearchParams();
  const states = STATES.filter((state) => params.getAll("state").includes(state));
  const list = useKeyset(LIST, { states: states.length > 0 ? states : null, first: 60 }, (data) => pageOf(data.deliveries));
  const [{ data: counted }] = useQuery({ query: COUNTS, requestPolicy: "cache-and-network" });
  const command = useCommand(DELIVER);
  const { run } = command;
  const columns = useMemo<readonly Column<Row>[]>(() => {
    const again = async (row: Row) => {
      const outcome = await run({ invoiceId: row.invoiceId, toAddress: "", idempotencyKey: newKey() });
      if (outcome.kind === "done") toast(t.resent);
    };
    return [
      {
        id: "invoice", header: t.invoice,
        cell: (row) => (
          <>
            <Link to={`/invoices/${row.invoiceId}`}>{row.number}</Link>
            <div className="narrow-only small soft">{row.toAddress}</div>
          </>
        ),
      },
      {
        id: "state", header: t.stateLabel,
        cell: (row) => (
          <Status tone={LOOKS[row.state].tone} icon={LOOKS[row.state].icon}>
            {t.state[row.state]}
          </Status>
        ),
      },
      { id: "to", header: t.to, wideOnly: true, cell: (row) => row.toAddress },
      { id: "answer", header: t.answer, wideOnly: true, cell: (row) => <Answer row={row} taken={t.taken} /> },
      { id: "attempts", header: t.attempts, end: true, wideOnly: true, cell: (row) => row.attemptCount },
      { id: "queued", header: t.queued, wideOnly: true, cell: (row) => <InstantText at={row.queuedAt} zone={zone} /> },
      {
        id: "resend", header: "", wideOnly: true, end: true,
        cell: (row) =>
          row.state in t.explain && sends && (
            <Button small aria-label={`${t.resend} ${row.number}`} onPress={() => void again(row)}>
              {t.resend}
            </Button>
          ),
      },
    ];
  }, [t, zone, run, sends]); // prettier-ignore
  const toggle = (state: DispatchState) =>
    setParams({ state: states.includes(state) ? states.filter((each) => each !== state) : [...states, state] }, { replace: true });
  return (
    <Page>
      <PageHeader title={t.title} lead={t.lead} />
      <div className="chips">
        {STATES.map((state) => {
          const count = counted?.deliveryCounts.find((each) => each.state === state)?.count ?? 0;
          return count > 0 || states.includes(state) ? (
            <ToggleButton key={state} className="chip" isSelected={states.includes(state)} onChange={() => toggle(state)}>
              {t.state[state]} <span className="count">{count}</span>
            </ToggleButton>
          ) : null;
        })}
      </div>
      {states.map((state) => state in t.explain && <Notice key={state} tone="warn">{t.explain[state as keyof typeof t.explain]}</Notice>)}
      <CommandFailed outcome={command.outcome} />
      {list.error && <QueryFailed error={list.error} onAgain={list.again} />}
      <Card flush>
        <DataGrid
          label={t.title} columns={columns} rows={list.rows} rowId={(row) => row.id} loading={list.loading} failed={list.error !== null} hasMore={list.hasMore} onMore={list.more}
          empty={
            <Empty icon={Send} title={t.emptyTitle}>
              <p>{t.emptyText}</p>
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}
