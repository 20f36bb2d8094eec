/** Countries and languages by their names, as the browser knows them in every language. */
import { useMemo } from "react";
import { useLanguage } from "./language";

// ISO 3166-1: the countries whose federations and members are billed from here, and their neighbours in sport.
const COUNTRIES = (
  "AD AE AL AM AR AT AU AZ BA BD BE BF BG BH BI BJ BN BO BR BW BY CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DO DZ EC EE" +
  " EG ES ET FI FJ FO FR GA GB GE GF GH GL GM GN GP GR GT GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KM KR KW" +
  " KZ LA LB LI LK LT LU LV LY MA MC MD ME MG MK ML MN MO MQ MR MT MU MV MX MY MZ NA NC NE NG NI NL NO NP NZ OM PA PE PF PH PK PL PT" +
  " PY QA RE RO RS RU RW SA SC SE SG SI SK SM SN TD TG TH TJ TL TM TN TR TT TW TZ UA UG US UY UZ VA VE VN VU WF YT ZA ZM ZW"
).split(" ");

/** `SE` reads Sverige; what is no such code stays as it is. */
export function useCountryName(): (code: string) => string {
  return useNames("region");
}

/** `sv` reads svenska. */
export function useLanguageName(): (code: string) => string {
  return useNames("language");
}

/** Every country by name, and `also`, the one that is chosen already. */
export function useCountries(also: string): readonly { readonly value: string; readonly label: string }[] {
  const spoken = useLanguage();
  const name = useCountryName();
  return useMemo(() => {
    const codes = new Set([...COUNTRIES, ...(also ? [also] : [])]);
    const order = new Intl.Collator(spoken);
    return [...codes].map((value) => ({ value, label: name(value) })).sort((one, other) => order.compare(one.label, other.label));
  }, [spoken, name, also]);
}

function useNames(type: "region" | "language"): (code: string) => string {
  const spoken = useLanguage();
  return useMemo(() => {
    const names = new Intl.DisplayNames([spoken], { type, fallback: "code" });
    return (code) => {
      try {
        return code === "" ? "" : (names.of(code) ?? code);
      } catch {
        return code;
      }
    };
  }, [spoken, type]);
}
