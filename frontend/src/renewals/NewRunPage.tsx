/** Begin a run: members, fees, a look at one invoice as it would be issued, then approve. */
import { Calculator, Plus, Stamp, Trash2 } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useCommand } from "../graphql/command";
import { graphql } from "../graphql/generated";
import type { RunKind, StartRunInput } from "../graphql/generated/graphql";
import { useIdempotencyKey } from "../graphql/idempotency";
import { useToday } from "../app/time";
import { type IssuerChoice, useIssuers, useSeasonOptions } from "../issuers/useIssuers";
import { decimalFrom } from "../money/money";
import { Button } from "../ui/Button";
import { CommandFailed } from "../ui/failures";
import { AmountField, Checkbox, DateField, Select, TextField } from "../ui/fields";
import { Card, Notice, Page, PageHeader, SkeletonLines } from "../ui/parts";
import { MembersStep } from "./MembersStep";
import { useMessages } from "./messages";
import { useForecastMessages } from "./forecastMessages";
import { RunForecast } from "./RunForecast";
import { SampleInvoice } from "./SampleInvoice";

const START_RENEWAL = graphql(`
  mutation StartRenewalRun($input: StartRunInput!) {
    startRenewalRun(input: $input) {
      ... on StartRunSuccess {
        run {
          id
        }
      }
      ...Refusal @unmask
    }
  }
`);

const START_AFFILIATION = graphql(`
  mutation StartAffiliationRun($input: StartRunInput!) {
    startAffiliationRun(input: $input) {
      ... on StartRunSuccess {
        run {
          id
        }
      }
      ...Refusal @unmask
    }
  }
`);

export interface Fee {
  readonly name: string;
  readonly amount: string;
  readonly recipient: string;
}

const DECIMALS = 2;

export function Component() {
  const issuers = useIssuers();
  if (!issuers) {
    return (
      <Page>
        <SkeletonLines lines={8} />
      </Page>
    );
  }
  return <NewRun issuers={issuers} />;
}

