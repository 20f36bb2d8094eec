/** The dispatches of a federation that need a person: no name and no address, only what was said about them. */
import { useQuery } from "urql";
import { useMessages as useDeliveryWords } from "../deliveries/messages";
import { graphql } from "../graphql/generated";
import { useZone } from "../app/time";
import { Card, InstantText, SkeletonLines } from "../ui/parts";
import { useMessages } from "./messages";
import { Table } from "../ui/Table";

const PROBLEMS = graphql(`
  query PlatformProblems($id: ID!) {
    platformTenant(id: $id) {
      id
      problems {
        invoiceId
        number
        state
        attempts
        code
        reply
        changedAt
      }
    }
  }
`);

export function Problems({ id }: { readonly id: string }) {
  const t = useMessages();
  const zone = useZone();
  const words = useDeliveryWords();
  const [{ data }] = useQuery({ query: PROBLEMS, variables: { id }, requestPolicy: "cache-and-network" });
  const problems = data?.platformTenant?.problems;
  return (
    <Card title={t.problems}>
      {!problems && <SkeletonLines />}
      {problems?.length === 0 && <p className="soft">{t.noProblems}</p>}
      {problems && problems.length > 0 && (
        <Table
          label={t.problems} rows={problems} keyOf={({ invoiceId, changedAt }) => `${invoiceId} ${changedAt}`}
          columns={[
            { head: t.number, names: true, cell: ({ number }) => number },
            { head: t.stateLabel, cell: ({ state }) => words.state[state] },
            { head: t.attempts, end: true, cell: ({ attempts }) => attempts },
            { head: t.said, lang: "en", cell: ({ code, reply }) => [code || "", reply].join(" ") },
            { head: t.when, cell: ({ changedAt }) => <InstantText at={changedAt} zone={zone} /> },
          ]}
        />
      )}
    </Card>
  );
}
