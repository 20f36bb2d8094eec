/** One federation: its size, what runs behind, what failed, and what an operator may do about it. */
import { CircleCheck, CirclePause, CircleX, DoorOpen, Play } from "lucide-react";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useQuery } from "urql";
import { useMessages as useDeliveryWords } from "../deliveries/messages";
import { useCommand } from "../graphql/command";
import { graphql } from "../graphql/generated";
import type { PlatformTenantDetailQuery } from "../graphql/generated/graphql";
import { useZone } from "../app/time";
import { Button } from "../ui/Button";
import { QueryFailed } from "../ui/failures";
import { Amount, Card, DateText, Empty, InstantText, Notice, Page, SkeletonLines, Status } from "../ui/parts";
import { toast } from "../ui/toasts";
import { TURN_TENANT } from "./commands";
import { ConsoleHeader } from "./ConsoleHeader";
import { EnterDialog } from "./EnterDialog";
import { useMessages } from "./messages";
import { Problems } from "./Problems";
import { ReadModels } from "./ReadModels";
import { SwitchDialog } from "./SwitchDialog";
import { useBy } from "./useBy";

const TENANT = graphql(`
  query PlatformTenantDetail($id: ID!) {
    platformTenant(id: $id) {
      id
      slug
      kind
      name
      openedAt
      look {
        reason
        until
      }
      figures {
        issuers
        members
        debtors
        seasons
        issued
        outstanding {
          amountMinor
          currency
        }
      }
      standing {
        head
        lastAt
        dispatchesDue
        signedPosition
        signedOn
      }
      deliverySwitch {
        enabled
        by {
          kind
          id
          name
        }
        at
        reason
      }
      deliveryCounts {
        state
        count
      }
      invariants {
        name
        holds
        detail
        checkedAt
      }
    }
  }
`);

type Tenant = NonNullable<PlatformTenantDetailQuery["platformTenant"]>;

export function Component() {
  const t = useMessages();
  const { id = "" } = useParams();
  const [{ data, error }, ask] = useQuery({ query: TENANT, variables: { id }, requestPolicy: "cache-and-network" });
  const again = () => ask({ requestPolicy: "network-only" });
  const tenant = data?.platformTenant;
  if (!tenant) {
    return (
      <Page>
        {error ? <QueryFailed error={error} onAgain={again} /> : data ? <Empty icon={CircleX} title={t.noTenants} alone /> : <SkeletonLines lines={8} />}
      </Page>
    );
  }
  return (
    <Page>
      <ConsoleHeader title={tenant.name} lead={`${tenant.slug} · ${t.kind[tenant.kind]}`} />
      <Look tenant={tenant} onEntered={again} />
      <Figures tenant={tenant} />
      <DeliverySwitch tenant={tenant} onTurned={again} />
      <ReadModels id={tenant.id} />
      <Problems id={tenant.id} />
      <Invariants tenant={tenant} />
    </Page>
  );
}

function Look({ tenant, onEntered }: { readonly tenant: Tenant; readonly onEntered: () => void }) {
  const t = useMessages();
  const zone = useZone();
  const [entering, setEntering] = useState(false);
  return (
    <>
      <Card title={t.lookTitle}>
        <div className="cluster apart">
          {tenant.look ? (
            <p>
              {t.lookUntil} <InstantText at={tenant.look.until} zone={zone} /> · {tenant.look.reason}
            </p>
          ) : (
            <p className="soft">{t.lookText}</p>
          )}
          {tenant.look ? (
            <Link to={`/platform/invoices?tenant=${tenant.id}`}>{t.toInvoices}</Link>
          ) : (
            <Button onPress={() => setEntering(true)}>
              <DoorOpen aria-hidden /> {t.enter}
            </Button>
          )}
        </div>
      </Card>
      {entering && <EnterDialog tenant={tenant} onEntered={onEntered} onClose={() => setEntering(false)} />}
    </>
  );
}

