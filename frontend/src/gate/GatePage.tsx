/** The gate: look somebody up. Who and what stand in the address, as an id and never as a name. */
import { DoorOpen } from "lucide-react";
import { useSearchParams } from "react-router";
import { useQuery } from "urql";
import { DebtorPicker } from "../debtors/DebtorPicker";
import { graphql } from "../graphql/generated";
import type { GateAction } from "../graphql/generated/graphql";
import { QueryFailed } from "../ui/failures";
import { Select } from "../ui/fields";
import { Card, Empty, Page, PageHeader, SkeletonLines } from "../ui/parts";
import { GateAnswer } from "./GateAnswer";
import { useMessages } from "./messages";

const CHECK = graphql(`
  query GateCheck($id: ID!, $action: GateAction!) {
    debtor(id: $id) {
      id
      name
      reference
    }
    debtCheck(debtorId: $id, action: $action) {
      ...GateAnswer_check
    }
  }
`);

export function Component() {
  const t = useMessages();
  const [params, setParams] = useSearchParams();
  const id = params.get("debtor") ?? "";
  const action: GateAction = params.get("action") === "CLUB_TRANSFER" ? "CLUB_TRANSFER" : "LICENCE_RENEWAL";
  const [{ data, error, fetching }, again] = useQuery({ query: CHECK, variables: { id, action }, pause: id === "", requestPolicy: "network-only" });
  const known = id !== "" && data?.debtor?.id === id ? data : undefined;
  return (
    <Page>
      <PageHeader title={t.title} lead={t.lead} />
      <Card>
        <div className="grid-fields">
          <DebtorPicker autoFocus={id === ""} label={t.who} hint={t.hint} value={known?.debtor ?? null} onChange={(debtor) => setParams(debtor ? { debtor: debtor.id, action } : { action })} />
          <Select
            label={t.what} value={action} onChange={(value) => setParams(id ? { debtor: id, action: value } : { action: value })}
            options={Object.entries(t.action).map(([value, label]) => ({ value, label }))}
          />
        </div>
      </Card>
      <div aria-live="polite">
        {error && <QueryFailed error={error} onAgain={() => again({ requestPolicy: "network-only" })} />}
        {id === "" && (
          <Empty icon={DoorOpen} title={t.emptyTitle}>
            <p>{t.emptyText}</p>
          </Empty>
        )}
        {fetching && !known && <SkeletonLines />}
        {known?.debtCheck && <GateAnswer check={known.debtCheck} />}
      </div>
    </Page>
  );
}
