"""Folds what happens to issuers into one row each, their seasons, templates, series and the tax matrix."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Table

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import InvoiceCancelled, InvoiceIssued
from backend.events.issuers import (
    AutoDeliverySet,
    DefaultTemplateChosen,
    IssuerIdentityChanged,
    IssuerRegistered,
    NumberSeriesConfigured,
    PaymentAccountSet,
    SeasonDefined,
    TemplateDefined,
)
from backend.events.tax import TaxRatesAdopted
from backend.read.issuers.adopting import adopt_rates
from backend.read.issuers.branding import fold_templates
from backend.read.issuers.numbering import fold_numbers
from backend.read.issuers.tables import TABLES, issuers, seasons
from backend.read.projection import Recorded, Target, declared, key_of
from backend.rules.numbering import SeriesPattern, default_prefix
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.values.identifiers import IssuerId

_ABOUT_ISSUERS: Final = (
    IssuerRegistered,
    IssuerIdentityChanged,
    PaymentAccountSet,
    NumberSeriesConfigured,
    AutoDeliverySet,
)


@dataclass(frozen=True, slots=True)
class _Issuers:
    name: str = "issuers"
    tables: tuple[Table, ...] = TABLES
    handles: frozenset[type] = frozenset(
        {
            *_ABOUT_ISSUERS,
            SeasonDefined,
            TemplateDefined,
            DefaultTemplateChosen,
            InvoiceIssued,
            InvoiceCancelled,
            CreditNoteIssued,
            TaxRatesAdopted,
        }
    )

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        happened = [recorded.event for recorded in events]
        await _fold_issuers(connection, target, [e for e in happened if isinstance(e, _ABOUT_ISSUERS)])
        defined = [e for e in happened if isinstance(e, SeasonDefined)]
        await insert_rows(
            connection,
            seasons,
            ("tenant_id", "generation", "issuer_id", "code", "first_day", "last_day"),
            [(*key_of(target), e.issuer_id, e.season.code, e.season.first_day, e.season.last_day) for e in defined],
        )
        await fold_templates(
            connection, target, [e for e in happened if isinstance(e, TemplateDefined | DefaultTemplateChosen)]
        )
        await fold_numbers(
            connection,
            target,
            [e for e in happened if isinstance(e, InvoiceIssued | CreditNoteIssued | InvoiceCancelled)],
        )
        await adopt_rates(connection, target, [e for e in happened if isinstance(e, TaxRatesAdopted)])


ISSUERS: Final = declared(_Issuers())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Issuer:
    """One row. The names are those of the columns; `identity` and `account` are JSON."""

    issuer_id: IssuerId
    issuer_type: str
    issuer_tenant_id: UUID
    issuer_org_node_id: UUID | None
    identity: str
    jurisdiction: str
    currency: str
    accounting_currency: str
    time_zone: str
    language: str
    terms_days: int
    exempt_sport: bool
    prefix: str
    width: int
    first_number: int
    account: str | None = None
    auto_delivery: bool = True


_COLUMNS: Final = tuple(field.name for field in fields(_Issuer))


async def _fold_issuers(connection: Connection, target: Target, events: Sequence[Any]) -> None:
    if not events:
        return
    selected = ", ".join(f"{name}::text" if name in ("identity", "account") else name for name in _COLUMNS)
    found = await connection.execute(
        f"SELECT {selected} FROM read_issuers"
        " WHERE tenant_id = %b AND generation = %b AND issuer_id = ANY(%b)".encode(),
        (*key_of(target), list({event.issuer_id for event in events})),
    )
    known = {row[0]: _Issuer(**dict(zip(_COLUMNS, row, strict=True))) for row in await found.fetchall()}
    for event in events:
        known[event.issuer_id] = _folded(known.get(event.issuer_id), event)
    await insert_rows(
        connection,
        issuers,
        ("tenant_id", "generation", *_COLUMNS),
        [(*key_of(target), *asdict(issuer).values()) for issuer in known.values()],
        conflict="ON CONFLICT (tenant_id, generation, issuer_id) DO UPDATE SET "
        + ", ".join(f"{column} = excluded.{column}" for column in _COLUMNS[1:]),
    )


def _folded(issuer: _Issuer | None, event: Any) -> _Issuer:
    if isinstance(event, IssuerRegistered):
        return _registered(event)
    assert issuer is not None, "an issuer is registered before anything else happens to it"
    match event:
        case IssuerIdentityChanged():
            return replace(issuer, identity=_json(event.identity))
        case PaymentAccountSet():
            return replace(issuer, account=_json(event.account))
        case NumberSeriesConfigured():
            return replace(issuer, prefix=event.prefix, width=event.width, first_number=event.first_number)
        case AutoDeliverySet():
            return replace(issuer, auto_delivery=event.enabled)
        case _:
            return issuer


def _registered(e: IssuerRegistered) -> _Issuer:
    pattern = SeriesPattern(prefix=default_prefix(e.language))
    return _Issuer(
        issuer_id=e.issuer_id,
        issuer_type=e.issuer_type,
        issuer_tenant_id=e.issuer_tenant_id,
        issuer_org_node_id=e.issuer_org_node_id,
        identity=_json(e.identity),
        jurisdiction=e.jurisdiction,
        currency=e.currency,
        accounting_currency=e.accounting_currency,
        time_zone=e.time_zone,
        language=e.language,
        terms_days=e.terms_days,
        exempt_sport=e.exempt_sport,
        prefix=pattern.prefix,
        width=pattern.width,
        first_number=pattern.first_number,
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
