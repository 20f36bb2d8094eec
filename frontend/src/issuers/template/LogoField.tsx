/** The logo: chosen from a file, checked by the server's rules, taken away again. */
import { ImageUp, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { Problem, sendFile } from "../../app/rest";
import { Button } from "../../ui/Button";
import { Notice } from "../../ui/parts";
import { LOGO_FILES, preparedLogo } from "./logoFile";
import { useMessages } from "./messages";

interface LogoFieldProps {
  readonly logo: string;
  readonly error: string | null;
  readonly onChange: (logo: string, mediaType: string) => void;
}

interface Stored {
  readonly digest: string;
  readonly media_type: string;
}

export function LogoField({ logo, error, onChange }: LogoFieldProps) {
  const t = useMessages();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ readonly text: string; readonly detail: string } | null>(null);
  const upload = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    setFailed(null);
    try {
      const prepared = await preparedLogo(file);
      const stored = await sendFile<Stored>("/api/v1/logos", prepared, "application/octet-stream");
      onChange(stored.digest, stored.media_type);
    } catch (problem) {
      // What is far too large is not even read.
      const code = problem instanceof Problem ? (problem.status === 413 ? "LOGO_TOO_LARGE" : problem.code) : "";
      setFailed({ text: t.logoProblem[code as keyof typeof t.logoProblem] ?? t.logoFailed, detail: problem instanceof Problem ? problem.message : "" });
    } finally {
      setBusy(false);
      // The same file can be chosen again after it was repaired.
      if (input.current) input.current.value = "";
    }
  };
  return (
    <div className="field" role="group" aria-label={t.logo}>
      <span className="label">{t.logo}</span>
      <div className="cluster">
        <input
          ref={input} type="file" accept={LOGO_FILES} className="visually-hidden" aria-label={t.logoChoose} tabIndex={-1}
          onChange={(event) => void upload(event.target.files?.[0])}
        />
        <Button small isDisabled={busy} onPress={() => input.current?.click()}>
          <ImageUp aria-hidden size={16} /> {logo ? t.logoReplace : t.logoChoose}
        </Button>
        {logo && (
          <Button small kind="quiet" isDisabled={busy} onPress={() => onChange("", "")}>
            <Trash2 aria-hidden size={16} /> {t.logoRemove}
          </Button>
        )}
        <span className="small soft">{busy ? t.logoBusy : logo ? t.logoThere : t.logoNone}</span>
      </div>
      <span className="hint">{t.logoHint}</span>
      {(failed || error) && (
        <Notice tone="bad">
          {failed?.text ?? error}
          {failed?.detail && (
            <p className="small soft" lang="en">
              {failed.detail}
            </p>
          )}
        </Notice>
      )}
    </div>
  );
}
