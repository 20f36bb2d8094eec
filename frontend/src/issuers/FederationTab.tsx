/** What holds for the federation as a whole: the wall clock by which it says "today". */
import { type FormEvent, useState } from "react";
import { keepTimeZone } from "../app/session";
import { useZone } from "../app/time";
import { useCommand } from "../graphql/command";
import { graphql } from "../graphql/generated";
import { newKey } from "../graphql/idempotency";
import { Button } from "../ui/Button";
import { CommandFailed } from "../ui/failures";
import { Select } from "../ui/fields";
import { Card } from "../ui/parts";
import { toast } from "../ui/toasts";
import { useMessages } from "./messages";
import { useIssuers } from "./useIssuers";

const SET = graphql(`
  mutation SetTimeZone($input: SetTimeZoneInput!) {
    setTimeZone(input: $input) {
      ... on TimeZoneSuccess {
        timeZone
      }
      ...Refusal @unmask
    }
  }
`);

export function FederationTab() {
  const t = useMessages();
  const command = useCommand(SET);
  const issuers = useIssuers() ?? [];
  const [zone, setZone] = useState(useZone());
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const outcome = await command.run({ timeZone: zone, idempotencyKey: newKey() });
    if (outcome.kind !== "done") return;
    keepTimeZone(zone);
    toast(t.saved);
  };
  return (
    <Card>
      <form className="stack" onSubmit={(event) => void save(event)}>
        <p className="soft">{t.timeZoneLead}</p>
        <Select label={t.timeZone} value={zone} onChange={setZone} options={zonesWith(zone).map((each) => ({ value: each, label: each }))} />
        <ul className="small soft">
          {issuers.map((each) => (
            <li key={each.id}>
              {each.name}: {each.timeZone}
            </li>
          ))}
        </ul>
        <CommandFailed outcome={command.outcome} />
        <div>
          <Button type="submit" kind="primary" isPending={command.busy}>
            {t.save}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** All zones the browser knows; the one in force may be an older name. */
function zonesWith(zone: string): readonly string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return known.includes(zone) ? known : [zone, ...known];
}
