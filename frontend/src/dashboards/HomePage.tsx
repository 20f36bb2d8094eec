/** Home: how the season stands, what is old, and what needs a person. */
import { Coins, RefreshCw } from "lucide-react";
import { lazy, Suspense } from "react";
import { Link, useSearchParams } from "react-router";
import { useQuery } from "urql";
import { patiently } from "../app/connection";
import { useMay } from "../app/session";
import { formatDate, monthsBefore } from "../dates/dates";
import { graphql } from "../graphql/generated";
import type { HomeQuery } from "../graphql/generated/graphql";
import { useToday } from "../app/time";
import { type IssuerChoice, useIssuers } from "../issuers/useIssuers";
import { useLanguage } from "../language/language";
import { AgingBar } from "../receivables/AgingBar";
import { RunProgress } from "../renewals/RunProgress";
import { LinkButton } from "../ui/Button";
import { QueryFailed } from "../ui/failures";
import { Select } from "../ui/fields";
import { Card, Empty, Page, PageHeader, Skeleton, SkeletonLines } from "../ui/parts";
import { Figures } from "./Figures";
import { GettingStarted } from "./GettingStarted";
import { Needs } from "./Needs";
import { useMessages } from "./messages";

// Of these everybody sees one at most, and the chart comes after the figures: neither is waited for at the door.
const ClubHome = lazy(patiently(() => import("./ClubHome").then((file) => ({ default: file.ClubHome }))));
const RevenueChart = lazy(patiently(() => import("./RevenueChart").then((file) => ({ default: file.RevenueChart }))));

const HOME = graphql(`
  query Home($issuerId: ID, $season: String, $from: Date!, $to: Date!, $switch: Boolean!) {
    dashboard(issuerId: $issuerId, season: $season) {
      asOf
      season
      totals {
        currency
        issuerOrgNodeId
        issuedCount
        issued {
          amountMinor
          currency
        }
        collected {
          amountMinor
          currency
        }
      }
    }
    agingReport(issuerId: $issuerId) {
      rows {
        currency
        invoices
        open {
          amountMinor
          currency
        }
        overdue {
          amountMinor
          currency
        }
        ...AgingBar_row
      }
    }
    invoiceCounts(filter: { issuerId: $issuerId }) {
      status
      count
    }
    deliverySwitch @include(if: $switch) {
      enabled
    }
    deliveryCounts {
      state
      count
    }
    runs(first: 4, issuerId: $issuerId) {
      edges {
        node {
          id
          refused
          season
          ...RunProgress_run
        }
      }
    }
    revenueByPeriod(firstDay: $from, lastDay: $to, issuerId: $issuerId) {
      period
      issuerId
      net {
        amountMinor
        currency
      }
    }
  }
`);

export function Component() {
  // Figures are an issuer's: who may not see them, as a club admin, sees what the club has been billed.
  return useMay("reports.read") ? (
    <Home />
  ) : (
    <Suspense
      fallback={
        <Page>
          <SkeletonLines lines={8} />
        </Page>
      }
    >
      <ClubHome />
    </Suspense>
  );
}

function Home() {
  const t = useMessages();
  const spoken = useLanguage();
  const [params, setParams] = useSearchParams();
  const issuers = useIssuers();
  const sends = useMay("deliveries.send");
  const issuerId = params.get("issuer");
  const today = useToday(issuerId);
  const chosen = issuers?.find((each) => each.id === issuerId);
  const season = seasonAt(chosen ?? issuers?.[0], today);
  const [{ data, error }, again] = useQuery({
    query: HOME,
    pause: issuers === null,
    variables: { issuerId, season, from: monthsBefore(today, 11), to: today, switch: sends },
    requestPolicy: "cache-and-network",
  });
  return (
    <Page>
      <PageHeader title={t.title} lead={data ? t.lead(formatDate(data.dashboard.asOf, spoken, "long"), data.dashboard.season ?? "") : <Skeleton width="14rem" />}>
        {issuers && issuers.length > 1 && (
          <Select
            label={t.issuer} value={issuerId ?? ""} onChange={(id) => setParams(id ? { issuer: id } : {})}
            options={[{ value: "", label: t.everyIssuer }, ...issuers.map((each) => ({ value: each.id, label: each.name }))]}
          />
        )}
      </PageHeader>
      {error && <QueryFailed error={error} onAgain={() => again({ requestPolicy: "network-only" })} />}
      {data && isNew(data, issuerId) && <GettingStarted />}
      {data ? !isNew(data, issuerId) && <Figures data={data} issuers={issuers ?? []} issuerId={issuerId} /> : !error && <WaitingFigures />}
      {(data || !error) && <Cards data={data} chosen={chosen} issuers={issuers} issuerId={issuerId} />}
    </Page>
  );
}

