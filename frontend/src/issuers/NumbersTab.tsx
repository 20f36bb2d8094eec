/** How numbers read, and the report that none is missing. */
import { CircleCheck, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useQuery } from "urql";
import { useCommand } from "../graphql/command";
import { ExportMenu } from "../exports/ExportMenu";
import { graphql } from "../graphql/generated";
import { newKey } from "../graphql/idempotency";
import { QueryFailed } from "../ui/failures";
import { AmountField, TextField } from "../ui/fields";
import { Card, DateText, SkeletonLines, Status } from "../ui/parts";
import { toast } from "../ui/toasts";
import { SERIES } from "./commands";
import { useMessages } from "./messages";
import { Table } from "../ui/Table";
import { SettingsForm } from "./SettingsForm";
import type { IssuerSettings } from "./settings";

const REPORT = graphql(`
  query NumberingReport($issuerId: ID) {
    numberingReport(issuerId: $issuerId) {
      series
      kind
      count
      firstDocument
      lastDocument
      firstOn
      lastOn
      holes
      cancelled
      season
      datedBack
    }
  }
`);

export function NumbersTab({ issuer }: { readonly issuer: IssuerSettings }) {
  const t = useMessages();
  const command = useCommand(SERIES);
  const [prefix, setPrefix] = useState(issuer.numbers.prefix);
  const [width, setWidth] = useState(String(issuer.numbers.width));
  const [first, setFirst] = useState(String(issuer.numbers.firstNumber));
  const [{ data, error }] = useQuery({ query: REPORT, variables: { issuerId: issuer.id }, requestPolicy: "cache-and-network" });
  const save = async () => {
    const outcome = await command.run({ issuerId: issuer.id, prefix, width: Number(width), firstNumber: Number(first), idempotencyKey: newKey() });
    if (outcome.kind === "done") toast(t.saved);
  };
  return (
    <div className="stack wide">
      <SettingsForm lead={t.numbersLead} busy={command.busy} outcome={command.outcome} onSave={save}>
        <div className="grid-fields">
          <TextField label={t.prefix} value={prefix} onChange={setPrefix} required autoComplete="off" />
          <AmountField label={t.width} value={width} onChange={setWidth} pattern="\d{1,2}" inputMode="numeric" required />
          <AmountField label={t.first} value={first} onChange={setFirst} pattern="\d{1,9}" inputMode="numeric" required />
        </div>
      </SettingsForm>
      <section className="stack">
        <div className="cluster apart">
          <h2>{t.report}</h2>
          <ExportMenu path="/api/v1/reports/numbering/export" asked={{ issuer_id: issuer.id }} of={t.report} />
        </div>
        {error && <QueryFailed error={error} />}
        {!data && !error && <SkeletonLines />}
        {data?.numberingReport.length === 0 && <p className="soft">{t.noSeries}</p>}
        {data && data.numberingReport.length > 0 && (
          <Card flush>
            <Table
              label={t.report} rows={data.numberingReport} keyOf={({ series }) => series}
              columns={[
                {
                  head: t.series, names: true,
                  cell: ({ kind, season }) => (
                    <>
                      {t.kind[kind]} <span className="soft">{season}</span>
                    </>
                  ),
                },
                { head: t.from, cell: ({ firstDocument, firstOn }) => <DocumentOn name={firstDocument} date={firstOn} /> },
                { head: t.to, cell: ({ lastDocument, lastOn }) => <DocumentOn name={lastDocument} date={lastOn} /> },
                { head: t.count, end: true, cell: ({ count }) => count },
                { head: t.cancelledCount, end: true, cell: ({ cancelled }) => cancelled },
                { head: t.holes, end: true, cell: ({ holes }) => holes },
                { head: t.datedBack, end: true, cell: ({ datedBack }) => datedBack },
                { head: t.verdict, cell: ({ holes, datedBack }) => <Verdict good={holes === 0 && datedBack === 0} /> },
              ]}
            />
          </Card>
        )}
      </section>
    </div>
  );
}

function DocumentOn({ name, date }: { readonly name: string; readonly date: string }) {
  return (
    <>
      {name}
      <div className="small soft">
        <DateText date={date} />
      </div>
    </>
  );
}

function Verdict({ good }: { readonly good: boolean }) {
  const t = useMessages();
  return (
    <Status tone={good ? "good" : "bad"} icon={good ? CircleCheck : TriangleAlert}>
      {good ? t.complete : t.broken}
    </Status>
  );
}