function NewRun({ issuers }: { readonly issuers: readonly IssuerChoice[] }) {
  const t = useMessages();
  const forecasts = useForecastMessages();
  const navigate = useNavigate();
  const [references, setReferences] = useState<readonly string[]>([]);
  const [issuerId, setIssuerId] = useState(issuers[0]?.id ?? "");
  const [kind, setKind] = useState<RunKind>("LICENCE_RENEWAL");
  const [fees, setFees] = useState<readonly Fee[]>([{ name: "", amount: "", recipient: "federation" }]);
  const issuer = issuers.find((each) => each.id === issuerId);
  const seasons = useSeasonOptions(issuer);
  const today = useToday(issuerId);
  const [season, setSeason] = useState("");
  const [date, setDate] = useState("");
  const [deliver, setDeliver] = useState(true);
  const [reason, setReason] = useState("");
  const { key, renew } = useIdempotencyKey("run new");
  const renewal = useCommand(START_RENEWAL);
  const affiliation = useCommand(START_AFFILIATION);
  const command = kind === "LICENCE_RENEWAL" ? renewal : affiliation;
  const components = componentsOf(fees);
  const ready = references.length > 0 && components !== null && components.length > 0;
  const setFee = (at: number, change: Partial<Fee>) => setFees((was) => was.map((fee, place) => (place === at ? { ...fee, ...change } : fee)));
  const [forecast, setForecast] = useState<{ readonly input: StartRunInput; readonly asked: string } | null>(null);
  const input = (): StartRunInput => ({
    issuerId, feeComponents: components ?? [], references: [...references], season: season || null, issuedOn: date || null, deliver,
    overrideReason: reason, idempotencyKey: key,
  }); // prettier-ignore
  // A forecast is of exactly what is on the page: after a change it is asked for anew.
  const asked = JSON.stringify([kind, input()]);
  const approve = async () => {
    if (!components) return;
    const outcome = await command.run(input());
    if (outcome.kind !== "lost") renew();
    if (outcome.kind !== "done") return;
    const { run } = outcome.answer;
    await navigate(run ? `/renewals/${run.id}` : "/renewals");
  };
  return (
    <Page>
      <PageHeader title={t.newRun} lead={t.lead} />
      <Card title={t.stepMembers}>
        <MembersStep references={references} onChange={setReferences} />
      </Card>
      <Card title={t.stepFees}>
        <div className="stack">
          <div className="grid-fields">
            <Select label={t.issuer} value={issuerId} onChange={setIssuerId} options={issuers.map((each) => ({ value: each.id, label: each.name }))} />
            <Select label={t.kindLabel} value={kind} onChange={(value) => setKind(value as RunKind)} options={Object.entries(t.kind).map(([value, label]) => ({ value, label }))} />
            <Select
              label={t.season} value={season} onChange={setSeason}
              options={seasons}
            />
            <DateField label={t.date} value={date} max={today} onChange={setDate} />
          </div>
          {fees.map((fee, at) => (
            <div key={at} className="cluster bottom">
              <div className="grow">
                <TextField label={t.component} value={fee.name} onChange={(name) => setFee(at, { name })} />
              </div>
              <AmountField
                label={`${t.amount} ${issuer?.currency ?? ""}`} value={fee.amount} onChange={(amount) => setFee(at, { amount })}
                error={fee.amount && decimalFrom(fee.amount, DECIMALS) === null ? t.wrongAmount : null}
              />
              <Select
                label={t.recipient} value={fee.recipient} onChange={(recipient) => setFee(at, { recipient })}
                options={Object.entries(t.recipients).map(([value, label]) => ({ value, label }))}
              />
              <Button kind="quiet" icon aria-label={t.removeFee(fee.name)} isDisabled={fees.length === 1} onPress={() => setFees(fees.filter((_, place) => place !== at))}>
                <Trash2 aria-hidden />
              </Button>
            </div>
          ))}
          <div>
            <Button onPress={() => setFees([...fees, { name: "", amount: "", recipient: "district" }])}>
              <Plus aria-hidden /> {t.addFee}
            </Button>
          </div>
          <Checkbox selected={deliver} onChange={setDeliver}>
            {t.deliver}
          </Checkbox>
          <TextField label={t.override} hint={t.overrideHint} value={reason} onChange={setReason} />
        </div>
      </Card>
      <Card title={t.stepPreview}>
        <div className="stack">
          {!ready && <p className="soft">{references.length === 0 ? t.needMembers : t.needFee}</p>}
          {ready && (
            <>
              <p>
                <strong>{t.membersToBill(references.length)}</strong>
              </p>
              <SampleInvoice reference={references[0] ?? ""} issuerId={issuerId} kind={kind} components={components} season={season} date={date} />
              {forecast?.asked === asked ? (
                <RunForecast input={forecast.input} kind={kind} references={references} />
              ) : (
                <div>
                  <Button onPress={() => setForecast({ input: input(), asked })}>
                    <Calculator aria-hidden /> {forecasts.show}
                  </Button>
                </div>
              )}
              <Notice tone="warn">{t.approveText}</Notice>
            </>
          )}
          <CommandFailed outcome={command.outcome} />
          <div>
            <Button kind="primary" isDisabled={!ready} isPending={command.busy} onPress={() => void approve()}>
              <Stamp aria-hidden /> {t.approve}
            </Button>
          </div>
        </div>
      </Card>
    </Page>
  );
}

/** What the server takes; null while an amount cannot be read. */
function componentsOf(fees: readonly Fee[]) {
  const written = fees.filter((fee) => fee.name.trim() !== "" || fee.amount.trim() !== "");
  const read = written.map((fee) => ({ name: fee.name.trim(), amount: decimalFrom(fee.amount, DECIMALS) ?? "", recipientType: fee.recipient, code: "", taxCategory: "" }));
  return read.every((each) => each.amount !== "" && each.name !== "") ? read : null;
}
