/** Explain this amount: the server's own steps, from quantity × price to the total. */
import { useQuery } from "urql";
import { graphql } from "../graphql/generated";
import { useLanguage } from "../language/language";
import { messages } from "../language/messages";
import { formatExact } from "../money/money";
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
  const names: Readonly<Record<string, string>> = useNames();
  const minor = name.endsWith("_minor") && /^-?\d+(\.\d+)?$/.test(value);
  const plain = name.replace(/_minor$/, "");
  return (
    <div>
      <dt className="soft" style={{ display: "inline" }}>
        {names[plain] ?? plain.replaceAll("_", " ")}{" "}
      </dt>
      <dd className="numeric" style={{ display: "inline" }}>
        {minor ? formatExact(value, currency, spoken) : value}
      </dd>
    </div>
  );
}

const { useMessages: useNames } = messages({
  en: {
    quantity: "quantity", unit_price: "unit price", exact: "exactly", rounded: "rounded", category_code: "category", percent: "per cent",
    base: "taxable", net: "net", tax: "tax", gross: "with tax", allocated: "given back", discount: "discount", amount: "amount",
  },
  sv: {
    quantity: "antal", unit_price: "à-pris", exact: "exakt", rounded: "avrundat", category_code: "kategori", percent: "procent",
    base: "underlag", net: "netto", tax: "moms", gross: "inklusive moms", allocated: "fördelat", discount: "rabatt", amount: "belopp",
  },
  fr: {
    quantity: "quantité", unit_price: "prix unitaire", exact: "exactement", rounded: "arrondi", category_code: "catégorie",
    percent: "pour cent", base: "base", net: "HT", tax: "taxe", gross: "TTC", allocated: "réparti", discount: "remise", amount: "montant",
  },
}); // prettier-ignore
