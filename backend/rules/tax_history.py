"""The VAT rates a new tenant starts with: effective-dated history for the EU, EFTA and the United Kingdom (C15).

A starting point that the tenant confirms, not tax advice. A first row begins on a day on which the rate was certainly
in force, not always on the day it was introduced. Rates that hold for single goods only are left out.
"""

from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from backend.rules.tax import EU
from backend.values.tax import TaxCategory, TaxRate

_SPORT_REASON: Final = "Exempt: services closely linked to sport, Art. 132(1)(m) Directive 2006/112/EC"


class _Period(NamedTuple):
    """One row as written below. An empty `until` is open-ended."""

    category: TaxCategory
    percent: str
    since: str
    until: str = ""


def _country(jurisdiction: str, law: str, *periods: _Period) -> tuple[TaxRate, ...]:
    rates: list[TaxRate] = []
    taken: set[str] = set()
    for period in periods:
        code = f"{jurisdiction}-{period.percent}"
        # A percentage that comes back after a temporary one (Germany 2021) gets its year, so that a code is one row.
        code = f"{code}-{period.since[:4]}" if code in taken else code
        taken.add(code)
        rates.append(
            TaxRate(
                code=code,
                jurisdiction=jurisdiction,
                category=period.category,
                percent=Decimal(period.percent),
                en16931="Z" if period.category == "zero" else "S",
                valid_from=date.fromisoformat(period.since),
                valid_to=date.fromisoformat(period.until) if period.until else None,
                source=law,
            )
        )
    return tuple(rates)


def _exempt_sport(jurisdiction: str, reason: str, law: str, *, since: str = "2007-01-01", code: str = "") -> TaxRate:
    return TaxRate(
        code=f"{jurisdiction}-SPORT",
        jurisdiction=jurisdiction,
        category="exempt_sport",
        percent=Decimal(0),
        en16931="E",
        valid_from=date.fromisoformat(since),
        exemption_reason=reason,
        exemption_code=code,
        source=law,
    )


_P: Final = _Period

_NORDIC_AND_BALTIC: Final = (
    # From 2026-04-01 to 2027-12-31 food is at 6 instead of 12 per cent (prop. 2025/26:55). It moves goods between two
    # rates that both stay, and nothing a federation invoices as a service, so there is no row for it.
    *_country(
        "SE",
        "Mervärdesskattelag (2023:200) ch. 9; before 2023-07-01 mervärdesskattelag (1994:200) ch. 7",
        _P("standard", "25", "1996-01-01"),
        _P("reduced", "12", "1996-01-01"),
        _P("super_reduced", "6", "1996-01-01"),
    ),
    *_country(
        "FI",
        "Arvonlisäverolaki 1501/1993 §§ 84-85 a; 25.5 by act 467/2024, 13.5 from 2026",
        _P("standard", "23", "2010-07-01", "2012-12-31"),
        _P("standard", "24", "2013-01-01", "2024-08-31"),
        _P("standard", "25.5", "2024-09-01"),
        _P("reduced", "13", "2010-07-01", "2012-12-31"),
        _P("reduced", "14", "2013-01-01", "2025-12-31"),
        _P("reduced", "13.5", "2026-01-01"),
        _P("super_reduced", "9", "2010-07-01", "2012-12-31"),
        _P("super_reduced", "10", "2013-01-01"),
    ),
    *_country("DK", "Momsloven § 33", _P("standard", "25", "1992-01-01")),
    # The low rate, which covers admission to sports events, was 6 per cent during the pandemic.
    *_country(
        "NO",
        "Stortingets vedtak om merverdiavgift; merverdiavgiftsloven §§ 5-1 to 5-11",
        _P("standard", "25", "2005-01-01"),
        _P("reduced", "15", "2012-01-01"),
        _P("super_reduced", "10", "2016-01-01", "2017-12-31"),
        _P("super_reduced", "12", "2018-01-01", "2020-03-31"),
        _P("super_reduced", "6", "2020-04-01", "2021-09-30"),
        _P("super_reduced", "12", "2021-10-01"),
    ),
    *_country(
        "IS",
        "Lög nr. 50/1988 um virðisaukaskatt, art. 14",
        _P("standard", "24", "2015-01-01"),
        _P("reduced", "11", "2015-01-01"),
    ),
    *_country(
        "EE",
        "Käibemaksuseadus § 15",
        _P("standard", "20", "2009-07-01", "2023-12-31"),
        _P("standard", "22", "2024-01-01", "2025-06-30"),
        _P("standard", "24", "2025-07-01"),
        _P("reduced", "9", "2009-07-01"),
        _P("second_reduced", "13", "2025-01-01"),
    ),
    *_country(
        "LV",
        "Pievienotās vērtības nodokļa likums § 41",
        _P("standard", "21", "2012-07-01"),
        _P("reduced", "12", "2012-07-01"),
        _P("super_reduced", "5", "2018-01-01"),
    ),
    *_country(
        "LT",
        "Pridėtinės vertės mokesčio įstatymas art. 19; 12 by law XV-287 of 2025",
        _P("standard", "21", "2009-09-01"),
        _P("reduced", "9", "2015-01-01", "2025-12-31"),
        _P("reduced", "12", "2026-01-01"),
        _P("super_reduced", "5", "2015-01-01"),
    ),
)

