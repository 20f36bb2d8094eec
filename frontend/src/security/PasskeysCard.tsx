/** One's passkeys: registered on this device, named, removed. */
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { useAsked, useDoing } from "../app/requests";
import { Problem, sendJson } from "../app/rest";
import { recall } from "../app/session";
import { useZone } from "../app/time";
import { Ask } from "../ui/Ask";
import { Button } from "../ui/Button";
import { RequestFailed } from "../ui/failures";
import { TextField } from "../ui/fields";
import { Card, InstantText, Notice, SkeletonLines } from "../ui/parts";
import { toast } from "../ui/toasts";
import { useMessages } from "./messages";

interface Passkey {
  readonly id: string;
  readonly label: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
}

export function PasskeysCard() {
  const t = useMessages();
  const zone = useZone();
  const { data, error, again } = useAsked<{ passkeys: readonly Passkey[] }>("/auth/passkeys");
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  const close = () => {
    setAdding(false);
    setRemoving(null);
  };
  const done = () => {
    close();
    again();
    void recall();
  };
  return (
    <Card title={t.passkeys}>
      <div className="stack">
        <p className="small soft">{t.passkeysLead}</p>
        <RequestFailed error={error} />
        {!data && !error && <SkeletonLines lines={2} />}
        {data?.passkeys.length === 0 && <p>{t.passkeysNone}</p>}
        <ul className="stack">
          {data?.passkeys.map((each) => (
            <li key={each.id} className="held">
              <span>
                <span className="cluster">
                  <KeyRound aria-hidden size={18} /> <strong>{each.label}</strong>
                </span>
                <span className="small soft">
                  {t.added} <InstantText at={each.created_at} zone={zone} /> · {each.last_used_at ? <>{t.lastUsed} <InstantText at={each.last_used_at} zone={zone} /></> : t.neverUsed}
                </span>
              </span>
              <Button small aria-label={`${t.passkeyRemove} ${each.label}`} onPress={() => setRemoving(each)}>
                {t.passkeyRemove}
              </Button>
            </li>
          ))}
        </ul>
        {"PublicKeyCredential" in window ? (
          <div>
            <Button onPress={() => setAdding(true)}>
              <Plus aria-hidden /> {t.passkeyAdd}
            </Button>
          </div>
        ) : (
          <Notice>{t.passkeyUnsupported}</Notice>
        )}
      </div>
      {adding && <Add onClose={close} onDone={done} />}
      {removing && <Remove passkey={removing} onClose={close} onDone={done} />}
    </Card>
  );
}

interface Next {
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function Add({ onClose, onDone }: Next) {
  const t = useMessages();
  const [label, setLabel] = useState("");
  const { busy, failed, attempt } = useDoing();
  const submit = async () => {
    const done = await attempt(async () => {
      const asked = await sendJson<{ challenge: string; public_key: PublicKeyCredentialCreationOptionsJSON }>("POST", "/auth/passkey/register/begin", {});
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked.public_key);
      const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null;
      if (credential === null) throw new Problem(400, "PASSKEY_REFUSED", "");
      await sendJson("POST", "/auth/passkey/register/finish", { challenge: asked.challenge, credential: credential.toJSON(), label: label.trim() });
    });
    if (!done) return;
    toast(t.passkeyAdded);
    onDone();
  };
  return (
    <Ask title={t.passkeyAdd} button={t.passkeyAdd} busy={busy} onClose={onClose} onSubmit={submit}>
      {failed && <Notice tone="bad">{failed}</Notice>}
      <TextField label={t.passkeyLabel} hint={t.passkeyHint} value={label} onChange={setLabel} required autoFocus maxLength={100} autoComplete="off" />
    </Ask>
  );
}

function Remove({ passkey, onClose, onDone }: Next & { readonly passkey: Passkey }) {
  const t = useMessages();
  const { busy, failed, attempt } = useDoing();
  const submit = async () => {
    const done = await attempt(async () => {
      await sendJson("DELETE", `/auth/passkeys/${passkey.id}`);
    });
    if (done) onDone();
  };
  return (
    <Ask title={t.passkeyRemoveTitle(passkey.label)} button={t.passkeyRemove} danger busy={busy} onClose={onClose} onSubmit={submit}>
      <p>{t.passkeyRemoveText}</p>
      {failed && <Notice tone="bad">{failed}</Notice>}
    </Ask>
  );
}
