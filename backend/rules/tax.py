"""Which VAT a line carries: the fiscal position of the parties, then the matrix of rates at the tax point (S003-34).

An unknown rate is an error, never a guess (C16). A rate is looked up once, at issue, and then frozen on the line (C14).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from backend.values.tax import AppliedTax, FiscalPosition, TaxRate

# The member states by ISO 3166-1 code (Directive 2006/112/EC, Article 5). Northern Ireland belongs for goods only.
EU: Final = frozenset(
    {
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    }
)
# `EL` is how Greece writes its VAT numbers; Monaco is treated as France (Article 7), and several federations sit there.
_TREATED_AS: Final = {"EL": "GR", "MC": "FR"}


class TaxUndetermined(LookupError):
    """No rate is in force for this jurisdiction, category and day. The document must not be issued."""

    def __init__(self, jurisdiction: str, category: str, on: date) -> None:
        super().__init__(f"no {category} rate in {jurisdiction} on {on}")
        self.jurisdiction, self.category, self.on = jurisdiction, category, on


class OverlappingTaxRates(ValueError):
    """Two rates for the same jurisdiction and category would be in force on the same day."""

    def __init__(self, first: "TaxRate", second: "TaxRate") -> None:
        super().__init__(f"{first.code} and {second.code} overlap from {second.valid_from}")
        self.first, self.second = first, second


@dataclass(frozen=True, slots=True)
class TaxMatrix:
    """All rates a tenant charges by. Raises `OverlappingTaxRates` when two could apply on one day (S000-28)."""

    rates: tuple[TaxRate, ...] = ()
    _by_key: dict[tuple[str, str], tuple[TaxRate, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key: dict[tuple[str, str], list[TaxRate]] = {}
        for rate in sorted(self.rates, key=lambda rate: rate.valid_from):
            periods = by_key.setdefault(_key(rate), [])
            if periods and (periods[-1].valid_to is None or periods[-1].valid_to >= rate.valid_from):
                raise OverlappingTaxRates(periods[-1], rate)
            periods.append(rate)
        # Latest first, because nearly every look-up is for today.
        object.__setattr__(self, "_by_key", {key: tuple(reversed(periods)) for key, periods in by_key.items()})

    def rate(self, jurisdiction: str, category: str, on: date) -> TaxRate:
        """The rate in force on the tax point `on`. Raises `TaxUndetermined`."""
        for rate in self._by_key.get((jurisdiction, category), ()):
            if rate.holds(on):
                return rate
        raise TaxUndetermined(jurisdiction, category, on)

    def adopt(self, rate: TaxRate) -> "TaxMatrix":
        """A matrix with `rate` as well, where an open-ended predecessor ends the day before.

        Nothing else is moved: a rate that falls into a period with a known end raises `OverlappingTaxRates`.
        """
        return self.adopt_all((rate,))

    def adopt_all(self, rates: Iterable[TaxRate]) -> "TaxMatrix":
        """`adopt` for each of `rates` in turn, building the matrix once: a country's history comes as one event."""
        adopted = list(self.rates)
        open_ended = {_key(rate): index for index, rate in enumerate(adopted) if rate.valid_to is None}
        for rate in rates:
            index = open_ended.get(_key(rate))
            if index is not None and adopted[index].valid_from < rate.valid_from:
                adopted[index] = replace(adopted[index], valid_to=rate.valid_from - timedelta(days=1))
                del open_ended[_key(rate)]
            if rate.valid_to is None:
                open_ended[_key(rate)] = len(adopted)
            adopted.append(rate)
        return TaxMatrix(tuple(adopted))


def _key(rate: TaxRate) -> tuple[str, str]:
    return rate.jurisdiction, rate.category


# --- Who owes the tax, and where ---