_WESTERN: Final = (
    *_country(
        "FR",
        "Code général des impôts art. 278 to 281 nonies (mainland)",
        _P("standard", "19.6", "2000-04-01", "2013-12-31"),
        _P("standard", "20", "2014-01-01"),
        _P("reduced", "7", "2012-01-01", "2013-12-31"),
        _P("reduced", "10", "2014-01-01"),
        _P("second_reduced", "5.5", "2000-04-01"),
        _P("super_reduced", "2.1", "2000-04-01"),
    ),
    *_country(
        "DE",
        "Umsatzsteuergesetz § 12; § 28 for the second half of 2020",
        _P("standard", "19", "2007-01-01", "2020-06-30"),
        _P("standard", "16", "2020-07-01", "2020-12-31"),
        _P("standard", "19", "2021-01-01"),
        _P("reduced", "7", "2007-01-01", "2020-06-30"),
        _P("reduced", "5", "2020-07-01", "2020-12-31"),
        _P("reduced", "7", "2021-01-01"),
    ),
    *_country(
        "ES",
        "Ley 37/1992 del IVA art. 90 and 91 (mainland and Balearics); Real Decreto-ley 20/2012",
        _P("standard", "18", "2010-07-01", "2012-08-31"),
        _P("standard", "21", "2012-09-01"),
        _P("reduced", "8", "2010-07-01", "2012-08-31"),
        _P("reduced", "10", "2012-09-01"),
        _P("super_reduced", "4", "2010-07-01"),
    ),
    *_country(
        "IT",
        "DPR 633/1972 art. 16",
        _P("standard", "21", "2011-09-17", "2013-09-30"),
        _P("standard", "22", "2013-10-01"),
        _P("reduced", "10", "2011-09-17"),
        _P("second_reduced", "5", "2016-01-01"),
        _P("super_reduced", "4", "2011-09-17"),
    ),
    *_country(
        "PT",
        "Código do IVA art. 18 (mainland)",
        _P("standard", "23", "2011-01-01"),
        _P("reduced", "13", "2011-01-01"),
        _P("super_reduced", "6", "2011-01-01"),
    ),
    *_country(
        "NL",
        "Wet op de omzetbelasting 1968 art. 9",
        _P("standard", "21", "2012-10-01"),
        _P("reduced", "6", "2012-10-01", "2018-12-31"),
        _P("reduced", "9", "2019-01-01"),
    ),
    *_country(
        "BE",
        "Koninklijk besluit nr. 20 / arrêté royal n° 20",
        _P("standard", "21", "2000-01-01"),
        _P("reduced", "12", "2000-01-01"),
        _P("super_reduced", "6", "2000-01-01"),
    ),
    *_country(
        "LU",
        "Loi TVA du 12 février 1979 art. 39 and 40; one point less in 2023, loi du 26 octobre 2022",
        _P("standard", "17", "2015-01-01", "2022-12-31"),
        _P("standard", "16", "2023-01-01", "2023-12-31"),
        _P("standard", "17", "2024-01-01"),
        _P("second_reduced", "14", "2015-01-01", "2022-12-31"),
        _P("second_reduced", "13", "2023-01-01", "2023-12-31"),
        _P("second_reduced", "14", "2024-01-01"),
        _P("reduced", "8", "2015-01-01", "2022-12-31"),
        _P("reduced", "7", "2023-01-01", "2023-12-31"),
        _P("reduced", "8", "2024-01-01"),
        _P("super_reduced", "3", "2015-01-01"),
    ),
    *_country(
        "IE",
        "Value-Added Tax Consolidation Act 2010 s. 46; 21 by the July Stimulus of 2020",
        _P("standard", "23", "2012-01-01", "2020-08-31"),
        _P("standard", "21", "2020-09-01", "2021-02-28"),
        _P("standard", "23", "2021-03-01"),
        _P("reduced", "13.5", "2003-01-01"),
        _P("second_reduced", "9", "2011-07-01"),
        _P("zero", "0", "2003-01-01"),
    ),
    *_country(
        "GB",
        "Value Added Tax Act 1994 s. 2, schedules 7A and 8; 20 by Finance (No. 2) Act 2010",
        _P("standard", "20", "2011-01-04"),
        _P("reduced", "5", "2011-01-04"),
        _P("zero", "0", "2011-01-04"),
    ),
)

