"""Issuers, templates and number series, as clients see them."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from uuid import UUID

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, words
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.node import Node, found_by
from backend.api.issuers.inputs import IssuerType
from backend.api.parties import Identity, PaymentAccount, identity_of, payment_account_of
from backend.api.template_drafts import preview_url
from backend.read.issuers import queries
from backend.read.issuers.numbering import ReportedSeries
from backend.values.identifiers import IssuerId


@words
class SeriesKind(Enum):
    """What a series numbers."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


@output
class Season:
    """A season of an issuer. Both days belong to it."""

    code: str
    first_day: date
    last_day: date


@output
class NumberPattern:
    """Numbers read `{prefix}-{season}-{number}`, with at least `width` digits."""

    prefix: str
    width: int
    first_number: int


@output
class Issuer(Node):
    """A legal entity that issues invoices, as it is now."""

    issuer_type: IssuerType
    org_node_id: strawberry.ID | None
    name: str
    identity: Identity
    jurisdiction: str
    currency: str
    accounting_currency: str
    time_zone: str
    language: str
    terms_days: int
    exempt_sport: bool
    auto_delivery: bool
    numbers: NumberPattern
    account: PaymentAccount | None
    seasons: list[Season]
    template_preview_url: str = strawberry.field(
        description="Where a template that is not saved yet is looked at with a sample of this issuer."
    )


@output
class LocalisedText:
    """A text in one ISO 639-1 language."""

    language: str
    text: str


@output
class Template(Node):
    """The latest revision of a template. Without issuer it is one of the tenant."""

    issuer_id: strawberry.ID | None
    name: str
    revision: int
    is_default: bool
    primary_colour: str
    secondary_colour: str
    logo: str
    logo_media_type: str
    header: list[LocalisedText]
    footer: list[LocalisedText]
    payment_instructions: list[LocalisedText]
    tax_category: str
    terms_days: int | None


@output
class NumberSeries:
    """What a series has given out. `holes` and `datedBack` are zero, or something is wrong;
    `cancelled` invoices keep their numbers."""

    series: str
    kind: SeriesKind
    issuer_id: strawberry.ID | None
    season: str
    count: int
    first_sequence: int
    last_sequence: int
    first_document: str
    last_document: str
    first_on: date
    last_on: date
    holes: int
    dated_back: int
    cancelled: int


@found_by("Issuer")
async def find_issuer(info: Info, issuer_id: UUID) -> Issuer | None:
    found = await info.context.ask(queries.issuer_detail, IssuerId(issuer_id))
    return issuer_of(found) if found else None


@found_by("Template")
async def find_template(info: Info, template_id: UUID) -> Template | None:
    """A tenant has few templates, and they are read together."""
    rows = await info.context.ask(queries.template_list)
    return next((template_of(row) for row in rows if row.template_id == template_id), None)


def issuer_of(row: queries.IssuerRow) -> Issuer:
    node, pattern = row.issuer_org_node_id, row.pattern
    return Issuer(
        id=encoded("Issuer", row.issuer_id),
        issuer_type=IssuerType(row.issuer_type),
        org_node_id=encoded("OrgNode", node) if node else None,
        name=row.identity.name,
        identity=identity_of(row.identity),
        jurisdiction=row.jurisdiction,
        currency=row.currency,
        accounting_currency=row.accounting_currency,
        time_zone=row.time_zone,
        language=row.language,
        terms_days=row.terms_days,
        exempt_sport=row.exempt_sport,
        auto_delivery=row.auto_delivery,
        numbers=NumberPattern(prefix=pattern.prefix, width=pattern.width, first_number=pattern.first_number),
        account=payment_account_of(row.account) if row.account else None,
        seasons=[Season(code=each.code, first_day=each.first_day, last_day=each.last_day) for each in row.seasons],
        template_preview_url=preview_url(row.issuer_id),
    )


def template_of(row: queries.TemplateRow) -> Template:
    return Template(
        id=encoded("Template", row.template_id),
        issuer_id=encoded("Issuer", row.issuer_id) if row.issuer_id else None,
        name=row.name,
        revision=row.revision,
        is_default=row.is_default,
        primary_colour=row.primary_colour,
        secondary_colour=row.secondary_colour,
        logo=row.logo,
        logo_media_type=row.logo_media_type,
        header=_texts(row.header),
        footer=_texts(row.footer),
        payment_instructions=_texts(row.payment_instructions),
        tax_category=row.tax_category,
        terms_days=row.terms_days,
    )


def number_series_of(reported: ReportedSeries) -> NumberSeries:
    row = reported.given
    return NumberSeries(
        series=row.series,
        kind=SeriesKind(row.kind),
        issuer_id=encoded("Issuer", row.issuer_id) if row.issuer_id else None,
        season=row.season,
        count=row.count,
        first_sequence=row.first_sequence,
        last_sequence=row.last_sequence,
        first_document=row.first_document,
        last_document=row.last_document,
        first_on=row.first_on,
        last_on=row.last_on,
        holes=row.holes,
        dated_back=row.dated_back,
        cancelled=reported.cancelled,
    )


def _texts(texts: Mapping[str, str]) -> list[LocalisedText]:
    return [LocalisedText(language=language, text=text) for language, text in sorted(texts.items())]
