/** The federation's own sign-in: OpenID providers whose word is enough. */
import { Fingerprint, Plus } from "lucide-react";
import { useState } from "react";
import { useAsked, useDoing } from "../app/requests";
import { sendJson } from "../app/rest";
import { Ask } from "../ui/Ask";
import { Button } from "../ui/Button";
import { RequestFailed } from "../ui/failures";
import { TextField } from "../ui/fields";
import { Card, Notice, SkeletonLines } from "../ui/parts";
import { toast } from "../ui/toasts";
import { useMessages } from "./messages";

interface Provider {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly client_id: string;
  readonly redirect_uri: string;
}

export function ProvidersTab() {
  const t = useMessages();
  const { data, error, again } = useAsked<{ providers: readonly Provider[] }>("/auth/provider-settings");
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Provider | null>(null);
  const close = () => {
    setAdding(false);
    setRemoving(null);
  };
  const done = () => {
    close();
    again();
  };
  return (
    <Card>
      <div className="stack">
        <p className="soft">{t.providersLead}</p>
        <RequestFailed error={error} />
        {!data && !error && <SkeletonLines lines={3} />}
        {data?.providers.length === 0 && <p>{t.providersNone}</p>}
        <ul className="stack">
          {data?.providers.map((each) => (
            <li key={each.id} className="held">
              <span>
                <span className="cluster">
                  <Fingerprint aria-hidden size={18} /> <strong>{each.name}</strong>
                </span>
                <span className="small soft">
                  {each.issuer} · {each.client_id}
                  <br />
                  {t.redirect} <code>{each.redirect_uri}</code>
                </span>
              </span>
              <Button small aria-label={`${t.removeProvider} ${each.name}`} onPress={() => setRemoving(each)}>
                {t.removeProvider}
              </Button>
            </li>
          ))}
        </ul>
        <div>
          <Button onPress={() => setAdding(true)}>
            <Plus aria-hidden /> {t.addProvider}
          </Button>
        </div>
      </div>
      {adding && <Add onClose={close} onDone={done} />}
      {removing && <Remove provider={removing} onClose={close} onDone={done} />}
    </Card>
  );
}

interface Next {
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function Add({ onClose, onDone }: Next) {
  const t = useMessages();
  const [form, setForm] = useState({ name: "", issuer: "", client_id: "", client_secret: "" });
  const { busy, failed, attempt } = useDoing();
  const set = (name: keyof typeof form) => (value: string) => setForm((was) => ({ ...was, [name]: value }));
  const submit = async () => {
    const done = await attempt(async () => {
      await sendJson("POST", "/auth/provider-settings", form);
    });
    if (!done) return;
    toast(t.added);
    onDone();
  };
  return (
    <Ask title={t.addProvider} button={t.addProvider} busy={busy} onClose={onClose} onSubmit={submit}>
      <p className="small">
        {t.redirect} <code>{location.origin}/auth/oidc/callback</code>
      </p>
      {failed && <Notice tone="bad">{failed}</Notice>}
      <TextField label={t.providerName} value={form.name} onChange={set("name")} required autoFocus maxLength={100} autoComplete="off" />
      <TextField label={t.issuer} hint={t.issuerHint} type="url" value={form.issuer} onChange={set("issuer")} required maxLength={300} autoComplete="off" />
      <TextField label={t.clientId} value={form.client_id} onChange={set("client_id")} required maxLength={300} autoComplete="off" />
      <TextField label={t.clientSecret} type="password" value={form.client_secret} onChange={set("client_secret")} required maxLength={300} autoComplete="off" />
    </Ask>
  );
}

function Remove({ provider, onClose, onDone }: Next & { readonly provider: Provider }) {
  const t = useMessages();
  const { busy, failed, attempt } = useDoing();
  const submit = async () => {
    const done = await attempt(async () => {
      await sendJson("DELETE", `/auth/provider-settings/${provider.id}`);
    });
    if (!done) return;
    toast(t.removed);
    onDone();
  };
  return (
    <Ask title={t.removeProviderTitle(provider.name)} button={t.removeProvider} danger busy={busy} onClose={onClose} onSubmit={submit}>
      <p>{t.removeProviderText}</p>
      {failed && <Notice tone="bad">{failed}</Notice>}
    </Ask>
  );
}
