/** A new password for the old one. Every other session ends with it. */
import { type FormEvent, useState } from "react";
import { useDoing } from "../app/requests";
import { sendJson } from "../app/rest";
import { begin, type Session } from "../app/session";
import { Button } from "../ui/Button";
import { TextField } from "../ui/fields";
import { Card, Notice } from "../ui/parts";
import { toast } from "../ui/toasts";
import { useMessages } from "./messages";

export function PasswordCard({ session }: { readonly session: Session }) {
  const t = useMessages();
  const [current, setCurrent] = useState("");
  const [wanted, setWanted] = useState("");
  const { busy, failed, attempt } = useDoing();
  if (!session.has_password) {
    return (
      <Card title={t.password}>
        <p className="soft">{t.noPassword}</p>
      </Card>
    );
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await attempt(async () => {
      const answer = await sendJson<{ session: Session }>("POST", "/auth/password", { current, new: wanted });
      begin(answer.session);
    });
    if (!done) return;
    setCurrent("");
    setWanted("");
    toast(t.changed);
  };
  return (
    <Card title={t.password}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        {failed && <Notice tone="bad">{failed}</Notice>}
        {/* So that a password manager knows whose password it keeps. */}
        <input type="text" className="visually-hidden" autoComplete="username" value={session.user.email} readOnly tabIndex={-1} aria-hidden />
        <TextField label={t.current} type="password" value={current} onChange={setCurrent} required autoComplete="current-password" maxLength={128} />
        <TextField
          label={t.new} hint={t.newHint} type="password" value={wanted} onChange={setWanted} required minLength={12} maxLength={128}
          autoComplete="new-password"
        />
        <div>
          <Button type="submit" kind="primary" isPending={busy}>
            {t.change}
          </Button>
        </div>
      </form>
    </Card>
  );
}
