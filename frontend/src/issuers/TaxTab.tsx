/** The tax rates that hold on a day, with the law they come from. */
import { Percent } from "lucide-react";
import { useState } from "react";
import { useQuery } from "urql";
import { graphql } from "../graphql/generated";
import type { TaxRatesQuery } from "../graphql/generated/graphql";
import { useLanguage } from "../language/language";
import { useCountryName } from "../language/names";
import { formatPercent } from "../language/numbers";
import { useMayEverywhere } from "../app/session";
import { Button } from "../ui/Button";
import { QueryFailed } from "../ui/failures";
import { DateField } from "../ui/fields";
import { DateText, SkeletonLines } from "../ui/parts";
import { AdoptRate } from "./AdoptRate";
import { useMessages } from "./messages";
import { Table } from "../ui/Table";
import { useTaxMessages } from "./taxMessages";
import { useToday } from "../app/time";
import { useIssuers } from "./useIssuers";
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

type Rate = TaxRatesQuery["taxRates"][number];

/** The countries in which somebody here issues come first; the others are a click away. */
export function TaxTab() {
  const t = useMessages();
  const tax = useTaxMessages();
  const spoken = useLanguage();
  const manages = useMayEverywhere("tax.manage");
  const issuers = useIssuers();
  const [on, setOn] = useState(useToday());
  const [adopting, setAdopting] = useState(false);
  const [{ data, error }, again] = useQuery({ query: RATES, variables: { on }, pause: on === "", requestPolicy: "cache-and-network" });
  const own = new Set(issuers?.map((each) => each.jurisdiction));
  const rates = data?.taxRates ?? [];
  const mine = rates.filter((rate) => own.has(rate.jurisdiction));
  const others = rates.filter((rate) => !own.has(rate.jurisdiction));
  const countries = [...new Set([...own, ...rates.map((rate) => rate.jurisdiction)])];
  const adopted = (from: string) => {
    setAdopting(false);
    setOn(from);
    again({ requestPolicy: "network-only" });
  };
  return (
    <div className="stack">
      <p className="soft">{t.taxLead}</p>
      <div className="cluster apart bottom">
        <DateField label={t.on} value={on} onChange={setOn} />
        {manages && (
          <Button onPress={() => setAdopting(true)}>
            <Percent aria-hidden /> {tax.adopt}
          </Button>
        )}
      </div>
      {adopting && <AdoptRate countries={countries} onClose={() => setAdopting(false)} onAdopted={adopted} />}
      {error && <QueryFailed error={error} />}
      {!data && !error && <SkeletonLines lines={5} />}
      {mine.length > 0 && <Rates title={tax.yours} rates={mine} />}
      {others.length > 0 && (
        <details>
          <summary>
            {tax.others} ({new Intl.NumberFormat(spoken).format(new Set(others.map((rate) => rate.jurisdiction)).size)})
          </summary>
          <Rates title={tax.others} rates={others} />
        </details>
      )}
    </div>
  );
}

function Rates({ title, rates }: { readonly title: string; readonly rates: readonly Rate[] }) {
  const t = useMessages();
  const tax = useTaxMessages();
  const words = useTaxWords();
  const spoken = useLanguage();
  const countryName = useCountryName();
  return (
    <section className="card flush" aria-label={title}>
      <Table
        label={title} rows={rates} keyOf={({ code, validFrom }) => code + validFrom}
        columns={[
          { head: t.jurisdiction, cell: ({ jurisdiction }) => countryName(jurisdiction) },
          {
            head: t.category, names: true,
            cell: ({ category, exemptionReason }) => (
              <>
                {words[category]}
                {exemptionReason && <div className="small soft">{exemptionReason}</div>}
              </>
            ),
          },
          { head: t.percent, end: true, cell: ({ percent }) => formatPercent(percent, spoken) },
          {
            head: t.validFrom,
            cell: ({ validFrom, validTo }) => (
              <>
                <DateText date={validFrom} />
                {validTo && (
                  <div className="small soft">
                    {tax.until} <DateText date={validTo} />
                  </div>
                )}
              </>
            ),
          },
          { head: t.source, lang: "en", cell: ({ source }) => <span className="small soft">{source}</span> },
        ]}
      />
    </section>
  );
}
