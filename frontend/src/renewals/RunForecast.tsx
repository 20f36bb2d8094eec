/** What the run would come to, decided by the server as the run itself would be: sums, and who would get no invoice. */
import { useQuery } from "urql";
import { graphql } from "../graphql/generated";
import type { RunKind, StartRunInput } from "../graphql/generated/graphql";
import { useRefusals } from "../refusals/refusals";
import { Button } from "../ui/Button";
import { CommandFailed, QueryFailed } from "../ui/failures";
import { Amount, SkeletonLines } from "../ui/parts";
import { Table } from "../ui/Table";
import { useForecastMessages } from "./forecastMessages";

const FORECAST = graphql(`
  query RunForecast($input: StartRunInput!, $kind: RunKind!) {
    previewRun(input: $input, kind: $kind) {
      ... on RunForecast {
        members
        invoices
        net {
          amountMinor
          currency
        }
        tax {
          amountMinor
          currency
        }
        total {
          amountMinor
          currency
        }
        refused {
          code
          count
        }
        refusals {
          row
          code
          message
        }
      }
      ...Refusal @unmask
    }
  }
`);

interface RunForecastProps {
  readonly input: StartRunInput;
  readonly kind: RunKind;
  /** The numbers that were sent: a row is a place among them. */
  readonly references: readonly string[];
}

export function RunForecast({ input, kind, references }: RunForecastProps) {
  const t = useForecastMessages();
  const refusals = useRefusals();
  const [{ data, error, fetching }, again] = useQuery({ query: FORECAST, variables: { input, kind }, requestPolicy: "network-only" });
  if (error) return <QueryFailed error={error} onAgain={() => again({ requestPolicy: "network-only" })} />;
  if (!data || fetching) return <SkeletonLines lines={4} />;
  const found = data.previewRun;
  if (found.__typename === "Refused") return <CommandFailed outcome={{ kind: "refused", refusal: found }} />;
  if (found.__typename !== "RunForecast") return null;
  return (
    <section className="stack" aria-label={t.title} aria-live="polite">
      <dl className="figures">
        <Figure name={t.invoices} value={found.invoices} />
        <Figure name={t.net} value={<Amount of={found.net} />} />
        <Figure name={t.tax} value={<Amount of={found.tax} />} />
        <Figure name={t.total} value={<Amount of={found.total} />} />
      </dl>
      {found.refused.length === 0 && <p>{t.everybody(found.members)}</p>}
      {found.refused.length > 0 && (
        <>
          <h3>{t.without}</h3>
          <ul className="stack tight">
            {found.refused.map((each) => (
              <li key={each.code}>
                <strong className="numeric">{each.count}</strong> {refusals[each.code]}
              </li>
            ))}
          </ul>
          <details>
            <summary>{t.rowByRow}</summary>
            <Table
              label={t.rowByRow} limited rows={found.refusals} keyOf={({ row }) => row}
              columns={[
                { head: t.row, cell: ({ row }) => <span className="numeric">{row}</span> },
                { head: t.number, names: true, cell: ({ row }) => references[row - 1] },
                { head: t.why, cell: ({ code }) => refusals[code] },
              ]}
            />
          </details>
        </>
      )}
      <div>
        <Button small onPress={() => again({ requestPolicy: "network-only" })}>
          {t.again}
        </Button>
      </div>
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: React.ReactNode }) {
  return (
    <div className="stat">
      <dt>{name}</dt>
      <dd className="numeric">{value}</dd>
    </div>
  );
}
