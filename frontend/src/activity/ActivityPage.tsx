/** The audit trail: the journal, the newest first, and a check that it is unbroken and no number is missing. */
import { Activity as ActivityIcon, ShieldCheck } from "lucide-react";
import { useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useQuery } from "urql";
import { useActorName } from "../app/useActorName";
import { graphql } from "../graphql/generated";
import type { ActivityListQuery } from "../graphql/generated/graphql";
import { pageOf, useKeyset } from "../graphql/keyset";
import { useZone } from "../issuers/useIssuers";
import { useLanguage } from "../language/language";
import { Button } from "../ui/Button";
import { type Column, DataGrid } from "../ui/DataGrid";
import { QueryFailed } from "../ui/failures";
import { Checkbox, TextField } from "../ui/fields";
import { Amount, Card, Empty, InstantText, Notice, Page, PageHeader, SkeletonLines } from "../ui/parts";
import { useSettled } from "../ui/useSettled";
import { useEventWord } from "./events";
import { JournalCheck } from "./JournalCheck";
import { useMessages } from "./messages";

const LIST = graphql(`
  query ActivityList($filter: ActivityFilterInput, $first: Int!, $after: String) {
    activity(filter: $filter, first: $first, after: $after) {
      edges {
        node {
          position
          at
          actor
          type
          subjectKind
          subjectId
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
  const [actor, setActor] = useState("");
  const [verifying, setVerifying] = useState(false);
  const settled = useSettled(actor.trim(), 300);
  const list = useKeyset(LIST, { filter: { subjectId, actor: settled || null, withoutTypes: signIns || subjectId ? [] : SIGN_INS }, first: 60 }, (data) => pageOf(data.activity));
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      {
        id: "what", header: t.what,
        cell: (row) => (
          <>
            <Subject row={row} />
            <div className="narrow-only small soft">{nameOf(row.actor)}</div>
          </>
        ),
      },
      { id: "detail", header: t.on, wideOnly: true, cell: (row) => row.detail },
      { id: "at", header: t.at, cell: (row) => <InstantText at={row.at} zone={zone} /> },
      { id: "actor", header: t.actor, wideOnly: true, cell: (row) => nameOf(row.actor) },
      { id: "why", header: t.why, wideOnly: true, cell: (row) => row.reason },
      { id: "amount", header: t.amount, end: true, wideOnly: true, cell: (row) => row.amount?.currency && <Amount of={row.amount} /> },
      { id: "position", header: t.position, end: true, wideOnly: true, cell: (row) => <span className="soft">{row.position}</span> },
    ],
    [t, zone, nameOf],
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
          <JournalCheck />
          <Numbers />
        </>
      )}
      <div className="cluster">
        <TextField label={t.actorFilter} value={actor} onChange={setActor} autoComplete="off" />
        <Checkbox selected={signIns} onChange={(shown) => setParams({ ...Object.fromEntries(params), signIns: shown ? "1" : "0" }, { replace: true })}>
          {t.signIns}
        </Checkbox>
      </div>
      {list.error && <QueryFailed error={list.error} onAgain={list.again} />}
      <Card flush>
        <DataGrid
          label={t.title} columns={columns} rows={list.rows} rowId={(row) => row.position} loading={list.loading} failed={list.error !== null} hasMore={list.hasMore} onMore={list.more}
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
