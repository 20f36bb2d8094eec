/** The tax rates that hold on a day, with the law they come from. */
import { useState } from "react";
import { useQuery } from "urql";
import { graphql } from "../graphql/generated";
import { useLanguage } from "../language/language";
import { QueryFailed } from "../ui/failures";
import { DateField } from "../ui/fields";
import { Card, DateText, SkeletonLines } from "../ui/parts";
import { useMessages } from "./messages";
import { useToday } from "./useIssuers";
import { useTaxWords } from "./words";

const RATES = graphql(`
  query TaxRates($on: Date) {
    taxRates(on: $on) {
      code
      jurisdiction
      category
      percent
      validFrom
      validTo
      source
      exemptionReason
    }
  }
`);

export function TaxTab() {
  const t = useMessages();
  const words = useTaxWords();
  const spoken = useLanguage();
  const [on, setOn] = useState(useToday());
  const [{ data, error }] = useQuery({ query: RATES, variables: { on }, pause: on === "" });
  return (
    <div className="stack">
      <p className="soft">{t.taxLead}</p>
      <div className="cluster">
        <DateField label={t.on} value={on} onChange={setOn} />
      </div>
      {error && <QueryFailed error={error} />}
      {!data && !error && <SkeletonLines lines={5} />}
      {data && (
        <Card flush>
          <div className="table-scroll" tabIndex={0} role="region" aria-label={t.tabs.tax}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t.jurisdiction}</th>
                  <th scope="col">{t.category}</th>
                  <th scope="col" className="end">
                    {t.percent}
                  </th>
                  <th scope="col">{t.validFrom}</th>
                  <th scope="col">{t.source}</th>
                </tr>
              </thead>
              <tbody>
                {data.taxRates.map((rate) => (
                  <tr key={rate.code + rate.validFrom}>
                    <td>{rate.jurisdiction}</td>
                    <th scope="row">
                      {words[rate.category]}
                      {rate.exemptionReason && <div className="small soft">{rate.exemptionReason}</div>}
                    </th>
                    <td className="end">{new Intl.NumberFormat(spoken, { maximumFractionDigits: 4 }).format(rate.percent as unknown as number)} %</td>
                    <td>
                      <DateText date={rate.validFrom} />
                    </td>
                    <td className="small soft" lang="en">
                      {rate.source}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
    </div>
  );
}
