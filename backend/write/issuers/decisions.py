"""Who may issue in a tenant, in which seasons, by which numbers and on which account: the pure rules."""

from collections.abc import Container, Mapping, Sequence
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backend.events.issuers import (
    AutoDeliverySet,
    IssuerIdentityChanged,
    IssuerRegistered,
    NumberSeriesConfigured,
    PaymentAccountSet,
    SeasonDefined,
)
from backend.inline.counters import Counter
from backend.inline.issuers import KnownIssuer
from backend.rules.numbering import InvalidSeries, SeriesPattern
from backend.rules.payment_terms import MAX_TERMS_DAYS
from backend.values.currency import EXPONENTS
from backend.values.dates import Season
from backend.values.identifiers import OrgNodeId, TenantId
from backend.write.issuers.commands import (
    ChangeIssuerIdentity,
    ConfigureNumberSeries,
    DefineSeason,
    RegisterIssuer,
    SetAutoDelivery,
    SetPaymentAccount,
)
from backend.write.issuers.issuer import Issuer
from backend.write.issuers.payment_account import checked_account
from backend.write.issuers.refusals import IssuerInconsistent, SeasonOverlaps, SeriesInUse
from backend.write.issuers.series import invoice_series
from backend.write.parties import country, identity
from backend.write.refusal import AlreadyExists, InvalidValue
from backend.write.wording import Path, language

MAX_SEASONS: Final = 200
# A licence year is a year; a few federations count an Olympic cycle.
MAX_SEASON: Final = timedelta(days=4 * 366)
MAX_FIRST_NUMBER: Final = 999_999_999_999


def register(
    command: RegisterIssuer,
    *,
    tenant_id: TenantId,
    tenant_kind: str | None,
    nodes: Container[OrgNodeId],
    earlier: Sequence[KnownIssuer],
) -> IssuerRegistered:
    """The issuer, on a seat of its own. `nodes` are the org nodes of the tenant, as far as the command names them."""
    _consistent(command, tenant_kind, nodes)
    if any((known.issuer_type, known.node) == (command.issuer_type, command.org_node_id) for known in earlier):
        raise AlreadyExists("there is an issuer of this kind here already: change it instead", path=("issuerType",))
    accounting = command.accounting_currency or command.currency
    return IssuerRegistered(
        issuer_id=command.issuer_id,
        issuer_type=command.issuer_type,
        issuer_tenant_id=tenant_id,
        issuer_org_node_id=command.org_node_id,
        identity=identity(command.identity, path=("identity",)),
        jurisdiction=country(command.jurisdiction, path=("jurisdiction",)),
        currency=_currency(command.currency, path=("currency",)),
        accounting_currency=_currency(accounting, path=("accountingCurrency",)),
        time_zone=_time_zone(command.time_zone),
        language=language(command.language, path=("language",)),
        terms_days=terms(command.terms_days),
        exempt_sport=command.exempt_sport,
    )


def change_identity(command: ChangeIssuerIdentity) -> IssuerIdentityChanged:
    return IssuerIdentityChanged(issuer_id=command.issuer_id, identity=identity(command.identity, path=("identity",)))


def set_account(command: SetPaymentAccount) -> PaymentAccountSet:
    return PaymentAccountSet(issuer_id=command.issuer_id, account=checked_account(command.account))


def set_auto_delivery(command: SetAutoDelivery) -> AutoDeliverySet:
    return AutoDeliverySet(issuer_id=command.issuer_id, enabled=command.enabled)


def define_season(issuer: Issuer, command: DefineSeason) -> SeasonDefined:
    """One more season, which shares no day with another and whose code can be printed in a number."""
    season = command.season
    if len(issuer.seasons) >= MAX_SEASONS:
        raise InvalidValue(f"an issuer has at most {MAX_SEASONS} seasons", path=("season",))
    if not season.first_day <= season.last_day <= season.first_day + MAX_SEASON:
        raise InvalidValue("a season ends after it begins, within four years", path=("season", "lastDay"))
    _printable(issuer.pattern, season.code)
    if issuer.season_named(season.code) is not None:
        raise AlreadyExists(f"there is a season {season.code} already", path=("season", "code"))
    for other in issuer.seasons:
        if other.first_day <= season.last_day and season.first_day <= other.last_day:
            raise SeasonOverlaps(
                f"season {other.code} lasts from {other.first_day} to {other.last_day}: no day is in two seasons",
                path=("season",),
            )
    return SeasonDefined(issuer_id=issuer.issuer_id, season=season)


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
        raise InvalidValue(f"the first number is at most {MAX_FIRST_NUMBER}", path=("firstNumber",))
    try:
        pattern = SeriesPattern(command.prefix, width=command.width, first_number=command.first_number)
    except InvalidSeries as wrong:
        raise InvalidValue(str(wrong)) from None
    for season in issuer.seasons:
        _printable(pattern, season.code)
    return NumberSeriesConfigured(
        issuer_id=issuer.issuer_id, prefix=command.prefix, width=command.width, first_number=command.first_number
    )


def terms(days: int) -> int:
    if not 0 <= days <= MAX_TERMS_DAYS:
        raise InvalidValue(f"payment terms are 0 to {MAX_TERMS_DAYS} days", path=("termsDays",))
    return days


def _consistent(command: RegisterIssuer, tenant_kind: str | None, nodes: Container[OrgNodeId]) -> None:
    """Type, tenant and org node agree (S002-21)."""
    if (command.issuer_type == "platform") != (tenant_kind == "platform"):
        raise IssuerInconsistent(
            "the platform issues in its own tenant, and nobody else does there", path=("issuerType",)
        )
    if command.issuer_type != "org_node" and command.org_node_id is not None:
        raise IssuerInconsistent("only an issuer of type org_node has an org node", path=("orgNodeId",))
    if command.issuer_type == "org_node" and command.org_node_id is None:
        raise IssuerInconsistent("an issuer of type org_node names its org node", path=("orgNodeId",))
    if command.org_node_id is not None and command.org_node_id not in nodes:
        raise IssuerInconsistent("there is no such org node in this tenant", path=("orgNodeId",))


def _printable(pattern: SeriesPattern, season: str) -> None:
    try:
        pattern.format(season, MAX_FIRST_NUMBER)
    except InvalidSeries:
        raise InvalidValue(
            "a season code is made of A-Z, 0-9 and inner hyphens, and its numbers have at most 50 characters",
            path=("season", "code"),
        ) from None


def _currency(value: str, *, path: Path) -> str:
    if value not in EXPONENTS:
        raise InvalidValue(f"the currency is one of {', '.join(EXPONENTS)}", path=path)
    return value


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidValue("this is not an IANA time zone, such as Europe/Stockholm", path=("timeZone",)) from None
    return value
