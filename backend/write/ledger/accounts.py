"""The chart of accounts: few codes, after the Swedish BAS chart, the same in every tenant."""

from typing import Final

BANK: Final = "1930"
RECEIVABLES: Final = "1510"
DEBTOR_CREDIT: Final = "2420"
OUTPUT_VAT: Final = "2610"
FEES_REVENUE: Final = "3010"
COLLECTED_FOR_OTHERS: Final = "2890"
OPENING_BALANCES: Final = "2099"

# Whoever issues keeps its own share as revenue; what it collects for somebody else is owed to them.
_OWN: Final = frozenset({"issuer", ""})


def account_of(recipient: str, issuer_level: str) -> str:
    """The account a fee component is credited to. `issuer_level` is the issuer's own word for itself among the
    recipients (`federation`, `district`, `club` or `platform`)."""
    return FEES_REVENUE if recipient in _OWN or recipient == issuer_level else COLLECTED_FOR_OTHERS
