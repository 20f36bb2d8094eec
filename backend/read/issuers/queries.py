"""Issuers and their seasons, templates, the numbering report of every series, and the tax rates in force."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

import msgspec

from backend.read.issuers.adopting import COLUMNS as RATE_COLUMNS
from backend.read.issuers.adopting import rate_of
from backend.read.issuers.numbering import COLUMNS as SERIES_COLUMNS
from backend.read.issuers.numbering import SeriesRow
from backend.read.projection import live
from backend.read.query import query
from backend.read.where import Where
from backend.read.whole import Whole, position_of
from backend.rules.numbering import SeriesPattern
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.dates import Season
from backend.values.identifiers import IssuerId, OrgNodeId, TemplateId, TenantId
from backend.values.parties import Identity, IssuerType, PaymentAccount
from backend.values.tax import TaxRate

MAX_ISSUERS: Final = 2_000
MAX_TEMPLATES: Final = 2_000
MAX_SERIES: Final = 10_000
MAX_RATES: Final = 2_000

_PROJECTION: Final = "issuers"
_COLUMNS: Final = (
    "issuer_id, issuer_type, issuer_tenant_id, issuer_org_node_id, identity, jurisdiction, currency,"
    " accounting_currency, time_zone, language, terms_days, exempt_sport, prefix, width, first_number, account,"
    " auto_delivery"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerRow:
    """An issuer as it is now. `seasons` by their first day; `account` None where none is set yet."""

    issuer_id: IssuerId
    issuer_type: IssuerType
    issuer_tenant_id: TenantId
    issuer_org_node_id: OrgNodeId | None
    identity: Identity
    jurisdiction: str
    currency: str
    accounting_currency: str
    time_zone: str
    language: str
    terms_days: int
    exempt_sport: bool
    pattern: SeriesPattern
    account: PaymentAccount | None
    auto_delivery: bool
    seasons: tuple[Season, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRow:
    """The latest revision of a template. `issuer_id` None: a template of the tenant. Texts are by language."""

    template_id: TemplateId
    issuer_id: IssuerId | None
    name: str
    revision: int
    is_default: bool
    primary_colour: str
    secondary_colour: str
    logo: str
    logo_media_type: str
    header: dict[str, str]
    footer: dict[str, str]
    payment_instructions: dict[str, str]
    tax_category: str
    terms_days: int | None


@query(Capability.ISSUERS_READ)
async def issuer_list(connection: ReadConnection, reader: Reader) -> tuple[IssuerRow, ...]:
    """The issuers within reach, by name."""
    return await _issuers(connection, Where(reader, _PROJECTION).within_reach("issuer_org_node_id"))


@query(Capability.ISSUERS_READ)
async def issuer_detail(connection: ReadConnection, reader: Reader, issuer_id: IssuerId) -> IssuerRow | None:
    """One issuer; None for one there is not, or which the reader cannot see."""
    where = Where(reader, _PROJECTION).within_reach("issuer_org_node_id").equal("issuer_id", issuer_id)
    return next(iter(await _issuers(connection, where)), None)


@query(Capability.ISSUERS_READ)
async def template_list(connection: ReadConnection, reader: Reader) -> tuple[TemplateRow, ...]:
    """The templates of the issuers within reach, and those of the tenant itself, by name."""
    where = Where(reader, _PROJECTION)
    if reader.reach.array is not None:
        mine = _issuers_in_reach(reader)
        where.add(f"(issuer_id IS NULL OR issuer_id IN ({mine.sql}))", *mine.parameters)
    found = await connection.execute(
        "SELECT template_id, issuer_id, name, revision, is_default, content FROM read_issuers_templates"
        f" WHERE {where.sql} ORDER BY name, template_id LIMIT %b".encode(),
        [*where.parameters, MAX_TEMPLATES],
    )
    return tuple(
        TemplateRow(template_id=row[0], issuer_id=row[1], name=row[2], revision=row[3], is_default=row[4], **row[5])
        for row in await found.fetchall()
    )


@query(Capability.REPORTS_READ)
async def numbering_report(
    connection: ReadConnection, reader: Reader, *, issuer_id: IssuerId | None = None
) -> tuple[SeriesRow, ...]:
    """Every series: first and last number, how many, holes, dates out of order (S002-50), and how many of its invoices
    are cancelled. Credit notes are numbered for the whole tenant, so only an unlimited reach sees theirs."""
    where = Where(reader, _PROJECTION).equal("issuer_id", issuer_id)
    if reader.reach.array is not None:
        mine = _issuers_in_reach(reader)
        where.add(f"issuer_id IN ({mine.sql})", *mine.parameters)
    found = await connection.execute(
        f"SELECT {', '.join(SERIES_COLUMNS)} FROM read_issuers_series WHERE {where.sql}"
        " ORDER BY kind DESC, issuer_id, season, series LIMIT %b".encode(),
        [*where.parameters, MAX_SERIES],
    )
    return tuple(SeriesRow(*row) for row in await found.fetchall())


@query(Capability.REPORTS_READ)
async def whole_numbering(
    connection: ReadConnection, reader: Reader, *, issuer_id: IssuerId | None = None
) -> Whole[SeriesRow]:
    """The same for a file, with the position of the journal that it shows."""
    items = await numbering_report(connection, reader, issuer_id=issuer_id)
    return Whole(items=items, position=await position_of(connection, _PROJECTION))


@query(Capability.ISSUERS_READ)
async def tax_rates_in_force(
    connection: ReadConnection, reader: Reader, *, on: date, jurisdiction: str | None = None
) -> tuple[TaxRate, ...]:
    """The rates that hold on the day `on`, by jurisdiction and category."""
    where = Where(reader, _PROJECTION).equal("jurisdiction", jurisdiction)
    where.add("valid_from <= %b AND (valid_to IS NULL OR valid_to >= %b)", on, on)
    found = await connection.execute(
        f"SELECT {', '.join(RATE_COLUMNS)} FROM read_issuers_tax_rates WHERE {where.sql}"
        " ORDER BY jurisdiction, category LIMIT %b".encode(),
        [*where.parameters, MAX_RATES],
    )
    return tuple(rate_of(row) for row in await found.fetchall())


@dataclass(frozen=True, slots=True)
class _Subquery:
    sql: str
    parameters: list[Any]


def _issuers_in_reach(reader: Reader) -> _Subquery:
    where = Where(reader, _PROJECTION).within_reach("issuer_org_node_id")
    return _Subquery(f"SELECT issuer_id FROM read_issuers WHERE {where.sql}", where.parameters)


async def _issuers(connection: ReadConnection, where: Where) -> tuple[IssuerRow, ...]:
    # The seasons travel with their issuer, so that the two can never come from different moments.
    found = await connection.execute(
        f"SELECT {_COLUMNS}, (SELECT json_agg(json_build_object('code', code, 'first_day', first_day, 'last_day',"
        " last_day) ORDER BY first_day) FROM read_issuers_seasons s WHERE s.tenant_id = i.tenant_id"
        f" AND s.generation = {live(_PROJECTION)} AND s.issuer_id = i.issuer_id)"
        f" FROM read_issuers i WHERE {where.sql} ORDER BY identity->>'name', issuer_id LIMIT %b".encode(),
        [*where.parameters, MAX_ISSUERS],
    )
    return tuple(_issuer(row) for row in await found.fetchall())


def _issuer(row: tuple[Any, ...]) -> IssuerRow:
    *facts, prefix, width, first_number, account, auto_delivery, seasons = row
    node = cast("OrgNodeId | None", facts[3])
    return IssuerRow(
        issuer_id=facts[0],
        issuer_type=facts[1],
        issuer_tenant_id=facts[2],
        issuer_org_node_id=node,
        identity=msgspec.convert(facts[4], Identity),
        jurisdiction=facts[5],
        currency=facts[6],
        accounting_currency=facts[7],
        time_zone=facts[8],
        language=facts[9],
        terms_days=facts[10],
        exempt_sport=facts[11],
        pattern=SeriesPattern(prefix, width=width, first_number=first_number),
        account=msgspec.convert(account, PaymentAccount) if account else None,
        auto_delivery=auto_delivery,
        seasons=tuple(msgspec.convert(seasons or [], list[Season])),
    )
