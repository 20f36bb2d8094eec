/**
 * Write an invoice. What is typed is kept as a draft on the server as soon as debtor and one line are there; beside it
 * stands the server's own preview. Issuing is one more, deliberate step.
 */
import { Plus, Stamp, Trash2 } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useQuery } from "urql";
import { useSettled } from "../ui/useSettled";
import { DebtorPicker } from "../debtors/DebtorPicker";
import { useSignedIn } from "../app/session";
import { useDetail } from "../refusals/details";
import { useRefusals } from "../refusals/refusals";
import { formatTime } from "../dates/dates";
import { useZone } from "../app/time";
import { type IssuerChoice, useIssuers, useSeasonOptions } from "../issuers/useIssuers";
import { useTaxWords } from "../issuers/words";
import { useLanguage } from "../language/language";
import { Button } from "../ui/Button";
import { useMessages as useUi } from "../ui/messages";
import { CommandFailed, QueryFailed } from "../ui/failures";
import { AmountField, Select, TextArea, TextField } from "../ui/fields";
import { Card, Page, PageHeader, SkeletonLines } from "../ui/parts";
import { IssueDialog } from "./actions/DocumentDialogs";
import { contentOf, type DraftForm, EMPTY_LINE, type LineForm, placeOf, TAX_CATEGORIES } from "./draft";
import { DraftPreview, useDraftPreview } from "./DraftPreview";
import { useMessages } from "./formMessages";
import { DRAFT_TO_EDIT, type Begun, useDraft } from "./useDraft";

export function Component() {
  const { id } = useParams();
  const issuers = useIssuers();
  const [{ data, error }] = useQuery({ query: DRAFT_TO_EDIT, variables: { id: id ?? "" }, pause: !id, requestPolicy: "network-only" });
  if (error) return <Page><QueryFailed error={error} /></Page>;
  if (!issuers || (id && !data)) return <Page><SkeletonLines lines={8} /></Page>;
  return <DraftEditor key={id ?? "new"} issuers={issuers} begun={data?.invoice ?? null} />;
}

