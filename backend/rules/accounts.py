"""The chart of accounts: few codes, after the Swedish BAS chart, the same in every tenant; and what a tax is called."""

from decimal import Decimal
from typing import Final

BANK: Final = "1930"
RECEIVABLES: Final = "1510"
OPENING_BALANCES: Final = "2099"
DEBTOR_CREDIT: Final = "2420"
COLLECTED_FOR_OTHERS: Final = "2890"
FEES_REVENUE: Final = "3010"

# BAS has an account for each Swedish rate. Every other tax charged stands on 2670, apart by its code: BAS means that
# account for the VAT of other countries.
_SWEDISH_VAT: Final = {Decimal(25): "2611", Decimal(12): "2621", Decimal(6): "2631"}
_OTHER_VAT: Final = "2670"
VAT_ACCOUNTS: Final = frozenset({*_SWEDISH_VAT.values(), _OTHER_VAT})

# Whoever issues keeps its own share as revenue; what it collects for somebody else is owed to them.
_OWN: Final = frozenset({"issuer", ""})


def account_of(recipient: str, issuer_level: str) -> str:
    """The account a fee component is credited to. `issuer_level` is the issuer's own word for itself among the
    recipients (`federation`, `district`, `club` or `platform`)."""
    return FEES_REVENUE if recipient in _OWN or recipient == issuer_level else COLLECTED_FOR_OTHERS


def vat_account(jurisdiction: str, percent: Decimal) -> str:
    """The account of output VAT of one rate."""
    return _SWEDISH_VAT.get(percent, _OTHER_VAT) if jurisdiction == "SE" else _OTHER_VAT


def tax_code(jurisdiction: str, category_code: str, percent: Decimal) -> str:
    """How postings name a tax: country, category of EN 16931 and rate, such as `SE-S-25` or `FR-S-5.5`."""
    return f"{jurisdiction}-{category_code}-{percent.normalize():f}"


def named_by(code: str) -> tuple[str, str, Decimal]:
    """Country, category and rate of a tax code."""
    jurisdiction, category_code, percent = code.split("-")
    return jurisdiction, category_code, Decimal(percent)
