"""When a debtor's personal data may be erased: when nothing is owed and no law keeps a document any more. Pure.

The law counts from the end of the accounting year. We count from the year in which the newest invoice fell due (at
most a year later than its date), under the strictest law of all the tenant's issuers: never too early.
"""

from collections.abc import Iterable, Sequence
from datetime import MAXYEAR, date
from typing import Final

from backend.events.debtors import PersonalDataErased
from backend.inline.open_receivables import OpenReceivable
from backend.write.debtors.debtor import Debtor
from backend.write.debtors.decisions import still_known
from backend.write.debtors.refusals import RetentionNotExpired
from backend.write.wording import text

# Bokföringslagen (1999:1078) 7 kap. 2 §; Code de commerce L123-22; the other countries keep to the longest of these.
RETENTION_YEARS: Final = {"SE": 7, "FR": 10}
LONGEST_RETENTION_YEARS: Final = 10
MAX_GROUND: Final = 300


def erase(
    debtor: Debtor,
    ground: str,
    *,
    owed: Sequence[OpenReceivable],
    newest_due_on: date | None,
    jurisdictions: Iterable[str],
    today: date,
) -> PersonalDataErased:
    """The erasure, or the refusal that names the day from which it is possible."""
    still_known(debtor)
    if owed:
        raise RetentionNotExpired(f"{len(owed)} invoices of this debtor are not settled: settle them first")
    if newest_due_on is not None and today < (unlocks := unlocked_on(newest_due_on, jurisdictions)):
        raise RetentionNotExpired(f"the law keeps this debtor's invoices: erasing is possible from {unlocks} on")
    return PersonalDataErased(debtor_id=debtor.debtor_id, ground=text(ground, MAX_GROUND, path=("ground",)))


def unlocked_on(newest_due_on: date, jurisdictions: Iterable[str]) -> date:
    """The first day on which no retention period runs any more."""
    years = max((RETENTION_YEARS.get(each, LONGEST_RETENTION_YEARS) for each in jurisdictions), default=0)
    # An old invoice that was taken over may fall due at the end of the calendar.
    return date(min(newest_due_on.year + 1 + (years or LONGEST_RETENTION_YEARS), MAXYEAR), 1, 1)
