"""When an invoice falls due: so many days after its date (S003-33)."""

from datetime import date, timedelta
from typing import Final

from backend.values.why import InvalidByRule, Why

# S004-76: payment terms are 0 to 365 days; 0 is "due at once".
MAX_TERMS_DAYS: Final = 365


class InvalidPaymentTerms(InvalidByRule):
    """The days to pay are not between 0 and `MAX_TERMS_DAYS`."""


def due_on(issued_on: date, terms_days: int) -> date:
    """The last day to pay in time: `terms_days` after the invoice date, both in the issuer's calendar.

    The debtor may pay throughout that day; the invoice is overdue on the day after it (`rules.status`).
    Raises `InvalidPaymentTerms`.
    """
    if not 0 <= terms_days <= MAX_TERMS_DAYS:
        raise InvalidPaymentTerms(Why.OUT_OF_RANGE, lowest=0, highest=MAX_TERMS_DAYS)
    return issued_on + timedelta(days=terms_days)
