"""The numbers an invoice takes: of its series, and of the payment account. Numbers and dates rise together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from backend.rules.numbering import Counter
from backend.write.invoices.circumstances import Circumstances
from backend.write.issuers.series import invoice_series
from backend.write.refusal import Refusal, RefusalCode
from backend.write.states.issuer import Issuer
from backend.write.unit_of_work import UnitOfWork


class DateBeforeLast(Refusal):
    """The series already has an invoice of a later date (C4): numbers and dates rise together."""

    code = RefusalCode.INVOICE_DATE_BEFORE_LAST


class IssuerIncomplete(Refusal):
    """The issuer has no payment account, so debtors could not pay."""

    code = RefusalCode.ISSUER_INCOMPLETE


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """The numbers one invoice takes: of its series, and of its payment account."""

    series: str
    sequence: int
    number: str
    reference_counter: str
    reference_sequence: int


def number(around: Circumstances, taken: Mapping[str, Counter], ahead: int = 0) -> Numbered:
    """The next number of the series and of the payment account; `ahead` counts those this command took before.

    Refuses a date earlier than the last one of the series (C4).
    """
    issuer = around.issuer
    if issuer.account is None:
        raise IssuerIncomplete("the issuer has no payment account: set one, so that debtors can pay")
    series, reference = invoice_series(issuer.issuer_id, around.season), reference_counter(issuer)
    not_before_last(taken, series, around.issued_on)
    last, last_reference = taken.get(series), taken.get(reference)
    sequence = (last.last_value + 1 if last else issuer.pattern.first_number) + ahead
    return Numbered(
        series=series,
        sequence=sequence,
        number=issuer.pattern.format(around.season, sequence),
        reference_counter=reference,
        reference_sequence=(last_reference.last_value if last_reference else 0) + 1 + ahead,
    )


def not_before_last(taken: Mapping[str, Counter], series: str, on: date) -> None:
    """Numbers and dates of a series rise together. Raises `DateBeforeLast`."""
    last = taken.get(series)
    if last is not None and on < last.last_on:
        raise DateBeforeLast(
            f"the series already has an invoice of {last.last_on}: issue on that day or later", path=("issuedOn",)
        )


def reference_counter(issuer: Issuer) -> str:
    """The name of the counter of the payment account, shared by all issuers that are paid on it."""
    assert issuer.account is not None
    return f"reference:{issuer.account.account_id}"


def counter_names(issuer: Issuer, season: str) -> tuple[str, str]:
    """The series, and the payment account's references. Raises `IssuerIncomplete`."""
    if issuer.account is None:
        raise IssuerIncomplete("the issuer has no payment account: set one, so that debtors can pay")
    return invoice_series(issuer.issuer_id, season), reference_counter(issuer)


async def counters_of(work: UnitOfWork, issuer: Issuer, season: str) -> Mapping[str, Counter]:
    """The counters an invoice of this issuer and season is numbered from."""
    return await work.counters(counter_names(issuer, season))
