"""The seasons of an issuer: no day is in two of them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from backend.events.issuers import SeasonDefined
from backend.tenants.capabilities import Capability
from backend.values.dates import Season
from backend.values.identifiers import IssuerId
from backend.values.why import Why
from backend.write.command import command
from backend.write.issuers.register import authorised_issuer, record_change
from backend.write.issuers.series import check_printable
from backend.write.refusal import AlreadyExists, InvalidValue, Refusal, RefusalCode
from backend.write.states.issuer import Issuer
from backend.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineSeason:
    """Give the issuer one more season. Its code is printed in every number."""

    issuer_id: IssuerId
    season: Season


class SeasonOverlaps(Refusal):
    """A day would belong to two seasons of one issuer."""

    code = RefusalCode.SEASON_OVERLAPS
    status = 409


MAX_SEASONS: Final = 200

# A licence year is a year; a few federations count an Olympic cycle.
MAX_SEASON: Final = timedelta(days=4 * 366)


def season_defined(issuer: Issuer, command: DefineSeason) -> SeasonDefined:
    """One more season, which shares no day with another and whose code can be printed in a number."""
    season = command.season
    if len(issuer.seasons) >= MAX_SEASONS:
        raise InvalidValue(Why.TOO_MANY, limit=MAX_SEASONS, path=("season",))
    if not season.first_day <= season.last_day <= season.first_day + MAX_SEASON:
        raise InvalidValue(Why.SEASON_DAYS_REVERSED, path=("season", "lastDay"))
    check_printable(issuer.pattern, season.code)
    if issuer.season_named(season.code) is not None:
        raise AlreadyExists(f"there is a season {season.code} already", path=("season", "code"))
    for other in issuer.seasons:
        if other.first_day <= season.last_day and season.first_day <= other.last_day:
            raise SeasonOverlaps(
                f"season {other.code} lasts from {other.first_day} to {other.last_day}: no day is in two seasons",
                path=("season",),
            )
    return SeasonDefined(issuer_id=issuer.issuer_id, season=season)


@command(Capability.ISSUERS_MANAGE)
async def define_season(command: DefineSeason, work: UnitOfWork) -> None:
    """Load the issuer, and record one more season."""
    issuer = await authorised_issuer(work, command.issuer_id)
    record_change(work, command.issuer_id, season_defined(issuer, command))
