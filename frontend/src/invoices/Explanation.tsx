/** Explain this amount: the server's own steps, from quantity × price to the total. */
import { useQuery } from "urql";
import { graphql } from "../graphql/generated";
import { useLanguage } from "../language/language";
import { formatMoney } from "../money/money";
import { QueryFailed } from "../ui/failures";
import { Card, SkeletonLines } from "../ui/parts";
import { useMessages } from "./messages";
import { useWords } from "./words";

const EXPLAIN = graphql(`
  query ExplainInvoice($id: ID!) {
    explainInvoice(id: $id) {
      label
      line
      values {
        name
        value
      }
    }
  }
`);

export function Explanation({ invoiceId, currency }: { readonly invoiceId: string; readonly currency: string }) {
  const t = useMessages();
  const words = useWords();
  const [{ data, error }] = useQuery({ query: EXPLAIN, variables: { id: invoiceId } });
  return (
    <Card title={t.explain}>
      {error && <QueryFailed error={error} />}
      {!data && !error && <SkeletonLines lines={5} />}
      <div className="stack">
        <p className="soft small">{t.explainLead}</p>
        <ol className="stack tight">
          {data?.explainInvoice?.map((step, at) => (
            <li key={at} className="step">
              <div className="cluster apart">
                <strong>{words.step[step.label]}</strong>
                <span className="small soft">{step.line ? t.line(step.line) : t.wholeInvoice}</span>
              </div>
              <dl className="cluster small">
                {step.values.map(({ name, value }) => (
                  <Value key={name} name={name} value={value} currency={currency} />
                ))}
              </dl>
            </li>
          ))}
        </ol>
      </div>
    </Card>
  );
}

function Value({ name, value, currency }: { readonly name: string; readonly value: string; readonly currency: string }) {
  const spoken = useLanguage();
  const minor = name.endsWith("_minor") && /^-?\d+$/.test(value);
  return (
    <div>
      <dt className="soft" style={{ display: "inline" }}>
        {name.replace(/_minor$/, "").replaceAll("_", " ")}{" "}
      </dt>
      <dd className="numeric" style={{ display: "inline" }}>
        {minor ? formatMoney({ minor: BigInt(value), currency }, spoken) : value}
      </dd>
    </div>
  );
}
