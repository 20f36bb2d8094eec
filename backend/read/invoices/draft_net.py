"""What a draft asks for before tax. Its tax is decided on the day it is issued, by the rates of that day."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from backend.events.parts import DraftLine
from backend.rules.totals import InvalidDiscount, InvalidLine, PricedLine, totals
from backend.values.currency import UnknownCurrency
from backend.values.money import AmountTooLarge
from backend.values.tax import AppliedTax

_NO_TAX: Final = AppliedTax(category_code="Z", percent=Decimal(0), rate_code="")


def draft_net(lines: Sequence[DraftLine], currency: str, discount_minor: int) -> int:
    """The net of a draft in minor units; 0 while its lines do not add up to anything that could be issued."""
    priced = [
        PricedLine(
            quantity=line.quantity, unit_price=line.unit_price, discount_percent=line.discount_percent, tax=_NO_TAX
        )
        for line in lines
    ]
    try:
        return totals(priced, currency=currency, document_discount_minor=discount_minor).net.minor
    except (InvalidLine, InvalidDiscount, AmountTooLarge, UnknownCurrency):
        return 0
