/** A template being typed: the form beside what the debtor gets, and what is to be looked at before it is saved. */
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useQuery } from "urql";
import { type Failure, useCommand } from "../../graphql/command";
import type { TemplatesQuery } from "../../graphql/generated/graphql";
import { newKey } from "../../graphql/idempotency";
import { useRefusals } from "../../refusals/refusals";
import { Button } from "../../ui/Button";
import { CommandFailed } from "../../ui/failures";
import { Card, Notice } from "../../ui/parts";
import { toast } from "../../ui/toasts";
import { useSettled } from "../../ui/useSettled";
import type { IssuerSettings } from "../settings";
import { useMessages } from "./messages";
import { CHOOSE_DEFAULT, DEFINE_TEMPLATE, REPORT, REVISE_TEMPLATE } from "./operations";
import { PreviewPane, ZOOMS } from "./PreviewPane";
import { TemplateFields } from "./TemplateFields";
import { type Finding, TemplateFindings } from "./TemplateFindings";
import { designOf, languagesOf, named, placeOf, previewBody, type Template, type TemplateForm } from "./templateForm";
import { type TemplatePreview, useTemplatePreview } from "./useTemplatePreview";

// The check looks at all languages at once; it may come a little after the picture.
const REST_MS = 600;

interface TemplateEditorProps {
  readonly template: Template | null;
  readonly begin: TemplateForm;
  readonly issuer: IssuerSettings;
  /** Whose a new template is; null for the federation's. */
  readonly owner: string | null;
  readonly previewUrl: string;
  readonly invoices: readonly TemplatesQuery["invoices"]["edges"][number]["node"][];
  readonly onSaved: (id: string) => void;
  /** Begin again with what is saved now; what was typed is given up. */
  readonly onReload: () => Promise<void>;
}

export function TemplateEditor({ template, begin, issuer, owner, previewUrl, invoices, onSaved, onReload }: TemplateEditorProps) {
  const t = useMessages();
  const [form, setForm] = useState(begin);
  const [language, setLanguage] = useState(issuer.language);
  const [url, setUrl] = useState(previewUrl);
  const [view, setView] = useState({ page: 1, zoom: 0 });
  const body = previewBody(form, language);
  const preview = useTemplatePreview(url, body, view.page, (ZOOMS[view.zoom] ?? ZOOMS[0]).dots);
  const { findings, failed } = useReport(issuer.id, form);
  const { save, choose, busy, outcome, stale } = useSaving(template, owner, form, onSaved);
  const errors = useFieldErrors(outcome, preview);
  const change = (changed: Partial<TemplateForm>) => setForm((was) => ({ ...was, ...changed }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  const choices = [{ value: previewUrl, label: t.sample }];
  for (const each of invoices) {
    if (each.templatePreviewUrl) choices.push({ value: each.templatePreviewUrl, label: `${each.number}, ${each.debtorName}` });
  }
  return (
    <div className="columns template-editor">
      <Card title={template?.name ?? t.create}>
        <form className="stack" onSubmit={submit} noValidate>
          <p className="soft">
            {t.lead} {template && `${t.revision(template.revision)}.`}
          </p>
          <TemplateFields form={form} onChange={change} language={language} languages={languagesOf(form)} onLanguage={setLanguage} errors={errors} />
          <CommandFailed outcome={outcome} />
          {stale && (
            <div className="cluster">
              <Button onPress={() => void onReload()}>{t.showTheirs}</Button>
              <Button isDisabled={busy} onPress={() => void save(true)}>
                {t.saveOver}
              </Button>
            </div>
          )}
          <div className="cluster">
            <Button type="submit" kind="primary" isPending={busy}>
              {template ? t.save : t.create}
            </Button>
            {template && !template.issuerId && !template.isDefault && (
              <Button isDisabled={busy} onPress={() => void choose()}>
                {t.makeDefault}
              </Button>
            )}
            {JSON.stringify(designOf(form)) !== JSON.stringify(designOf(begin)) && <span className="small soft">{t.unsaved}</span>}
          </div>
        </form>
      </Card>
      <div className="stack beside">
        <PreviewPane
          preview={preview} view={view} onView={setView} language={language} languages={languagesOf(form)} onLanguage={setLanguage} url={url} choices={choices}
          onUrl={(chosen) => {
            setUrl(chosen);
            setView((was) => ({ ...was, page: 1 }));
          }}
          body={body}
        />
        <Card title={t.report}>
          {failed && <Notice tone="warn">{t.reportFailed}</Notice>}
          <TemplateFindings findings={findings} onColour={(primaryColour) => change({ primaryColour })} onLanguage={setLanguage} />
        </Card>
      </div>
    </div>
  );
}

/** What is wrong, by the place in the form: what saving refused, and what the preview could not draw. */
function useFieldErrors(outcome: Failure | { readonly kind: "done" } | null, preview: TemplatePreview): Readonly<Record<string, string>> {
  const refusals = useRefusals();
  const errors: Record<string, string> = {};
  const say = (code: string) => refusals[code as keyof typeof refusals] ?? refusals.INVALID_VALUE;
  if (preview.problem && preview.problem !== "unreachable") {
    for (const each of preview.problem.errors) errors[placeOf(each.pointer ?? "")] = say(preview.problem.code);
  }
  if (outcome?.kind === "refused") errors[placeOf(outcome.refusal.path)] = say(outcome.refusal.code);
  return errors;
}

function useReport(issuerId: string, form: TemplateForm): { readonly findings: readonly Finding[] | null; readonly failed: boolean } {
  const typed = useSettled(JSON.stringify(designOf(named(form))), REST_MS);
  const [{ data, error }] = useQuery({ query: REPORT, variables: { input: { issuerId, design: JSON.parse(typed) } }, requestPolicy: "network-only" });
  // While it is asked again, and while a colour is half typed, what was found last stays.
  const kept = useRef<readonly Finding[] | null>(null);
  const found = data?.templateReport.__typename === "TemplateReport" ? data.templateReport.findings : null;
  useEffect(() => {
    if (found) kept.current = found;
  }, [found]);
  return { findings: found ?? kept.current, failed: error !== undefined };
}

function useSaving(template: Template | null, owner: string | null, form: TemplateForm, onSaved: (id: string) => void) {
  const t = useMessages();
  const define = useCommand(DEFINE_TEMPLATE);
  const revise = useCommand(REVISE_TEMPLATE);
  const standard = useCommand(CHOOSE_DEFAULT);
  // The revision that this form began with: the list may be read again while somebody types.
  const [seen, setSeen] = useState(template?.revision ?? null);
  /** `over`: whatever somebody else saved meanwhile is known, and given up. */
  const save = async (over = false) => {
    const design = designOf(form);
    const came = template
      ? await revise.run({ templateId: template.id, design, expectedRevision: over ? null : seen, idempotencyKey: newKey() })
      : await define.run({ issuerId: owner, design, idempotencyKey: newKey() });
    if (came.kind !== "done") return;
    toast(t.saved);
    if (!came.answer.template) return;
    setSeen(came.answer.template.revision);
    onSaved(came.answer.template.id);
  };
  const choose = async () => {
    if (!template) return;
    const came = await standard.run({ templateId: template.id, idempotencyKey: newKey() });
    if (came.kind !== "done") return;
    toast(t.nowDefault);
    onSaved(template.id);
  };
  const stale = revise.outcome?.kind === "refused" && revise.outcome.refusal.code === "TEMPLATE_CHANGED";
  return { save, choose, stale, busy: define.busy || revise.busy || standard.busy, outcome: define.outcome ?? revise.outcome ?? standard.outcome };
}
