"""Erasing a debtor's personal data: when nothing is owed and no law keeps a document any more.

The law counts from the end of the accounting year. We count from the year in which the newest invoice fell due (at
most a year later than its date), under the strictest law of all the tenant's issuers: never too early.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import Final

from backend.events.debtors import PersonalDataErased
from backend.inline.attachment_uses import note_forgotten
from backend.inline.issuers import issuers_of
from backend.inline.newest_document import newest_due_on
from backend.inline.open_receivables import open_receivables_of
from backend.rules.gate import Receivable
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DebtorId
from backend.write.command import command
from backend.write.refusal import Refusal, RefusalCode
from backend.write.states.debtor import DEBTOR, Debtor
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import Path, text


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePersonalData:
    """Destroy the key of a debtor's personal data, for ever. `ground` is the legal basis of the request."""

    debtor_id: DebtorId
    ground: str


class PersonErased(Refusal):
    """The debtor's personal data is gone for ever: nothing about them can be recorded any more."""

    code = RefusalCode.PERSON_ERASED
    status = 409


class RetentionNotExpired(Refusal):
    """The law still keeps a document of this debtor, or something is still owed (C48)."""

    code = RefusalCode.RETENTION_NOT_EXPIRED
    status = 409


# Bokföringslagen (1999:1078) 7 kap. 2 §; Code de commerce L123-22; the other countries keep to the longest of these.
RETENTION_YEARS: Final = {"SE": 7, "FR": 10}
LONGEST_RETENTION_YEARS: Final = 10
MAX_GROUND: Final = 300


def erase(
    debtor: Debtor,
    ground: str,
    *,
    owed: Sequence[Receivable],
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


def still_known(debtor: Debtor, *, path: Path = ()) -> DebtorId:
    """The debtor, unless erased: nothing can be sealed for a person whose key is destroyed. Raises `PersonErased`."""
    if debtor.particulars is None:
        raise PersonErased("this debtor's personal data was erased: register them anew", path=path)
    return debtor.debtor_id


@command(Capability.PERSONAL_DATA_ERASE, dangerous=True)
async def erase_personal_data(command: ErasePersonalData, work: UnitOfWork) -> None:
    """Load what the debtor owes and what the law keeps, and record the erasure."""
    debtor = await work.get(DEBTOR, command.debtor_id, path=("debtorId",))
    work.authorise(debtor.node)
    erased = erase(
        debtor,
        command.ground,
        owed=(await open_receivables_of(*work.place, (debtor.debtor_id,)))[debtor.debtor_id],
        newest_due_on=await newest_due_on(*work.place, debtor.debtor_id),
        jurisdictions=[issuer.jurisdiction for issuer in await issuers_of(*work.place)],
        today=work.now.date(),
    )
    work.record(debtor.debtor_id, erased)
    await note_forgotten(*work.place, debtor.debtor_id)
    work.answer = {"debtor_id": str(debtor.debtor_id)}
