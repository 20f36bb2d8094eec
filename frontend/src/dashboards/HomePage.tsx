/** Home: how the season stands, what is old, and what needs a person. */
import { CircleCheckBig, Coins, FilePenLine, MailX, RefreshCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useSearchParams } from "react-router";
import { useQuery } from "urql";
import { formatDate, monthsBefore } from "../dates/dates";
import { useMay } from "../app/session";
import { graphql } from "../graphql/generated";
import type { HomeQuery } from "../graphql/generated/graphql";
import { type IssuerChoice, useIssuers, useToday } from "../issuers/useIssuers";
import { useLanguage } from "../language/language";
import type { MoneyFields } from "../money/money";
import { AgingBar } from "../receivables/AgingBar";
import { RunProgress } from "../renewals/RunProgress";
import { LinkButton } from "../ui/Button";
import { QueryFailed } from "../ui/failures";
import { Select } from "../ui/fields";
import { Amount, Card, Empty, Page, PageHeader, Skeleton, SkeletonLines } from "../ui/parts";
import { ClubHome } from "./ClubHome";
import { RevenueChart } from "./RevenueChart";
import { useMessages } from "./messages";

const HOME = graphql(`
  query Home($issuerId: ID, $season: String, $from: Date!, $to: Date!) {
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
  return useMay("reports.read") ? <Home /> : <ClubHome />;
}

function Home() {
  const t = useMessages();
  const spoken = useLanguage();
  const [params, setParams] = useSearchParams();
  const issuers = useIssuers();
  const issuerId = params.get("issuer");
  const today = useToday(issuerId);
  const chosen = issuers?.find((each) => each.id === issuerId);
  const season = seasonAt(chosen ?? issuers?.[0], today);
  const [{ data, error }, again] = useQuery({
    query: HOME,
    pause: issuers === null,
    variables: { issuerId, season, from: monthsBefore(today, 11), to: today },
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
      {data ? <Season data={data} issuers={issuers ?? []} /> : !error && <Card><SkeletonLines /></Card>}
      {(data || !error) && <Cards data={data} chosen={chosen} issuers={issuers} />}
    </Page>
  );
}

interface CardsProps {
  readonly data: HomeQuery | undefined;
  readonly chosen: IssuerChoice | undefined;
  readonly issuers: readonly IssuerChoice[] | null;
}

function Cards({ data, chosen, issuers }: CardsProps) {
  const t = useMessages();
  const starts = useMay("runs.start");
  return (
    <div className="columns main-first">
      <div className="stack wide">
        <Card title={t.aging}>
          {!data && <SkeletonLines lines={4} />}
          {data?.agingReport.rows.length === 0 && (
            <Empty icon={Coins} title={t.allSettled}>
              <p>{t.allSettledText}</p>
            </Empty>
          )}
          <div className="stack wide">
            {data?.agingReport.rows.map((row) => <AgingBar key={row.currency} row={row} />)}
            {data && data.agingReport.rows.length > 0 && <Link to="/receivables">{t.agingMore}</Link>}
          </div>
        </Card>
        {data && chosenRevenue(data, chosen, issuers).length > 0 && (
          <Card title={t.revenue}>
            <RevenueChart months={chosenRevenue(data, chosen, issuers)} />
          </Card>
        )}
      </div>
      <div className="stack wide">
        <Card title={t.needs}>{data ? <Needs data={data} /> : <SkeletonLines />}</Card>
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

/** The four figures. Several currencies or issuers are several lines: nothing is added up here. */
function Season({ data, issuers }: { readonly data: HomeQuery; readonly issuers: readonly IssuerChoice[] }) {
  const t = useMessages();
  const { totals } = data.dashboard;
  const several = new Set(totals.map((each) => each.issuerOrgNodeId)).size > 1;
  // Issuers of the same place in the tree are told apart by it; the tenant itself has none.
  const nameOf = (node: string | null | undefined) => (several ? issuers.find((each) => (each.orgNodeId ?? null) === (node ?? null))?.name : undefined);
  return (
    <dl className="cards">
      <Stat
        title={t.outstanding} none={t.nothingOpen}
        lines={data.agingReport.rows.map((row) => ({ amount: row.open, under: t.invoices(row.invoices) }))}
      />
      <Stat title={t.overdue} none={t.nothingOpen} lines={data.agingReport.rows.map((row) => ({ amount: row.overdue }))} />
      <Stat title={t.collected} none="–" lines={totals.map((each) => ({ amount: each.collected, under: nameOf(each.issuerOrgNodeId) }))} />
      <Stat
        title={t.issued} none="–"
        lines={totals.map((each) => ({ amount: each.issued, under: nameOf(each.issuerOrgNodeId) ?? t.invoices(each.issuedCount) }))}
      />
    </dl>
  );
}

interface StatProps {
  readonly title: string;
  readonly none: string;
  readonly lines: readonly { readonly amount: MoneyFields; readonly under?: string | undefined }[];
}

function Stat({ title, none, lines }: StatProps) {
  return (
    <div className="card stat">
      <dt>{title}</dt>
      {lines.length === 0 && <dd className="soft">{none}</dd>}
      {lines.map(({ amount, under }, at) => (
        <dd key={at} {...(lines.length > 1 ? { className: "one-of-several" } : {})}>
          <Amount of={amount} />
          {under && <p className="under">{under}</p>}
        </dd>
      ))}
    </div>
  );
}

function Needs({ data }: { readonly data: HomeQuery }) {
  const t = useMessages();
  const sum = { overdue: count(data, "OVERDUE"), drafts: count(data, "DRAFT") };
  const needs: { to: string; icon: typeof MailX; text: ReactNode }[] = [];
  // Each state has its own list behind it, so that each is a line of its own.
  for (const { state, count: mails } of data.deliveryCounts) {
    if (mails > 0 && (state === "BOUNCED" || state === "UNKNOWN" || state === "FAILED")) {
      needs.push({ to: `/deliveries?state=${state}`, icon: MailX, text: t.bounced(mails) });
    }
  }
  if (sum.overdue > 0) needs.push({ to: "/invoices?status=OVERDUE", icon: TriangleAlert, text: t.overdueInvoices(sum.overdue) });
  for (const { node } of data.runs.edges) {
    if (node.refused > 0) needs.push({ to: `/renewals/${node.id}?tab=refused`, icon: RefreshCw, text: t.refusals(node.season, node.refused) });
  }
  if (sum.drafts > 0) needs.push({ to: "/invoices?status=DRAFT", icon: FilePenLine, text: t.drafts(sum.drafts) });
  if (needs.length === 0) {
    return (
      <p className="cluster soft">
        <CircleCheckBig aria-hidden size={20} /> {t.needsNothing}
      </p>
    );
  }
  return (
    <ul className="stack tight">
      {needs.map(({ to, icon: Icon, text }) => (
        <li key={to}>
          <Link to={to} className="cluster">
            <Icon aria-hidden size={18} /> {text}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function seasonAt(issuer: IssuerChoice | undefined, day: string): string | null {
  return issuer?.seasons.find((each) => each.firstDay <= day && day <= each.lastDay)?.code ?? null;
}

function count(data: HomeQuery, status: HomeQuery["invoiceCounts"][number]["status"]): number {
  return data.invoiceCounts.find((each) => each.status === status)?.count ?? 0;
}

/** A chart needs one issuer and one currency: the chosen one, or the only one there is. */
function chosenRevenue(data: HomeQuery, chosen: IssuerChoice | undefined, issuers: readonly IssuerChoice[] | null) {
  const mine = chosen ?? (new Set(data.revenueByPeriod.map((row) => row.issuerId)).size === 1 ? issuers?.find((each) => each.id === data.revenueByPeriod[0]?.issuerId) : undefined);
  if (!mine) return [];
  return data.revenueByPeriod.filter((row) => row.issuerId === mine.id && row.net.currency === mine.currency);
}