_SWISS: Final = tuple(
    rate
    for jurisdiction, law in (("CH", "MWSTG art. 25"), ("LI", "Liechtenstein MWSTG art. 25, as in Switzerland"))
    for rate in _country(
        jurisdiction,
        law,
        _P("standard", "8", "2011-01-01", "2017-12-31"),
        _P("standard", "7.7", "2018-01-01", "2023-12-31"),
        _P("standard", "8.1", "2024-01-01"),
        _P("reduced", "2.5", "2011-01-01", "2023-12-31"),
        _P("reduced", "2.6", "2024-01-01"),
        _P("second_reduced", "3.8", "2011-01-01", "2017-12-31"),
        _P("second_reduced", "3.7", "2018-01-01", "2023-12-31"),
        _P("second_reduced", "3.8", "2024-01-01"),
    )
)

_CENTRAL_AND_SOUTHERN: Final = (
    *_country(
        "AT",
        "Umsatzsteuergesetz 1994 § 10",
        _P("standard", "20", "1995-01-01"),
        _P("reduced", "10", "1995-01-01"),
        _P("second_reduced", "13", "2016-01-01"),
    ),
    *_country(
        "PL",
        "Ustawa o podatku od towarów i usług art. 41 and 146ef",
        _P("standard", "23", "2011-01-01"),
        _P("reduced", "8", "2011-01-01"),
        _P("super_reduced", "5", "2011-01-01"),
    ),
    *_country(
        "CZ",
        "Zákon č. 235/2004 Sb. § 47; single reduced rate from 2024",
        _P("standard", "21", "2013-01-01"),
        _P("reduced", "15", "2013-01-01", "2023-12-31"),
        _P("reduced", "12", "2024-01-01"),
        _P("second_reduced", "10", "2015-01-01", "2023-12-31"),
    ),
    *_country(
        "SK",
        "Zákon č. 222/2004 Z. z. § 27; 23, 19 and 5 from 2025",
        _P("standard", "20", "2011-01-01", "2024-12-31"),
        _P("standard", "23", "2025-01-01"),
        _P("reduced", "10", "2011-01-01", "2024-12-31"),
        _P("reduced", "19", "2025-01-01"),
        _P("super_reduced", "5", "2025-01-01"),
    ),
    *_country(
        "HU",
        "2007. évi CXXVII. törvény § 82",
        _P("standard", "25", "2009-07-01", "2011-12-31"),
        _P("standard", "27", "2012-01-01"),
        _P("reduced", "18", "2009-07-01"),
        _P("super_reduced", "5", "2009-07-01"),
    ),
    *_country(
        "SI",
        "Zakon o davku na dodano vrednost (ZDDV-1) art. 41",
        _P("standard", "22", "2013-07-01"),
        _P("reduced", "9.5", "2013-07-01"),
        _P("super_reduced", "5", "2020-01-01"),
    ),
    *_country(
        "HR",
        "Zakon o porezu na dodanu vrijednost art. 38",
        _P("standard", "25", "2012-03-01"),
        _P("reduced", "13", "2014-01-01"),
        _P("super_reduced", "5", "2013-01-01"),
    ),
    *_country(
        "RO",
        "Codul fiscal art. 291; 21 and 11 by Legea 141/2025",
        _P("standard", "24", "2010-07-01", "2015-12-31"),
        _P("standard", "20", "2016-01-01", "2016-12-31"),
        _P("standard", "19", "2017-01-01", "2025-07-31"),
        _P("standard", "21", "2025-08-01"),
        _P("reduced", "9", "2010-07-01", "2025-07-31"),
        _P("reduced", "11", "2025-08-01"),
        _P("super_reduced", "5", "2010-07-01", "2025-07-31"),
    ),
    *_country(
        "BG",
        "Закон за данък върху добавената стойност art. 66",
        _P("standard", "20", "2007-01-01"),
        _P("reduced", "9", "2011-04-01"),
    ),
    *_country(
        "GR",
        "Law 2859/2000 art. 21 (mainland), codified again as law 5144/2024",
        _P("standard", "23", "2010-07-01", "2016-05-31"),
        _P("standard", "24", "2016-06-01"),
        _P("reduced", "13", "2011-01-01"),
        _P("super_reduced", "6", "2015-07-20"),
    ),
    *_country(
        "CY",
        "VAT Law 95(I)/2000",
        _P("standard", "19", "2014-01-13"),
        _P("reduced", "9", "2014-01-13"),
        _P("super_reduced", "5", "2014-01-13"),
    ),
    *_country(
        "MT",
        "Value Added Tax Act, cap. 406",
        _P("standard", "18", "2004-05-01"),
        _P("reduced", "7", "2011-01-01"),
        _P("super_reduced", "5", "2004-05-01"),
    ),
)

