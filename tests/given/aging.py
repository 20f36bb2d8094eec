"""In which column of the aging report an amount stands, word by word as it was asked for: the tests' own opinion."""

from datetime import date

from backend.rules.aging import Bucket


def bucket_of(due_on: date, as_of: date) -> Bucket:
    """S000-34: the due day itself is day 0; before it nothing is due."""
    days = (as_of - due_on).days
    if days < 0:
        return "not_due"
    if days <= 30:
        return "0-30"
    if days <= 60:
        return "31-60"
    return "61-90" if days <= 90 else "90+"
