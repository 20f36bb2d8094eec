/** What the debtor will get: one page as a picture, its language, its size, and the whole as PDF. */
import { ChevronLeft, ChevronRight, Download, ZoomIn, ZoomOut } from "lucide-react";
import { useState } from "react";
import { postForFile } from "../../app/rest";
import { Button } from "../../ui/Button";
import { download } from "../../ui/download";
import { Select } from "../../ui/fields";
import { Notice, Skeleton } from "../../ui/parts";
import { capital, useLanguageNames } from "./TemplateFindings";
import { useMessages } from "./messages";
import type { TemplatePreview } from "./useTemplatePreview";

export interface PreviewView {
  readonly page: number;
  readonly zoom: number;
}

/** Widths in per cent of the pane, and the dots an inch that look sharp in them. */
export const ZOOMS = [
  { percent: 100, dots: 120 },
  { percent: 150, dots: 170 },
  { percent: 220, dots: 220 },
] as const;

interface PreviewPaneProps {
  readonly preview: TemplatePreview;
  readonly view: PreviewView;
  readonly onView: (view: PreviewView) => void;
  readonly language: string;
  readonly languages: readonly string[];
  readonly onLanguage: (language: string) => void;
  readonly url: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onUrl: (url: string) => void;
  readonly body: unknown;
}

export function PreviewPane({ preview, view, onView, language, languages, onLanguage, url, choices, onUrl, body }: PreviewPaneProps) {
  const t = useMessages();
  const names = useLanguageNames();
  const zoom = ZOOMS[view.zoom] ?? ZOOMS[0];
  return (
    <section className="preview-pane stack tight" aria-label={t.preview}>
      <div className="cluster bottom">
        <div className="grow">
          <Select label={t.previewLanguage} value={language} onChange={onLanguage} options={languages.map((each) => ({ value: each, label: capital(names(each)) }))} />
        </div>
        <div className="grow">
          <Select label={t.previewWith} value={url} onChange={onUrl} options={choices} />
        </div>
      </div>
      <div className="preview-sheet" aria-busy={preview.busy} tabIndex={0} role="group" aria-label={t.previewOf(names(language), preview.page, preview.pages)}>
        {preview.address ? (
          <img src={preview.address} alt={t.previewOf(names(language), preview.page, preview.pages)} style={{ width: `${zoom.percent}%` }} />
        ) : preview.problem ? null : (
          <Skeleton height="40rem" />
        )}
      </div>
      <p className="small soft" role="status">
        {preview.busy ? t.drawing : t.drawn(capital(names(language)), preview.page, preview.pages)}
      </p>
      {preview.problem && !preview.busy && <PreviewProblem preview={preview} />}
      <div className="cluster apart">
        <div className="cluster">
          <Button small icon aria-label={t.before} isDisabled={preview.page <= 1} onPress={() => onView({ ...view, page: preview.page - 1 })}>
            <ChevronLeft aria-hidden size={18} />
          </Button>
          <Button small icon aria-label={t.after} isDisabled={preview.page >= preview.pages} onPress={() => onView({ ...view, page: preview.page + 1 })}>
            <ChevronRight aria-hidden size={18} />
          </Button>
          <Button small icon aria-label={t.smaller} isDisabled={view.zoom === 0} onPress={() => onView({ ...view, zoom: view.zoom - 1 })}>
            <ZoomOut aria-hidden size={18} />
          </Button>
          <Button small icon aria-label={t.larger} isDisabled={view.zoom >= ZOOMS.length - 1} onPress={() => onView({ ...view, zoom: view.zoom + 1 })}>
            <ZoomIn aria-hidden size={18} />
          </Button>
        </div>
        <PdfButton url={url} body={body} language={language} />
      </div>
    </section>
  );
}

function PreviewProblem({ preview }: { readonly preview: TemplatePreview }) {
  const t = useMessages();
  const { problem } = preview;
  if (problem === null || problem === "unreachable") return <Notice tone="warn">{t.previewUnreachable}</Notice>;
  const busy = problem.retryAfter !== null;
  return (
    <Notice tone="warn">
      {busy ? t.previewBusy : problem.status === 403 ? t.previewForbidden : t.previewRefused}
      {!busy && (
        <p className="small soft" lang="en">
          {problem.message}
        </p>
      )}
    </Notice>
  );
}

function PdfButton({ url, body, language }: { readonly url: string; readonly body: unknown; readonly language: string }) {
  const t = useMessages();
  const [state, setState] = useState<"ready" | "busy" | "failed">("ready");
  const run = async () => {
    setState("busy");
    try {
      const { blob } = await postForFile(`${url}&format=pdf`, body, "application/pdf, application/problem+json");
      download(`${t.previewFile}-${language}.pdf`, blob, "application/pdf");
      setState("ready");
    } catch {
      setState("failed");
    }
  };
  return (
    <div className="cluster">
      {state === "failed" && <span role="alert">{t.previewUnreachable}</span>}
      <Button small isDisabled={state === "busy"} onPress={() => void run()}>
        <Download aria-hidden size={16} /> {t.pdf}
      </Button>
    </div>
  );
}