function DraftEditor({ issuers, begun }: { readonly issuers: readonly IssuerChoice[]; readonly begun: Begun | null }) {
  const t = useMessages();
  const ui = useUi();
  const navigate = useNavigate();
  const draft = useDraft(issuers, begun);
  const { form, setForm, issuer, debtor } = draft;
  const seasons = useSeasonOptions(issuer);
  const zone = useZone(issuer?.id);
  const spoken = useLanguage();
  const [issuing, setIssuing] = useState(false);
  const settled = useSettled(form, 350);
  const { content, faults, kept: lines } = useMemo(() => contentOf(settled), [settled]);
  const ready = debtor !== null && content.lines.length > 0 && Object.keys(faults).length === 0;
  const refusals = useRefusals();
  const detail = useDetail();
  const preview = useDraftPreview(issuer?.id ?? null, debtor?.id ?? null, ready ? content : null);
  const previewed = preview.answer?.__typename === "Refused" ? preview.answer : null;
  const refusal = draft.outcome?.kind === "refused" ? draft.outcome.refusal : previewed;
  const { keep } = draft;
  // Also after signing in again: what could not be kept then is kept now.
  const { state } = useSignedIn();
  useEffect(() => {
    if (ready && state === "signed-in") void keep(content);
  }, [ready, content, keep, state]);
  const kept = settled === form && draft.isKept(content);
  const errorAt = (place: string) => {
    if (faults[place]) return faults[place] === "amount" ? t.wrongAmount : t.wrongQuantity;
    return refusal && placeOf(refusal.path, lines) === place ? (detail(refusal) ?? refusals[refusal.code]) : null;
  };
  const setLine = (at: number, change: Partial<LineForm>) =>
    setForm((was) => ({ ...was, lines: was.lines.map((line, place) => (place === at ? { ...line, ...change } : line)) }));
  const set = (change: Partial<DraftForm>) => setForm((was) => ({ ...was, ...change }));
  return (
    <Page>
      <PageHeader title={begun ? t.formEdit : t.formNew} lead={t.formLead}>
        <span className="small soft" role="status">
          {draft.busy ? t.keeping : draft.keptAt ? t.keptAt(formatTime(draft.keptAt, spoken, zone)) : ""}
        </span>
        {draft.id && <Link to={`/invoices/${draft.id}`}>{t.seeDraft}</Link>}
        <Button kind="primary" isDisabled={!ready || !kept || draft.busy} onPress={() => setIssuing(true)}>
          <Stamp aria-hidden /> {t.issueDo}…
        </Button>
      </PageHeader>
      <div className="columns main-first">
        <div className="stack wide">
          <Card>
            <div className="grid-fields">
              {issuers.length > 1 && (
                <Select
                  label={t.issuer} value={issuer?.id ?? ""} onChange={draft.chooseIssuer} disabled={draft.id !== null}
                  options={issuers.map((each) => ({ value: each.id, label: each.name }))}
                />
              )}
              {draft.id !== null && debtor ? (
                <TextField label={t.pickDebtor} value={`${debtor.name} ${debtor.reference}`} onChange={() => undefined} readOnly />
              ) : (
                <DebtorPicker label={t.pickDebtor} hint={t.pickDebtorHint} value={debtor} onChange={draft.chooseDebtor} autoFocus />
              )}
              <Select
                label={t.season} value={form.season} onChange={(season) => set({ season })} error={errorAt("season")}
                options={seasons}
              />
              <TextField label={t.terms} hint={t.termsHint} value={form.termsDays} inputMode="numeric" onChange={(termsDays) => set({ termsDays })} error={errorAt("termsDays")} />
            </div>
          </Card>
          {form.lines.map((line, at) => (
            <LineFields
              key={at} at={at} line={line} currency={form.currency || issuer?.currency || ""} errorAt={errorAt} onChange={(change) => setLine(at, change)}
              {...(form.lines.length > 1 ? { onRemove: () => set({ lines: form.lines.filter((_, place) => place !== at) }) } : {})}
            />
          ))}
          <div>
            <Button onPress={() => set({ lines: [...form.lines, EMPTY_LINE] })}>
              <Plus aria-hidden /> {t.addLine}
            </Button>
          </div>
          <TextArea label={t.notes} value={form.notes} onChange={(notes) => set({ notes })} />
          <CommandFailed outcome={draft.outcome} />
          {draft.outcome?.kind === "lost" && (
            <div>
              <Button isDisabled={draft.busy} onPress={() => void keep(content)}>
                {ui.again}
              </Button>
            </div>
          )}
        </div>
        <DraftPreview preview={preview} />
      </div>
      {issuing && draft.id && (
        <IssueDialog
          id={draft.id} onClose={() => setIssuing(false)}
          onDone={() => void navigate(`/invoices/${draft.id}`)}
        />
      )}
    </Page>
  );
}

interface LineFieldsProps {
  readonly at: number;
  readonly line: LineForm;
  readonly currency: string;
  readonly errorAt: (place: string) => string | null | undefined;
  readonly onChange: (change: Partial<LineForm>) => void;
  readonly onRemove?: () => void;
}

function LineFields({ at, line, currency, errorAt, onChange, onRemove }: LineFieldsProps) {
  const t = useMessages();
  const tax = useTaxWords();
  return (
    <fieldset className="card line-fields">
      <legend className="visually-hidden">{t.line(at + 1)}</legend>
      <div className="wide">
        <TextField label={t.description} value={line.description} maxLength={250} onChange={(description) => onChange({ description })} error={errorAt(`lines.${at}.description`)} />
      </div>
      <AmountField label={t.quantity} value={line.quantity} onChange={(quantity) => onChange({ quantity })} error={errorAt(`lines.${at}.quantity`)} />
      <AmountField label={`${t.unitPrice} ${currency}`} value={line.unitPrice} onChange={(unitPrice) => onChange({ unitPrice })} error={errorAt(`lines.${at}.unitPrice`)} />
      <AmountField label={t.discountPercent} value={line.discountPercent} onChange={(discountPercent) => onChange({ discountPercent })} error={errorAt(`lines.${at}.discountPercent`)} />
      <Select
        label={t.taxCategory} value={line.taxCategory} onChange={(taxCategory) => onChange({ taxCategory })} error={errorAt(`lines.${at}.taxCategory`)}
        options={[{ value: "", label: t.taxDefault }, ...TAX_CATEGORIES.map((each) => ({ value: each.toLowerCase(), label: tax[each] }))]}
      />
      {onRemove && (
        <Button kind="quiet" icon aria-label={t.removeLine(at + 1)} onPress={onRemove}>
          <Trash2 aria-hidden />
        </Button>
      )}
    </fieldset>
  );
}