interface CardsProps {
  readonly data: HomeQuery | undefined;
  readonly chosen: IssuerChoice | undefined;
  readonly issuers: readonly IssuerChoice[] | null;
  readonly issuerId: string | null;
}

function Cards({ data, chosen, issuers, issuerId }: CardsProps) {
  const t = useMessages();
  const starts = useMay("runs.start");
  return (
    <div className="columns main-first">
      <div className="stack wide">
        <Card title={t.aging}>
          {!data && <Skeleton height="15rem" />}
          {data?.agingReport.rows.length === 0 && (
            <Empty icon={Coins} title={t.allSettled}>
              <p>{t.allSettledText}</p>
            </Empty>
          )}
          <div className="stack wide">
            {data?.agingReport.rows.map((row) => <AgingBar key={row.currency} row={row} listOf={{ issuerId }} />)}
            {data && data.agingReport.rows.length > 0 && <Link to={issuerId ? `/receivables?issuer=${encodeURIComponent(issuerId)}` : "/receivables"}>{t.agingMore}</Link>}
          </div>
        </Card>
        {data && chosenRevenue(data, chosen, issuers).length > 0 && (
          <Card title={t.revenue}>
            <Suspense fallback={<Skeleton height="13rem" />}>
              <RevenueChart months={chosenRevenue(data, chosen, issuers)} />
            </Suspense>
          </Card>
        )}
      </div>
      <div className="stack wide">
        <Card title={t.needs}>{data ? <Needs data={data} issuerId={issuerId} /> : <SkeletonLines />}</Card>
        <Card title={t.runs}>
          {!data && <SkeletonLines lines={4} />}
          {data?.runs.edges.length === 0 && (
            <div className="stack">
              <p className="soft">{t.runsNoneText}</p>
              {starts && (
                <LinkButton to="/renewals/new">
                  <RefreshCw aria-hidden /> {t.newRun}
                </LinkButton>
              )}
            </div>
          )}
          <ul className="stack">
            {data?.runs.edges.map(({ node }) => (
              <li key={node.id}>
                <RunProgress run={node} />
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </div>
  );
}

/** Nothing was ever written here, not even a draft. */
function isNew(data: HomeQuery, issuerId: string | null): boolean {
  return issuerId === null && data.invoiceCounts.every((each) => each.count === 0);
}

/** As high as what comes, so that nothing jumps. */
function WaitingFigures() {
  return (
    <div className="cards">
      {["outstanding", "overdue", "collected", "issued"].map((figure) => (
        <Card key={figure}>
          <Skeleton width="50%" />
          <Skeleton height="2.4rem" width="80%" />
        </Card>
      ))}
    </div>
  );
}

function seasonAt(issuer: IssuerChoice | undefined, day: string): string | null {
  return issuer?.seasons.find((each) => each.firstDay <= day && day <= each.lastDay)?.code ?? null;
}

/** A chart needs one issuer and one currency: the chosen one, or the only one there is. */
function chosenRevenue(data: HomeQuery, chosen: IssuerChoice | undefined, issuers: readonly IssuerChoice[] | null) {
  const mine = chosen ?? (new Set(data.revenueByPeriod.map((row) => row.issuerId)).size === 1 ? issuers?.find((each) => each.id === data.revenueByPeriod[0]?.issuerId) : undefined);
  if (!mine) return [];
  return data.revenueByPeriod.filter((row) => row.issuerId === mine.id && row.net.currency === mine.currency);
}
