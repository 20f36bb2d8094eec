/** The audit trail: the journal, the newest first, and a check that it is unbroken and no number is missing. */
import { Activity as ActivityIcon, ShieldCheck, X } from "lucide-react";
import { useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useQuery } from "urql";
import { useActorName } from "../app/useActorName";
import { graphql } from "../graphql/generated";
import type { ActivityListQuery } from "../graphql/generated/graphql";
import { pageOf, useKeyset } from "../graphql/keyset";
import { useZone } from "../app/time";
import { useLanguage } from "../language/language";
import { Button } from "../ui/Button";
import { type Column, DataGrid } from "../ui/DataGrid";
import { QueryFailed } from "../ui/failures";
import { Checkbox } from "../ui/fields";
import { Amount, Card, Empty, InstantText, Notice, Page, PageHeader, SkeletonLines } from "../ui/parts";
import { useDetailWords, useReasonWords } from "./details";
import { useEventWord } from "./events";
import { JournalCheck } from "./JournalCheck";
import { useMessages } from "./messages";

const LIST = graphql(`
  query ActivityList($filter: ActivityFilterInput, $first: Int!, $after: String) {
    activity(filter: $filter, first: $first, after: $after) {
      edges {
        node {
          book
          position
          at
          actor {
            kind
            id
            name
            principal
          }
          type
          subjectKind
          subjectId
          subjectName
          debtorId
          detail
          reason
          amount {
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

const NUMBERS = graphql(`
  query VerifyNumbers {
    numberingReport {
      series
      count
      holes
      datedBack
    }
  }
`);

/** What people do every day before they do anything: left out unless asked for. */
const SIGN_INS = ["signed-in", "signed-in-afresh", "signed-out"];

type Row = ActivityListQuery["activity"]["edges"][number]["node"];

export function Component() {
  const t = useMessages();
  const zone = useZone();
  const nameOf = useActorName();
  const [params, setParams] = useSearchParams();
  const subjectId = params.get("subject");
  const signIns = params.get("signIns") === "1";
  const [verifying, setVerifying] = useState(false);
  const detail = useDetailWords();
  const reason = useReasonWords();
  const by = params.get("by");
  const list = useKeyset(LIST, { filter: { subjectId, actor: by, withoutTypes: signIns || subjectId ? [] : SIGN_INS }, first: 60 }, (data) => pageOf(data.activity));
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      {
        id: "what", header: t.what,
        cell: (row) => (
          <>
            <Subject row={row} />
            <div className="narrow-only small soft">
              {[detail(row), nameOf(row.actor)].filter(Boolean).join(" · ")}
              <br />
              <InstantText at={row.at} zone={zone} />
            </div>
          </>
        ),
      },
      { id: "detail", header: t.on, wideOnly: true, cell: (row) => detail(row) },
      { id: "at", header: t.at, wideOnly: true, cell: (row) => <InstantText at={row.at} zone={zone} /> },
      { id: "actor", header: t.actor, wideOnly: true, cell: (row) => <By actor={row.actor} /> },
      { id: "why", header: t.why, wideOnly: true, cell: (row) => reason(row.reason) },
      { id: "amount", header: t.amount, end: true, wideOnly: true, cell: (row) => row.amount?.currency && <Amount of={row.amount} /> },
      { id: "position", header: t.position, end: true, wideOnly: true, cell: (row) => <span className="soft">{row.position}</span> },
    ],
    [t, zone, nameOf, detail, reason],
  ); // prettier-ignore
  return (
    <Page>
      <PageHeader title={t.title} lead={t.lead}>
        <Button onPress={() => setVerifying(true)}>
          <ShieldCheck aria-hidden /> {t.verify}
        </Button>
      </PageHeader>
      {verifying && (
        <>
          <JournalCheck book="MONEY" />
          <JournalCheck book="ACCESS" />
          <Numbers />
        </>
      )}
      <div className="cluster">
        {by && <OnlyBy actor={list.rows[0]?.actor} />}
        <Checkbox selected={signIns} onChange={(shown) => setParams({ ...Object.fromEntries(params), signIns: shown ? "1" : "0" }, { replace: true })}>
          {t.signIns}
        </Checkbox>
      </div>
      {list.error && <QueryFailed error={list.error} onAgain={list.again} />}
      <Card flush>
        <DataGrid
          label={t.title} columns={columns} rows={list.rows} rowId={(row) => `${row.book} ${row.position}`} loading={list.loading} failed={list.error !== null} hasMore={list.hasMore} onMore={list.more}
          empty={
            <Empty icon={ActivityIcon} title={t.emptyTitle}>
              <p>{t.emptyText}</p>
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}

/** Who it was; pressed, the list is only what they did. */
function By({ actor }: { readonly actor: Row["actor"] }) {
  const t = useMessages();
  const name = useActorName()(actor);
  const [params] = useSearchParams();
  const only = new URLSearchParams({ ...Object.fromEntries(params), by: actor.principal });
  return (
    <Link to={`?${only}`} aria-label={t.onlyByLabel(name)}>
      {name}
    </Link>
  );
}

function OnlyBy({ actor }: { readonly actor: Row["actor"] | undefined }) {
  const t = useMessages();
  const nameOf = useActorName();
  const [params, setParams] = useSearchParams();
  const everybody = () => {
    const { by: _, ...others } = Object.fromEntries(params);
    setParams(others, { replace: true });
  };
  return (
    <Button small onPress={everybody} aria-label={t.everybody}>
      <X aria-hidden /> {actor ? t.onlyBy(nameOf(actor)) : t.everybody}
    </Button>
  );
}

/** What it happened to, where there is a page for it. */
function Subject({ row }: { readonly row: Row }) {
  const word = useEventWord()(row.type);
  const places: Readonly<Record<string, string>> = { invoice: "invoices", debtor: "debtors", run: "renewals", renewal_run: "renewals" };
  const place = places[row.subjectKind.toLowerCase()];
  return place ? (
    <Link to={`/${place}/${row.subjectId}`}>{word}</Link>
  ) : (
    <span>{word}</span>
  );
}

function Numbers() {
  const t = useMessages();
  const spoken = useLanguage();
  const [{ data, error }] = useQuery({ query: NUMBERS, requestPolicy: "network-only" });
  if (error) return <QueryFailed error={error} />;
  if (!data) return <SkeletonLines lines={2} />;
  const bad = data.numberingReport.filter((each) => each.holes > 0 || each.datedBack > 0);
  const documents = data.numberingReport.map((each) => each.count).reduce((one, other) => one + other, 0);
  return (
    <Notice tone={bad.length > 0 ? "bad" : "good"}>
      <strong>{t.verifyTitle}</strong>
      <p>{bad.length > 0 ? `${t.verifyBad} ${bad.map((each) => each.series).join(", ")}` : t.verifyGood(data.numberingReport.length, documents.toLocaleString(spoken))}</p>
    </Notice>
  );
}
