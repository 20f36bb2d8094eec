/** Open a federation; its first administrator gets an invitation by mail. */
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { useCommand } from "../graphql/command";
import type { TenantKind } from "../graphql/generated/graphql";
import { useIdempotencyKey } from "../graphql/idempotency";
import { LANGUAGE_NAMES } from "../language/language";
import { Button } from "../ui/Button";
import { CommandFailed, useFailureText } from "../ui/failures";
import { Select, TextField } from "../ui/fields";
import { Card, Page } from "../ui/parts";
import { toast } from "../ui/toasts";
import { OPEN } from "./commands";
import { ConsoleHeader } from "./ConsoleHeader";
import { useMessages } from "./messages";
import { slugFrom } from "./slug";

export function Component() {
  const t = useMessages();
  const navigate = useNavigate();
  const { key, renew } = useIdempotencyKey("tenant new");
  const { run, busy, outcome } = useCommand(OPEN);
  const [form, setForm] = useState({ name: "", slug: "", adminName: "", adminEmail: "", language: "en" });
  const [kind, setKind] = useState<TenantKind>("NATIONAL");
  const [ownSlug, setOwnSlug] = useState(false);
  const set = (change: Partial<typeof form>) => setForm((was) => ({ ...was, ...change }));
  const explain = useFailureText();
  const wrong = (field: string) => (outcome?.kind === "refused" && outcome.refusal.path[0] === field ? explain(outcome) : null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const came = await run({ ...form, kind, idempotencyKey: key });
    if (came.kind !== "lost") renew();
    if (came.kind !== "done") return;
    toast(t.opened(form.adminEmail));
    await navigate(came.answer.tenant ? `/platform/tenants/${came.answer.tenant.id}` : "/platform");
  };
  return (
    <Page>
      <ConsoleHeader title={t.openTenant} lead={t.openLead} />
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <Card title={t.federation}>
          <div className="grid-fields">
            <TextField
              label={t.name} value={form.name} required maxLength={200} autoComplete="off" error={wrong("name")}
              onChange={(name) => set(ownSlug ? { name } : { name, slug: slugFrom(name) })}
            />
            <TextField
              label={t.slug} hint={t.slugHint} value={form.slug} required maxLength={63} autoComplete="off" spellCheck={false} error={wrong("slug")}
              onChange={(slug) => {
                setOwnSlug(true);
                set({ slug });
              }}
            />
            <Select
              label={t.kindLabel} value={kind} onChange={(value) => setKind(value as TenantKind)}
              options={(["NATIONAL", "INTERNATIONAL"] as const).map((value) => ({ value, label: t.kind[value] }))}
            />
          </div>
        </Card>
        <Card title={t.firstAdmin}>
          <div className="grid-fields">
            <TextField label={t.adminName} value={form.adminName} required maxLength={100} autoComplete="off" error={wrong("adminName")} onChange={(adminName) => set({ adminName })} />
            <TextField label={t.adminEmail} type="email" hint={t.adminEmailHint} value={form.adminEmail} required maxLength={254} autoComplete="off" error={wrong("adminEmail")} onChange={(adminEmail) => set({ adminEmail })} />
            <Select label={t.language} value={form.language} onChange={(language) => set({ language })} options={Object.entries(LANGUAGE_NAMES).map(([value, label]) => ({ value, label }))} />
          </div>
        </Card>
        <CommandFailed outcome={outcome} />
        <div>
          <Button type="submit" kind="primary" isPending={busy}>
            {t.openTenant}
          </Button>
        </div>
      </form>
    </Page>
  );
}
