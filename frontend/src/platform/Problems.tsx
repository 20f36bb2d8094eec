/** The dispatches of a federation that need a person: no name and no address, only what was said about them. */
import { useQuery } from "urql";
import { useMessages as useDeliveryWords } from "../deliveries/messages";
import { graphql } from "../graphql/generated";
import { useZone } from "../issuers/useIssuers";
import { Card, InstantText, SkeletonLines } from "../ui/parts";
import { useMessages } from "./messages";

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
        <div className="table-scroll" tabIndex={0} role="region" aria-label={t.problems}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t.number}</th>
                <th scope="col">{t.stateLabel}</th>
                <th scope="col" className="end">{t.attempts}</th>
                <th scope="col">{t.said}</th>
                <th scope="col">{t.when}</th>
              </tr>
            </thead>
            <tbody>
              {problems.map((each) => (
                <tr key={`${each.invoiceId} ${each.changedAt}`}>
                  <th scope="row">{each.number}</th>
                  <td>{words.state[each.state]}</td>
                  <td className="end">{each.attempts}</td>
                  <td lang="en">{[each.code || "", each.reply].join(" ")}</td>
                  <td>
                    <InstantText at={each.changedAt} zone={zone} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
