/** What the debt gate stops: one rule for each action, said in a sentence, and weighed before it is set. */
import { useState } from "react";
import { useQuery } from "urql";
import { useCommand } from "../graphql/command";
import { graphql } from "../graphql/generated";
import type { GateAction, GateRulesQuery, SetGatePolicyInput } from "../graphql/generated/graphql";
import { newKey } from "../graphql/idempotency";
import { useLanguage } from "../language/language";
import { decimalOf, formatAmount, minorFrom, typedDecimal } from "../money/money";
import { Button } from "../ui/Button";
import { CommandFailed, QueryFailed } from "../ui/failures";
import { AmountField, Select, TextField } from "../ui/fields";
import { Card, SkeletonLines } from "../ui/parts";
import { toast } from "../ui/toasts";
import { Table } from "../ui/Table";
import { useGateMessages } from "./gateMessages";

const RULES = graphql(`
  query GateRules {
    gatePolicy {
      version
      rules {
        action
        blocks
        overdueOnly
        graceDays
        minimumMinor
        excludeDisputed
        excludePayingInvoice
      }
    }
  }
`);

const WHAT_IF = graphql(`
  query GateWhatIf($input: SetGatePolicyInput!) {
    previewGatePolicy(input: $input) {
      ... on GateWhatIf {
        debtors
        actions {
          action
          blockedNow
          blockedThen
          newlyBlocked
        }
      }
      ...Refusal @unmask
    }
  }
`);

const SET = graphql(`
  mutation SetGatePolicy($input: SetGatePolicyInput!) {
    setGatePolicy(input: $input) {
      ... on SetGatePolicySuccess {
        version
      }
      ...Refusal @unmask
    }
  }
`);

type Rule = GateRulesQuery["gatePolicy"]["rules"][number];
// The threshold holds in each currency by itself; two decimals are what every currency of the demo has.
const THRESHOLD_CURRENCY = "SEK";

export function GateTab() {
  const [{ data, error }, again] = useQuery({ query: RULES, requestPolicy: "cache-and-network" });
  if (error) return <QueryFailed error={error} />;
  if (!data) return <SkeletonLines lines={6} />;
  return <GateForm key={data.gatePolicy.version} rules={data.gatePolicy.rules} onSet={() => again({ requestPolicy: "network-only" })} />;
}

function GateForm({ rules: inForce, onSet }: { readonly rules: readonly Rule[]; readonly onSet: () => void }) {
  const t = useGateMessages();
  const [rules, setRules] = useState(inForce);
  const [weighed, setWeighed] = useState<SetGatePolicyInput | null>(null);
  const command = useCommand(SET);
  const change = (changed: Rule) => {
    setWeighed(null);
    setRules(rules.map((rule) => (rule.action === changed.action ? changed : rule)));
  };
  const input = () => ({ rules: rules.map(({ __typename: _, ...rule }: Rule & { __typename?: string }) => rule) });
  const save = async () => {
    const outcome = await command.run({ ...input(), idempotencyKey: newKey() });
    if (outcome.kind !== "done") return;
    toast(t.saved);
    setWeighed(null);
    onSet();
  };
  return (
    <div className="stack wide">
      <p className="soft">{t.lead}</p>
      {rules.map((rule) => (
        <RuleCard key={rule.action} rule={rule} onChange={change} />
      ))}
      {weighed && <WhatIf input={weighed} />}
      <CommandFailed outcome={command.outcome} />
      <div className="cluster">
        <Button onPress={() => setWeighed(input())}>{t.weigh}</Button>
        <Button kind="primary" isDisabled={weighed === null} isPending={command.busy} onPress={() => void save()}>
          {t.save}
        </Button>
        {weighed === null && <span className="small soft">{t.weighFirst}</span>}
      </div>
    </div>
  );
}

function RuleCard({ rule, onChange }: { readonly rule: Rule; readonly onChange: (rule: Rule) => void }) {
  const t = useGateMessages();
  const spoken = useLanguage();
  const [amount, setAmount] = useState(typedDecimal(decimalOf({ minor: BigInt(rule.minimumMinor), currency: THRESHOLD_CURRENCY }), spoken));
  const mode = !rule.blocks ? "open" : rule.overdueOnly ? "overdue" : "any";
  const typed = (text: string) => {
    setAmount(text);
    const minor = minorFrom(text, THRESHOLD_CURRENCY);
    if (minor !== null && minor >= 0n) onChange({ ...rule, minimumMinor: minor.toString() });
  };
  return (
    <Card title={t.action[rule.action]}>
      <div className="stack">
        <p>{sentence(rule, t, spoken)}</p>
        <div className="grid-fields">
          <Select
            label={t.stops} value={mode}
            onChange={(chosen) => onChange({ ...rule, blocks: chosen !== "open", overdueOnly: chosen === "overdue" })}
            options={[
              { value: "any", label: t.modes.any },
              { value: "overdue", label: t.modes.overdue },
              { value: "open", label: t.modes.open },
            ]}
          />
          {mode === "overdue" && (
            <TextField
              label={t.grace} type="number" min={0} max={90} value={String(rule.graceDays)}
              onChange={(days) => onChange({ ...rule, graceDays: Math.max(0, Math.min(90, Number.parseInt(days, 10) || 0)) })}
            />
          )}
          {mode !== "open" && <AmountField label={t.minimum} hint={t.minimumHint} value={amount} onChange={typed} />}
        </div>
      </div>
    </Card>
  );
}

/** The rule in one plain sentence. */
export function sentence(
  rule: Pick<Rule, "action" | "blocks" | "overdueOnly" | "graceDays" | "minimumMinor">, t: ReturnType<typeof useGateMessages>, spoken: string,
): string {
  if (!rule.blocks) return t.open[rule.action];
  const least = BigInt(rule.minimumMinor) > 0n ? t.least(formatAmount({ minor: BigInt(rule.minimumMinor), currency: THRESHOLD_CURRENCY }, spoken)) : "";
  return t.sentence(rule.overdueOnly ? t.late(rule.graceDays) : t.unpaid, least, t.may[rule.action]);
}

function WhatIf({ input }: { readonly input: SetGatePolicyInput }) {
  const t = useGateMessages();
  const [{ data, error, fetching }] = useQuery({ query: WHAT_IF, variables: { input }, requestPolicy: "network-only" });
  if (error) return <QueryFailed error={error} />;
  if (!data || fetching) return <SkeletonLines lines={2} />;
  const found = data.previewGatePolicy;
  if (found.__typename === "Refused") return <CommandFailed outcome={{ kind: "refused", refusal: found }} />;
  if (found.__typename !== "GateWhatIf") return null;
  return (
    <section className="card flush" aria-live="polite" aria-label={t.whatIf}>
      <p className="small soft" style={{ padding: "var(--space-4) var(--space-4) 0" }}>
        {found.actions.length > 0 ? t.ofDebtors(found.debtors) : t.tooMany}
      </p>
      <Table
        label={t.whatIf} rows={found.actions} keyOf={({ action }) => action}
        columns={[
          { head: t.whatIf, names: true, cell: ({ action }) => t.action[action as GateAction] },
          { head: t.now, end: true, cell: ({ blockedNow }) => blockedNow },
          { head: t.then, end: true, cell: ({ blockedThen }) => blockedThen },
          { head: t.newly, end: true, cell: ({ newlyBlocked }) => newlyBlocked },
        ]}
      />
    </section>
  );
}
