/** For whoever is on call: the switch of the whole platform, queues, what fails, and which federations run behind. */
import { CircleCheck, CirclePause, OctagonPause, Play, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { useQuery } from "urql";
import { useCommand } from "../graphql/command";
import { graphql } from "../graphql/generated";
import type { PlatformHealthDetailQuery } from "../graphql/generated/graphql";
import { useZone } from "../app/time";
import { Button } from "../ui/Button";
import { QueryFailed } from "../ui/failures";
import { Card, InstantText, Notice, Page, SkeletonLines, Status } from "../ui/parts";
import { toast } from "../ui/toasts";
import { TURN_PLATFORM } from "./commands";
import { ConsoleHeader } from "./ConsoleHeader";
import { useMessages } from "./messages";
import { Table } from "../ui/Table";
import { SwitchDialog } from "./SwitchDialog";
import { useBy } from "./useBy";

const HEALTH = graphql(`
  query PlatformHealthDetail {
    platformHealth {
      switch {
        enabled
        by {
          kind
          id
          name
        }
        at
        reason
      }
      queues {
        name
        waiting
      }
      queuesKnown
      issuing {
        outcome
        count
      }
      rendered
      renderingFailed {
        outcome
        count
      }
      dispatching {
        outcome
        count
      }
    }
    platformTenants(first: 50) {
      edges {
        node {
          id
          name
          standing {
            head
            stale
            dispatchesDue
            projections {
              name
              behind
              seconds
            }
          }
          deliveryCounts {
            state
            count
          }
        }
      }
    }
  }
`);

type Health = PlatformHealthDetailQuery["platformHealth"];
type Tenant = PlatformHealthDetailQuery["platformTenants"]["edges"][number]["node"];

const REFRESH_MS = 10_000;

export function Component() {
  const t = useMessages();
  const [{ data, error }, ask] = useQuery({ query: HEALTH, requestPolicy: "cache-and-network" });
  const again = () => ask({ requestPolicy: "network-only" });
  useEffect(() => {
    const timer = setInterval(() => ask({ requestPolicy: "network-only" }), REFRESH_MS);
    return () => clearInterval(timer);
  }, [ask]);
  return (
    <Page>
      <ConsoleHeader title={t.healthTitle} lead={t.healthLead} />
      {error && <QueryFailed error={error} onAgain={again} />}
      {!data && !error && <SkeletonLines lines={8} />}
      {data && (
        <>
          <Outgoing health={data.platformHealth} onTurned={again} />
          <Counts health={data.platformHealth} />
          <Tenants tenants={data.platformTenants.edges.map((edge) => edge.node)} />
        </>
      )}
    </Page>
  );
}

function Outgoing({ health, onTurned }: { readonly health: Health; readonly onTurned: () => void }) {
  const t = useMessages();
  const zone = useZone();
  const by = useBy();
  const [asking, setAsking] = useState(false);
  const { run, busy, outcome, forget } = useCommand(TURN_PLATFORM);
  const stands = health.switch;
  const turn = async (enabled: boolean, reason: string) => {
    const came = await run({ enabled, reason });
    if (came.kind !== "done") return false;
    toast(enabled ? t.started : t.stoppedToast);
    onTurned();
    return true;
  };
  return (
    <Card title={t.outgoing}>
      <div className="cluster apart">
        <Status tone={stands.enabled ? "good" : "bad"} icon={stands.enabled ? CircleCheck : CirclePause}>
          {stands.enabled ? t.outgoingOn : t.haltedTitle}
        </Status>
        <Button
          kind={stands.enabled ? "danger" : "primary"}
          onPress={() => {
            forget();
            setAsking(true);
          }}
        >
          {stands.enabled ? <OctagonPause aria-hidden /> : <Play aria-hidden />} {stands.enabled ? t.haltAll : t.goOnAll}
        </Button>
      </div>
      {stands.at && (
        <p className="soft small">
          {by(stands.by)} · <InstantText at={stands.at} zone={zone} /> {stands.reason && `· ${stands.reason}`}
        </p>
      )}
      {asking && <SwitchDialog tenant={null} enabled={stands.enabled} busy={busy} outcome={outcome} turn={turn} onClose={() => setAsking(false)} />}
    </Card>
  );
}

function Counts({ health }: { readonly health: Health }) {
  const t = useMessages();
  const groups = [
    { title: t.queues, rows: health.queues.map((each) => ({ outcome: each.name, count: each.waiting })) },
    { title: t.issuing, rows: health.issuing },
    { title: t.rendering, rows: [{ outcome: t.rendered, count: health.rendered }, ...health.renderingFailed] },
    { title: t.dispatching, rows: health.dispatching },
  ];
  return (
    <>
      {!health.queuesKnown && <Notice tone="warn">{t.queuesUnknown}</Notice>}
      <div className="grid-fields">
        {groups.map(({ title, rows }) => (
          <Card key={title} title={title}>
            {rows.length === 0 && <p className="soft">{t.nothingYet}</p>}
            <dl className="stack tight">
              {rows.map((each) => (
                <div key={each.outcome} className="cluster apart">
                  <dt className="soft">{t.outcome[each.outcome] ?? each.outcome}</dt>
                  <dd className="numeric">{each.count}</dd>
                </div>
              ))}
            </dl>
          </Card>
        ))}
      </div>
      <p className="soft small">{t.sinceStart}</p>
    </>
  );
}

function Tenants({ tenants }: { readonly tenants: readonly Tenant[] }) {
  const t = useMessages();
  return (
    <Card title={t.perTenant}>
      <Table
        label={t.perTenant} rows={tenants} keyOf={({ id }) => id}
        columns={[
          { head: t.federation, names: true, cell: ({ id, name }) => <Link to={`/platform/tenants/${id}`}>{name}</Link> },
          { head: t.readModels, cell: (each) => <Lag tenant={each} /> },
          { head: t.due, end: true, cell: ({ standing }) => standing.dispatchesDue },
          ...([["UNKNOWN", t.unknown], ["FAILED", t.failed], ["BOUNCED", t.bounced]] as const).map(([state, head]) => ({
            head, end: true, cell: ({ deliveryCounts }: Tenant) => deliveryCounts.find((found) => found.state === state)?.count ?? 0,
          })),
        ]}
      />
    </Card>
  );
}

/** The read model that waits longest speaks for all of them. */
function Lag({ tenant }: { readonly tenant: Tenant }) {
  const t = useMessages();
  const worst = [...tenant.standing.projections].sort((one, other) => other.seconds - one.seconds || Number(other.behind) - Number(one.behind))[0];
  if (!tenant.standing.stale) {
    return (
      <Status tone="good" icon={CircleCheck}>
        {t.current}
      </Status>
    );
  }
  return (
    <>
      <Status tone="warn" icon={TriangleAlert}>
        {t.behindWord}
      </Status>
      {worst && <div className="small soft">{t.lag(worst.name, worst.behind, worst.seconds)}</div>}
    </>
  );
}