# Codes: CEF VATEX list. Texts: what Article 226(11a) and BT-120 want to read on the document.
REVERSE_CHARGE: Final = AppliedTax(
    category_code="AE",
    percent=Decimal(0),
    rate_code="EU-REVERSE-CHARGE",
    exemption_code="VATEX-EU-AE",
    exemption_reason="Reverse charge: VAT is payable by the customer, Art. 196 Directive 2006/112/EC",
)
EXPORT_FROM_EU: Final = AppliedTax(
    category_code="G",
    percent=Decimal(0),
    rate_code="EXPORT",
    exemption_code="VATEX-EU-G",
    exemption_reason="Supplied to a customer outside the EU: not taxed here, Art. 44 and 59 Directive 2006/112/EC",
)
EXPORT_ELSEWHERE: Final = AppliedTax(
    category_code="G", percent=Decimal(0), rate_code="EXPORT", exemption_reason="Supplied to a customer abroad"
)
NOT_SUBJECT: Final = AppliedTax(
    category_code="O",
    percent=Decimal(0),
    rate_code="NOT-SUBJECT",
    exemption_code="VATEX-EU-O",
    exemption_reason="Not subject to VAT: the issuer is not registered for VAT",
)


def fiscal_position(
    *,
    issuer_country: str,
    issuer_vat_number: str,
    debtor_country: str,
    debtor_vat_number: str,
    debtor_is_business: bool,
    exempt_sport: bool,
) -> FiscalPosition:
    """Which rule of VAT the two parties fall under, for services (Directive 2006/112/EC, Art. 43 to 45 and 196).

    Countries are ISO 3166-1 alpha-2; a VAT number is `""` where there is none. First match wins:

    1. an issuer without VAT number charges none: `outside_scope`;
    2. services closely linked to sport, by a non-profit body: `exempt_sport` (Art. 132(1)(m)), wherever the debtor is;
    3. the same country: `domestic`;
    4. within the EU: `eu_reverse_charge` for a business that gives a VAT number (Art. 196; BR-AE-03 wants the number
       on the invoice), otherwise `eu_consumer`, taxed as at home (Art. 45);
    5. any other border: `export` for a business (Art. 44); a private person is taxed as at home (Art. 45): `domestic`.
    """
    issuer, debtor = vat_territory(issuer_country), vat_territory(debtor_country)
    if not issuer_vat_number.strip():
        return "outside_scope"
    if exempt_sport:
        return "exempt_sport"
    if issuer == debtor:
        return "domestic"
    if issuer in EU and debtor in EU:
        return "eu_reverse_charge" if debtor_is_business and debtor_vat_number.strip() else "eu_consumer"
    return "export" if debtor_is_business else "domestic"


def resolve(matrix: TaxMatrix, *, position: FiscalPosition, jurisdiction: str, category: str, on: date) -> AppliedTax:
    """The tax of a line of `category` under `position`; `on` is the tax point. Raises `TaxUndetermined`.

    A line of category `exempt_sport` keeps its exemption under every position but `outside_scope`.
    """
    if position == "outside_scope":
        return NOT_SUBJECT
    if position == "exempt_sport" or category == "exempt_sport":
        return applied(matrix.rate(vat_territory(jurisdiction), "exempt_sport", on))
    if position == "eu_reverse_charge":
        return REVERSE_CHARGE
    if position == "export":
        return EXPORT_FROM_EU if vat_territory(jurisdiction) in EU else EXPORT_ELSEWHERE
    return applied(matrix.rate(vat_territory(jurisdiction), category, on))


def applied(rate: TaxRate) -> AppliedTax:
    """What a line keeps of `rate`."""
    return AppliedTax(
        category_code=rate.en16931,
        percent=rate.percent,
        rate_code=rate.code,
        exemption_reason=rate.exemption_reason,
        exemption_code=rate.exemption_code,
    )


def vat_territory(country: str) -> str:
    """The country whose VAT law covers `country`, as ISO 3166-1 alpha-2: France for Monaco, GR for `EL`."""
    code = country.strip().upper()
    return _TREATED_AS.get(code, code)
