/** Whom to bill: a member list, checked row by row before anything is imported, or numbers one types. */
import { FileUp } from "lucide-react";
import { useState } from "react";
import { DropZone, FileTrigger, type FileDropItem } from "react-aria-components";
import { Problem, sendFile } from "../app/rest";
import { Button } from "../ui/Button";
import { RequestFailed } from "../ui/failures";
import { TextArea } from "../ui/fields";
import { Notice, SkeletonLines } from "../ui/parts";
import { useFileMessages } from "./fileMessages";
import { FileProblems } from "./FileProblems";
import type { RowProblem } from "./fileProblems";
import { memberNumbers } from "./memberNumbers";
import { useMessages } from "./messages";
import { type MissingClub, MissingClubs } from "./MissingClubs";

interface Report {
  readonly imported: boolean;
  readonly encoding: string;
  readonly delimiter: string;
  readonly good_rows: number;
  readonly bad_rows: number;
  readonly created: number;
  readonly revised: number;
  readonly unchanged: number;
  readonly problems: readonly RowProblem[];
  readonly warnings: readonly RowProblem[];
  readonly missing_clubs: readonly MissingClub[];
}

type State =
  | { readonly step: "choose"; readonly error?: unknown }
  | { readonly step: "busy" }
  | { readonly step: "checked" | "imported"; readonly file: File; readonly report: Report; readonly error?: unknown; readonly made?: number };

interface MembersStepProps {
  readonly references: readonly string[];
  readonly onChange: (references: readonly string[]) => void;
}

export function MembersStep({ references, onChange }: MembersStepProps) {
  const t = useMessages();
  const [state, setState] = useState<State>({ step: "choose" });
  const words = useFileMessages();
  const check = async (file: File | undefined, made?: number) => {
    if (!file) return;
    setState({ step: "busy" });
    onChange([]);
    try {
      setState({ step: "checked", file, report: await upload(file, "preview=true"), ...(made === undefined ? {} : { made }) });
    } catch (error) {
      setState({ step: "choose", error });
    }
  };
  const take = async (file: File, report: Report) => {
    setState({ step: "busy" });
    try {
      const came = await upload(file, report.bad_rows > 0 ? "good_rows_only=true" : "preview=false");
      onChange(await memberNumbers(file, report));
      setState({ step: "imported", file, report: came });
    } catch (error) {
      setState({ step: "checked", file, report, error });
    }
  };
  if (state.step === "busy") {
    return (
      <div className="stack tight" role="status">
        <p>{t.reading}</p>
        <SkeletonLines />
      </div>
    );
  }
  if (state.step === "choose") {
    return (
      <div className="columns">
        <div className="stack tight">
          <h3>{t.upload}</h3>
          <RequestFailed error={state.error} />
          <DropZone className="drop" onDrop={(event) => void event.items.filter((item): item is FileDropItem => item.kind === "file")[0]?.getFile().then(check)}>
            <FileUp aria-hidden size={28} />
            <p>{t.dropHere}</p>
            <FileTrigger acceptedFileTypes={["text/csv", ".csv", ".txt"]} onSelect={(files) => void check(files?.[0])}>
              <Button>{t.chooseFile}</Button>
            </FileTrigger>
          </DropZone>
          <p className="small soft">{t.columns}</p>
        </div>
        <div className="stack tight">
          <h3>{t.pick}</h3>
          <Numbers references={references} onChange={onChange} />
        </div>
      </div>
    );
  }
  const { file, report } = state;
  return (
    <div className="stack">
      <RequestFailed error={state.error} />
      {state.step === "imported" ? (
        <Notice tone="good">
          {t.imported(report.created, report.revised, report.unchanged)} {t.membersToBill(references.length)}.
        </Notice>
      ) : (
        <Notice tone={report.bad_rows > 0 ? "warn" : "good"}>
          <strong>{file.name}</strong>: {t.fileGood(report.good_rows)}
          {report.bad_rows > 0 && `, ${t.fileBad(report.bad_rows)}. ${report.good_rows > 0 ? t.repair : t.repairAll}`}
        </Notice>
      )}
      {state.made !== undefined && <Notice tone="good">{words.clubsMade(state.made)}</Notice>}
      {state.step === "checked" && report.missing_clubs.length > 0 && (
        <MissingClubs clubs={report.missing_clubs} onMade={(count) => void check(file, count)} />
      )}
      {report.problems.length > 0 && <FileProblems title={t.problem} problems={report.problems} />}
      {report.warnings.length > 0 && (
        <details>
          <summary>
            {t.warnings} ({report.warnings.length})
          </summary>
          <FileProblems title={t.warnings} problems={report.warnings} />
        </details>
      )}
      <div className="cluster">
        {state.step === "checked" && report.good_rows > 0 && (
          <Button kind="primary" onPress={() => void take(file, report)}>
            {report.bad_rows > 0 ? t.importGood : t.importAll} ({report.good_rows})
          </Button>
        )}
        <Button
          onPress={() => {
            onChange([]);
            setState({ step: "choose" });
          }}
        >
          {t.another}
        </Button>
      </div>
    </div>
  );
}

function Numbers({ references, onChange }: MembersStepProps) {
  const t = useMessages();
  const [typed, setTyped] = useState(references.join("\n"));
  const read = (text: string) => {
    setTyped(text);
    onChange([...new Set(text.split(/[\s,;]+/).filter(Boolean))]);
  };
  return <TextArea label={t.references} hint={t.referencesHint} value={typed} onChange={read} rows={7} spellCheck={false} />;
}

async function upload(file: File, query: string): Promise<Report> {
  try {
    return await sendFile<Report>(`/api/v1/members/import?${query}`, file, "text/csv");
  } catch (error) {
    if (error instanceof Problem && typeof error.body.report === "object" && error.body.report) return error.body.report as Report;
    throw error;
  }
}
