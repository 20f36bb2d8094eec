/** Where one is signed in, and ending what should not be. */
import { MonitorCheck, MonitorSmartphone } from "lucide-react";
import { useState } from "react";
import { useAsked, useDoing } from "../app/requests";
import { sendJson } from "../app/rest";
import { useZone } from "../app/time";
import { Ask } from "../ui/Ask";
import { Button } from "../ui/Button";
import { RequestFailed } from "../ui/failures";
import { Card, InstantText, Notice, SkeletonLines } from "../ui/parts";
import { toast } from "../ui/toasts";
import { deviceOf } from "./device";
import { useMessages } from "./messages";

interface Listed {
  readonly id: string;
  readonly current: boolean;
  readonly method: string;
  readonly last_seen_at: string;
  readonly ip: string | null;
  readonly agent: string;
}

export function SessionsCard() {
  const t = useMessages();
  const { data, error, again } = useAsked<{ sessions: readonly Listed[] }>("/auth/sessions");
  const [ending, setEnding] = useState(false);
  const { busy, failed, attempt } = useDoing();
  const end = async (id: string) => {
    const done = await attempt(async () => {
      await sendJson("DELETE", `/auth/sessions/${id}`);
    });
    if (!done) return;
    toast(t.ended(1));
    again();
  };
  const endOthers = async () => {
    await attempt(async () => {
      const { revoked } = await sendJson<{ revoked: number }>("POST", "/auth/sessions/revoke-others", {});
      toast(t.ended(revoked));
      setEnding(false);
      again();
    });
  };
  const sessions = [...(data?.sessions ?? [])].sort((one, other) => Number(other.current) - Number(one.current));
  return (
    <Card title={t.sessions}>
      <div className="stack">
        <RequestFailed error={error} />
        {failed && <Notice tone="bad">{failed}</Notice>}
        {!data && !error && <SkeletonLines lines={3} />}
        <ul className="stack">
          {sessions.map((each) => (
            <Row key={each.id} session={each} busy={busy} onEnd={() => void end(each.id)} />
          ))}
        </ul>
        {sessions.length > 1 && (
          <div>
            <Button onPress={() => setEnding(true)}>{t.endOthers}</Button>
          </div>
        )}
      </div>
      {ending && (
        <Ask title={t.endOthersTitle} button={t.endOthers} danger busy={busy} onClose={() => setEnding(false)} onSubmit={endOthers}>
          <p>{t.endOthersText}</p>
        </Ask>
      )}
    </Card>
  );
}

function Row({ session, busy, onEnd }: { readonly session: Listed; readonly busy: boolean; readonly onEnd: () => void }) {
  const t = useMessages();
  const zone = useZone();
  const device = deviceOf(session.agent);
  const name = device ? t.device(device.browser, device.system) : t.unknownDevice;
  const methods: Readonly<Record<string, string>> = t.method;
  return (
    <li className="held">
      <span>
        <span className="cluster">
          {session.current ? <MonitorCheck aria-hidden size={18} /> : <MonitorSmartphone aria-hidden size={18} />}
          <strong>{name}</strong> {session.current && <span className="soft">({t.thisOne})</span>}
        </span>
        <span className="small soft">
          {session.ip} · {methods[session.method] ?? session.method} · {t.seen} <InstantText at={session.last_seen_at} zone={zone} />
        </span>
      </span>
      {!session.current && (
        <Button small isPending={busy} aria-label={`${t.end}: ${name}, ${session.ip ?? ""}`} onPress={onEnd}>
          {t.end}
        </Button>
      )}
    </li>
  );
}
