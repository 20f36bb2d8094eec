"""The series an issuer numbers its invoices by: one per season, and no other document draws from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from backend.events.issuers import NumberSeriesConfigured
from backend.rules.numbering import Counter, InvalidSeries, SeriesPattern
from backend.tenants.capabilities import Capability
from backend.values.dates import Season
from backend.values.identifiers import IssuerId
from backend.values.why import Why
from backend.write.command import command
from backend.write.issuers.register import authorised_issuer, record_change
from backend.write.refusal import InvalidValue, Refusal, RefusalCode
from backend.write.states.issuer import Issuer
from backend.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigureNumberSeries:
    """How the issuer's numbers read: prefix, digits, and where each season begins (1000 continues an older series)."""

    issuer_id: IssuerId
    prefix: str
    width: int = 6
    first_number: int = 1


class SeriesInUse(Refusal):
    """The running season has numbers already: another pattern would tear its series apart."""

    code = RefusalCode.SERIES_IN_USE
    status = 409


MAX_FIRST_NUMBER: Final = 999_999_999_999


def invoice_series(issuer_id: IssuerId, season: str) -> str:
    """The counter of the issuer's invoices of one season."""
    return f"invoice:{issuer_id}:{season}"


def open_series(issuer: Issuer, today: date) -> dict[str, Season]:
    """The series that still grow, by the name of their counter: those of the current season and of any later one."""
    return {
        invoice_series(issuer.issuer_id, season.code): season for season in issuer.seasons if season.last_day >= today
    }


def configure_series(
    issuer: Issuer, command: ConfigureNumberSeries, *, today: date, taken: Mapping[str, Counter]
) -> NumberSeriesConfigured:
    """Another pattern, for seasons without a number. `taken` are the counters of `open_series` that have counted."""
    for name, season in open_series(issuer, today).items():
        if name in taken:
            raise SeriesInUse(
                f"season {season.code} has {taken[name].last_value} as its last number already: "
                f"change the pattern before the first invoice of a season"
            )
    if command.first_number > MAX_FIRST_NUMBER:
        raise InvalidValue(Why.TOO_LARGE, limit=MAX_FIRST_NUMBER, path=("firstNumber",))
    try:
        pattern = SeriesPattern(command.prefix, width=command.width, first_number=command.first_number)
    except InvalidSeries as wrong:
        raise InvalidValue.by_rule(wrong) from None
    for season in issuer.seasons:
        check_printable(pattern, season.code)
    return NumberSeriesConfigured(
        issuer_id=issuer.issuer_id, prefix=command.prefix, width=command.width, first_number=command.first_number
    )


def check_printable(pattern: SeriesPattern, season: str) -> None:
    """Refuse a season whose code makes a number longer than can be printed."""
    try:
        pattern.format(season, MAX_FIRST_NUMBER)
    except InvalidSeries as wrong:
        raise InvalidValue.by_rule(wrong, path=("season", "code")) from None


@command(Capability.ISSUERS_MANAGE)
async def configure_number_series(command: ConfigureNumberSeries, work: UnitOfWork) -> None:
    """Load the issuer and its counters, and record the pattern of its numbers."""
    issuer = await authorised_issuer(work, command.issuer_id)
    today = work.today(issuer.time_zone)
    taken = await work.counters(list(open_series(issuer, today)))
    record_change(work, command.issuer_id, configure_series(issuer, command, today=today, taken=taken))