function Figures({ tenant }: { readonly tenant: Tenant }) {
  const t = useMessages();
  const zone = useZone();
  const { figures, standing } = tenant;
  const stats = [
    { word: t.issuers, value: figures.issuers },
    { word: t.members, value: figures.members },
    { word: t.debtors, value: figures.debtors },
    { word: t.issued, value: figures.issued, under: figures.seasons.join(", ") },
    { word: t.head, value: standing.head, under: standing.lastAt ? <InstantText at={standing.lastAt} zone={zone} /> : undefined },
    { word: t.signed, value: standing.signedPosition, under: standing.signedOn ? <DateText date={standing.signedOn} /> : t.never },
  ];
  return (
    <Card title={t.figures}>
      <dl className="grid-fields">
        {stats.map(({ word, value, under }) => (
          <div key={word} className="stat">
            <dt>{word}</dt>
            <dd>
              <span className="numeric">{value}</span>
              {under && <div className="under">{under}</div>}
            </dd>
          </div>
        ))}
        <div className="stat">
          <dt>{t.outstanding}</dt>
          {figures.outstanding.length === 0 && <dd>–</dd>}
          {figures.outstanding.map((each) => (
            <dd key={each.currency}>
              <Amount of={each} />
            </dd>
          ))}
        </div>
      </dl>
    </Card>
  );
}

function DeliverySwitch({ tenant, onTurned }: { readonly tenant: Tenant; readonly onTurned: () => void }) {
  const t = useMessages();
  const zone = useZone();
  const by = useBy();
  const deliveries = useDeliveryWords();
  const [asking, setAsking] = useState(false);
  const { run, busy, outcome, forget } = useCommand(TURN_TENANT);
  const { deliverySwitch: stands } = tenant;
  const turn = async (enabled: boolean, reason: string) => {
    const came = await run({ tenantId: tenant.id, enabled, reason });
    if (came.kind !== "done") return false;
    toast(enabled ? t.started : t.stoppedToast);
    onTurned();
    return true;
  };
  return (
    <Card title={t.deliveries}>
      <div className="stack tight">
        <div className="cluster apart">
          <Status tone={stands.enabled ? "good" : "bad"} icon={stands.enabled ? CircleCheck : CirclePause}>
            {stands.enabled ? t.outgoingOn : t.stopped}
          </Status>
          <Button
            kind={stands.enabled ? "danger" : "primary"}
            onPress={() => {
              forget();
              setAsking(true);
            }}
          >
            {stands.enabled ? <CirclePause aria-hidden /> : <Play aria-hidden />} {stands.enabled ? t.stop : t.start}
          </Button>
        </div>
        {stands.at && (
          <p className="soft small">
            {by(stands.by)} · <InstantText at={stands.at} zone={zone} /> {stands.reason && `· ${stands.reason}`}
          </p>
        )}
        <p>
          {t.due}: <span className="numeric">{tenant.standing.dispatchesDue}</span>
          {tenant.deliveryCounts
            .filter((each) => each.count > 0)
            .map((each) => (
              <span key={each.state}>
                {" "}
                · {deliveries.state[each.state]}: <span className="numeric">{each.count}</span>
              </span>
            ))}
        </p>
      </div>
      {asking && <SwitchDialog tenant={tenant.name} enabled={stands.enabled} busy={busy} outcome={outcome} turn={turn} onClose={() => setAsking(false)} />}
    </Card>
  );
}

function Invariants({ tenant }: { readonly tenant: Tenant }) {
  const t = useMessages();
  const zone = useZone();
  const checked = tenant.invariants[0]?.checkedAt;
  return (
    <Card title={t.invariants}>
      <ul className="stack tight plain">
        {tenant.invariants.map((each) => (
          <li key={each.name} className="cluster">
            <Status tone={each.holds ? "good" : "bad"} icon={each.holds ? CircleCheck : CircleX}>
              {each.holds ? t.holds : t.broken}
            </Status>
            <span>{t.invariant[each.name]}</span>
            {each.detail && <span className="soft small">{each.detail}</span>}
          </li>
        ))}
      </ul>
      {checked && (
        <p className="soft small">
          {t.checked} <InstantText at={checked} zone={zone} />. {t.verifyText}
        </p>
      )}
      {tenant.invariants.some((each) => !each.holds && each.name !== "READ_MODELS_CURRENT") && <Notice tone="bad">{t.brokenText}</Notice>}
    </Card>
  );
}
