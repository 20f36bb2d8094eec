/** Explain this amount: the server's own steps, from quantity × price to the total. */
import { useQuery } from "urql";
import { graphql } from "../graphql/generated";
import { useLanguage } from "../language/language";
import { messages } from "../language/messages";
import { decimalsOf, formatDecimal, formatExact } from "../money/money";
import { QueryFailed } from "../ui/failures";
import { Card, SkeletonLines } from "../ui/parts";
import { useRateText } from "./InvoiceDetails";
import { useMessages } from "./detailMessages";
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

interface ExplanationProps {
  readonly invoiceId: string;
  readonly currency: string;
  readonly rate: { readonly eurToInvoice: string; readonly publishedOn: string } | null;
}

export function Explanation({ invoiceId, currency, rate }: ExplanationProps) {
  const t = useMessages();
  const words = useWords();
  const rateText = useRateText();
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
        {rate && (
          <p className="small">
            <span className="soft">{t.rate}</span> {rateText(currency, rate)}
          </p>
        )}
      </div>
    </Card>
  );
}

function Value({ name, value, currency }: { readonly name: string; readonly value: string; readonly currency: string }) {
  const spoken = useLanguage();
  const names: Readonly<Record<string, string>> = useNames();
  const plain = name.replace(/_minor$/, "");
  return (
    <div>
      <dt className="soft" style={{ display: "inline" }}>
        {names[plain] ?? plain.replaceAll("_", " ")}{" "}
      </dt>
      <dd className="numeric" style={{ display: "inline" }}>
        {shown(name, value, currency, spoken, names)}
      </dd>
    </div>
  );
}

/** A number of the calculation as people write it: minor units as money, codes by their names, the rest as decimals. */
export function shown(name: string, value: string, currency: string, spoken: string, names: Readonly<Record<string, string>>): string {
  if (name === "category_code") return names[`code_${value}`] ?? value;
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value;
  if (name.endsWith("_minor")) return formatExact(value, currency, spoken);
  if (name === "percent" || name.endsWith("_percent")) return `${formatDecimal(value, spoken)} %`;
  return formatDecimal(value, spoken, name === "unit_price" ? decimalsOf(currency) : 0);
}

const { useMessages: useNames } = messages({
  en: {
    quantity: "quantity", unit_price: "unit price", exact: "exactly", rounded: "rounded", category_code: "category", percent: "rate", discount_percent: "discount",
    base: "taxable", net: "net", tax: "tax", gross: "with tax", allocated: "given back", discount: "discount", amount: "amount",
    code_S: "taxed", code_Z: "zero rate", code_E: "exempt", code_AE: "reverse charge", code_K: "within the EU", code_G: "export", code_O: "outside VAT",
  },
  sv: {
    quantity: "antal", unit_price: "à-pris", exact: "exakt", rounded: "avrundat", category_code: "kategori", percent: "sats", discount_percent: "rabatt",
    base: "underlag", net: "netto", tax: "moms", gross: "inklusive moms", allocated: "fördelat", discount: "rabatt", amount: "belopp",
    code_S: "momspliktig", code_Z: "nollsats", code_E: "undantagen", code_AE: "omvänd betalningsskyldighet", code_K: "inom EU", code_G: "export", code_O: "utanför moms",
  },
  fr: {
    quantity: "quantité", unit_price: "prix unitaire", exact: "exactement", rounded: "arrondi", category_code: "catégorie",
    percent: "taux", discount_percent: "remise", base: "base", net: "HT", tax: "taxe", gross: "TTC", allocated: "réparti", discount: "remise", amount: "montant",
    code_S: "taxable", code_Z: "taux zéro", code_E: "exonéré", code_AE: "autoliquidation", code_K: "dans l’UE", code_G: "export", code_O: "hors TVA",
  },
}); // prettier-ignore
