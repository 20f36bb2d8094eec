/** Programs with a key of their own: made, listed, revoked. The private key is shown once. */
import { Bot, Plus } from "lucide-react";
import { useState } from "react";
import { CAPABILITIES, type Capability } from "../app/capabilities";
import { useAsked, useDoing } from "../app/requests";
import { sendJson } from "../app/rest";
import { may } from "../app/session";
import { useZone } from "../app/time";
import { Ask } from "../ui/Ask";
import { Button } from "../ui/Button";
import { RequestFailed } from "../ui/failures";
import { AmountField, Checkbox, TextField } from "../ui/fields";
import { OneTime } from "../ui/OneTime";
import { Card, InstantText, Notice, SkeletonLines } from "../ui/parts";
import { toast } from "../ui/toasts";
import { useCapabilityWords } from "./capabilityWords";
import { clientExample, keyFile, type NewClient } from "./examples";
import { useMessages } from "./messages";
import { OrgNodePicker } from "./OrgNodePicker";
import { useProgramMessages } from "./programMessages";

interface Client {
  readonly id: string;
  readonly client_id: string;
  readonly name: string;
  readonly capabilities: readonly string[];
  readonly org_node: { readonly name: string };
  readonly expires_at: string;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

type Open = { readonly is: "new" } | { readonly is: "made"; readonly made: NewClient } | { readonly is: "revoke"; readonly client: Client };

export function ClientsCard() {
  const t = useProgramMessages();
  const { data, error, again } = useAsked<{ clients: readonly Client[]; token_endpoint: string }>("/auth/clients");
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const made = (client: NewClient) => {
    setOpen({ is: "made", made: client });
    again();
  };
  return (
    <Card title={t.clients}>
      <div className="stack">
        <p className="soft">{t.clientsLead}</p>
        <RequestFailed error={error} />
        {!data && !error && <SkeletonLines lines={3} />}
        {data?.clients.length === 0 && <p>{t.clientsNone}</p>}
        <ul className="stack">
          {data?.clients.map((client) => <Row key={client.id} client={client} onRevoke={() => setOpen({ is: "revoke", client })} />)}
        </ul>
        <div>
          <Button onPress={() => setOpen({ is: "new" })}>
            <Plus aria-hidden /> {t.newClient}
          </Button>
        </div>
      </div>
      {open?.is === "new" && <NewClientDialog onClose={close} onMade={made} />}
      {open?.is === "made" && data && (
        <OneTime
          title={t.keyTitle} lead={<p>{t.keyLead}</p>} text={keyFile(data.token_endpoint, open.made)}
          file={{ name: "carreau-client.json", text: keyFile(data.token_endpoint, open.made), mediaType: "application/json" }} onClose={close}
        >
          <details className="example">
            <summary>{t.example}</summary>
            <pre tabIndex={0} aria-label={t.example}>{clientExample(data.token_endpoint)}</pre>
          </details>
        </OneTime>
      )}
      {open?.is === "revoke" && <RevokeClient client={open.client} onClose={close} onDone={() => { close(); again(); }} />}
    </Card>
  );
}

function Row({ client, onRevoke }: { readonly client: Client; readonly onRevoke: () => void }) {
  const t = useProgramMessages();
  const words = useCapabilityWords();
  const zone = useZone();
  return (
    <li className="held">
      <span>
        <span className="cluster">
          <Bot aria-hidden size={18} /> <strong>{client.name}</strong> <span className="soft">{client.org_node.name}</span>
        </span>
        <span className="small soft">
          {client.capabilities.map((each) => words[each as Capability] ?? each).join(" · ")}
          <br />
          {client.revoked_at ? <>{t.wasRevoked} <InstantText at={client.revoked_at} zone={zone} /></> : <>{t.until} <InstantText at={client.expires_at} zone={zone} /></>}
          {" · "}
          {client.last_used_at ? <>{t.used} <InstantText at={client.last_used_at} zone={zone} /></> : t.neverUsed}
        </span>
      </span>
      {!client.revoked_at && (
        <Button small aria-label={`${t.revoke} ${client.name}`} onPress={onRevoke}>
          {t.revoke}
        </Button>
      )}
    </li>
  );
}

function NewClientDialog({ onClose, onMade }: { readonly onClose: () => void; readonly onMade: (made: NewClient) => void }) {
  const t = useProgramMessages();
  const place = useMessages();
  const words = useCapabilityWords();
  const [name, setName] = useState("");
  const [days, setDays] = useState("365");
  const [node, setNode] = useState<string | null>(null);
  const [ticked, setTicked] = useState<ReadonlySet<Capability>>(new Set());
  const [asked, setAsked] = useState(false);
  const { busy, failed, attempt } = useDoing();
  const tick = (capability: Capability, on: boolean) => setTicked((was) => new Set([...was].filter((each) => each !== capability).concat(on ? [capability] : [])));
  const submit = async () => {
    setAsked(true);
    if (node === null || ticked.size === 0) return;
    await attempt(async () => {
      const body = { name: name.trim(), capabilities: [...ticked], org_node_id: node, days: Number(days) };
      onMade(await sendJson<NewClient>("POST", "/auth/clients", body));
    });
  };
  return (
    <Ask title={t.newClient} button={t.make} busy={busy} onClose={onClose} onSubmit={submit}>
      {failed && <Notice tone="bad">{failed}</Notice>}
      <TextField label={t.name} hint={t.nameHint} value={name} onChange={setName} required autoFocus maxLength={100} autoComplete="off" />
      <fieldset className="stack tight">
        <legend>{t.may}</legend>
        <div className="choices stack tight">
          {/* Nobody gives more than they have. */}
          {CAPABILITIES.filter(may).map((each) => (
            <Checkbox key={each} selected={ticked.has(each)} onChange={(on) => tick(each, on)}>
              <span>
                {words[each]} <span className="soft small">{each}</span>
              </span>
            </Checkbox>
          ))}
        </div>
        {asked && ticked.size === 0 && <Notice tone="bad">{t.mayMissing}</Notice>}
      </fieldset>
      <OrgNodePicker
        label={place.where} hint={place.whereHint} kinds={["FEDERATION", "DISTRICT", "CLUB"]} value={node} onChange={setNode}
        error={asked && node === null ? place.chooseWhere : null}
      />
      <AmountField label={t.days} value={days} onChange={setDays} required pattern="\d{1,4}" inputMode="numeric" />
    </Ask>
  );
}

interface RevokeClientProps {
  readonly client: Client;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function RevokeClient({ client, onClose, onDone }: RevokeClientProps) {
  const t = useProgramMessages();
  const { busy, failed, attempt } = useDoing();
  const submit = async () => {
    const done = await attempt(async () => {
      await sendJson("DELETE", `/auth/clients/${client.id}`);
    });
    if (!done) return;
    toast(t.revoked);
    onDone();
  };
  return (
    <Ask title={t.revokeTitle(client.name)} button={t.revoke} danger busy={busy} onClose={onClose} onSubmit={submit}>
      <p>{t.revokeClientText}</p>
      {failed && <Notice tone="bad">{failed}</Notice>}
    </Ask>
  );
}