# Every member state must exempt these services (Art. 132(1)(m)); which ones, its own law says. Where we are sure of
# the national provision, it is named.
_SPORT_LAWS: Final = {
    "SE": "Mervärdesskattelag (2023:200) ch. 10; before 2023-07-01 mervärdesskattelag (1994:200) ch. 3 s. 11 a",
    "FR": "Code général des impôts art. 261, 7, 1° a",
    "DE": "Umsatzsteuergesetz § 4 no. 22 b",
    "ES": "Ley 37/1992 del IVA art. 20.Uno.13",
}
_EXEMPT_SPORT: Final = (
    *(
        _exempt_sport(
            country,
            _SPORT_REASON,
            _SPORT_LAWS.get(country, "Directive 2006/112/EC Art. 132(1)(m), as transposed"),
            since="2013-07-01" if country == "HR" else "2007-01-01",
            code="VATEX-EU-132-1M",
        )
        for country in sorted(EU)
    ),
    _exempt_sport("CH", "Exempt: sport, MWSTG art. 21(2) no. 15", "MWSTG art. 21(2) no. 15", since="2010-01-01"),
    _exempt_sport("GB", "Exempt: sport, VATA 1994 sch. 9 group 10", "VATA 1994 sch. 9 group 10", since="2011-01-04"),
)

DEFAULT_RATES: Final[tuple[TaxRate, ...]] = (
    *_NORDIC_AND_BALTIC,
    *_WESTERN,
    *_SWISS,
    *_CENTRAL_AND_SOUTHERN,
    *_EXEMPT_SPORT,
)
