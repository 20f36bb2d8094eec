/** The authenticator app and the recovery codes beside it: set up, removed, made anew. */
import { ShieldCheck, ShieldOff } from "lucide-react";
import { useState } from "react";
import { useDoing } from "../app/requests";
import { sendJson } from "../app/rest";
import { begin, recall, type Session } from "../app/session";
import { Ask } from "../ui/Ask";
import { Button } from "../ui/Button";
import { TextField } from "../ui/fields";
import { OneTime } from "../ui/OneTime";
import { Card, Notice, Status } from "../ui/parts";
import { useMessages } from "./messages";

interface Begun {
  readonly secret: string;
  readonly qr_svg: string;
}

type Step = { readonly is: "begun"; readonly begun: Begun } | { readonly is: "remove" | "renew" } | { readonly is: "codes"; readonly codes: readonly string[] };

export function TotpCard({ session }: { readonly session: Session }) {
  const t = useMessages();
  const [step, setStep] = useState<Step | null>(null);
  const { failed, attempt } = useDoing();
  const { totp, recovery_codes: left } = session.second_factors;
  const start = () =>
    attempt(async () => {
      setStep({ is: "begun", begun: await sendJson<Begun>("POST", "/auth/totp/begin", {}) });
    });
  const close = () => setStep(null);
  return (
    <Card title={t.totp}>
      <div className="stack">
        <div className="cluster apart">
          <Status tone={totp ? "good" : "warn"} icon={totp ? ShieldCheck : ShieldOff}>
            {totp ? t.on : t.off}
          </Status>
          {/* Not disabled meanwhile: the focus comes back to it. */}
          <Button kind={totp ? "secondary" : "primary"} onPress={() => (totp ? setStep({ is: "remove" }) : void start())}>
            {totp ? t.totpRemove : t.totpBegin}
          </Button>
        </div>
        <p className="small soft">{totp ? t.totpOn : t.totpOff}</p>
        {failed && <Notice tone="bad">{failed}</Notice>}
        {totp && (
          <div className="stack tight">
            <h3>{t.codes}</h3>
            <p className="small soft">{t.codesLead}</p>
            <div className="cluster apart">
              <span className="numeric">{t.codesLeft(left)}</span>
              <Button small onPress={() => setStep({ is: "renew" })}>
                {t.codesNew}
              </Button>
            </div>
          </div>
        )}
      </div>
      {step?.is === "begun" && <Confirm begun={step.begun} onClose={close} onDone={(codes) => setStep({ is: "codes", codes })} />}
      {step?.is === "remove" && <Remove onClose={close} />}
      {step?.is === "renew" && <Renew onClose={close} onDone={(codes) => setStep({ is: "codes", codes })} />}
      {step?.is === "codes" && <RecoveryCodes codes={step.codes} onClose={close} />}
    </Card>
  );
}

interface Next {
  readonly onClose: () => void;
  readonly onDone: (codes: readonly string[]) => void;
}

function Confirm({ begun, onClose, onDone }: Next & { readonly begun: Begun }) {
  const t = useMessages();
  const [code, setCode] = useState("");
  const { busy, failed, attempt } = useDoing();
  const submit = async () => {
    await attempt(async () => {
      const answer = await sendJson<{ recovery_codes: readonly string[]; session: Session }>("POST", "/auth/totp/confirm", { code: code.trim() });
      // The codes first: the new session shows the page anew, and they are shown only now.
      onDone(answer.recovery_codes);
      begin(answer.session);
    });
  };
  return (
    <Ask title={t.totpTitle} button={t.totpConfirm} busy={busy} onClose={onClose} onSubmit={submit}>
      <p>{t.totpScan}</p>
      {/* As an image: what came from elsewhere is no part of the page. */}
      <img className="qr" alt={t.totpQr} src={`data:image/svg+xml,${encodeURIComponent(begun.qr_svg)}`} />
      <p className="small">
        {t.totpByHand} <span className="secret">{begun.secret.replace(/(.{4})/g, "$1 ").trim()}</span>
      </p>
      {failed && <Notice tone="bad">{failed}</Notice>}
      <TextField label={t.totpCode} value={code} onChange={setCode} required autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={12} />
    </Ask>
  );
}

function Remove({ onClose }: { readonly onClose: () => void }) {
  const t = useMessages();
  const { busy, failed, attempt } = useDoing();
  const submit = async () => {
    const done = await attempt(async () => begin((await sendJson<{ session: Session }>("POST", "/auth/totp/remove", {})).session));
    if (done) onClose();
  };
  return (
    <Ask title={t.totpRemoveTitle} button={t.totpRemove} danger busy={busy} onClose={onClose} onSubmit={submit}>
      <p>{t.totpRemoveText}</p>
      {failed && <Notice tone="bad">{failed}</Notice>}
    </Ask>
  );
}

function Renew({ onClose, onDone }: Next) {
  const t = useMessages();
  const { busy, failed, attempt } = useDoing();
  const submit = async () => {
    await attempt(async () => {
      onDone((await sendJson<{ recovery_codes: readonly string[] }>("POST", "/auth/recovery-codes", {})).recovery_codes);
      await recall();
    });
  };
  return (
    <Ask title={t.codesNewTitle} button={t.codesNew} danger busy={busy} onClose={onClose} onSubmit={submit}>
      <p>{t.codesNewText}</p>
      {failed && <Notice tone="bad">{failed}</Notice>}
    </Ask>
  );
}

function RecoveryCodes({ codes, onClose }: { readonly codes: readonly string[]; readonly onClose: () => void }) {
  const t = useMessages();
  const text = codes.join("\n");
  return (
    <OneTime
      title={t.codes} lead={<p>{t.codesLead}</p>} text={text} file={{ name: "carreau-recovery-codes.txt", text: `Carreau\n\n${text}\n`, mediaType: "text/plain;charset=utf-8" }}
      printable onClose={onClose}
    />
  );
}
