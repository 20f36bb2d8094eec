"""A federation with everything it needs to issue: the shortest way from nothing to a first invoice in a test."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from backend.events.debtors import DebtorRegistered
from backend.events.event import BY_CLASS
from backend.events.issuers import PaymentAccountSet, SeasonDefined, TemplateDefined
from backend.events.tax import TaxRatesAdopted
from backend.inline.registry import fold
from backend.journal.append import Pending, append, lock_head
from backend.journal.keys import PersonKeys
from backend.journal.projection import Target
from backend.rules.tax_history import DEFAULT_RATES
from backend.runtime.settings import Settings
from backend.tenants.actor import Actor, system_actor
from backend.tenants.onboarding import NewTenant, add_org_node, open_tenant
from backend.values.dates import Season
from backend.values.identifiers import DebtorId, IssuerId, OrgNodeId, StreamId, TemplateId, TenantId
from backend.values.parties import Address, Particulars
from backend.write.execute import WriteSide
from backend.write.states.tax_matrix import tax_stream
from backend.write.states.template_book import template_stream
from tests.given.parties import STOCKHOLM, a_registration, an_account, an_identity, an_issuer_registration


@dataclass(frozen=True, kw_only=True)
class Federation:
    """A tenant of one test: a root, a district that issues, and a club with members."""

    write: WriteSide
    tenant_id: TenantId
    slug: str
    root: OrgNodeId
    district: OrgNodeId
    club: OrgNodeId
    issuer_id: IssuerId
    template_id: TemplateId

    @property
    def system(self) -> Actor:
        """An actor that may do everything here."""
        return system_actor(self.tenant_id, "test")

    async def it_happened(self, *events: tuple[StreamId, Any]) -> None:
        """Record events as the past of this test, each the first of a stream of its own."""
        await record_past(self.write, self.tenant_id, *events)

    async def a_member(self, name: str = "Måns Östlund", **changes: Any) -> DebtorId:
        """A member of the club, Swedish unless said otherwise, with an address of its own."""
        return (await self.members(1, name=name, **changes))[0]

    async def members(self, count: int, *, name: str = "", **changes: Any) -> tuple[DebtorId, ...]:
        """Several members, in one transaction."""
        made = [_a_member(self.club, name=name, **changes) for _ in range(count)]
        await self.it_happened(*((StreamId(event.debtor_id), event) for event in made))
        return tuple(event.debtor_id for event in made)


def _a_member(
    club: OrgNodeId, *, name: str = "", language: str = "sv", country: str = "SE", email: str | None = None
) -> DebtorRegistered:
    """A member of the club with a number nobody else has, and an address to match."""
    made = a_registration(club, language=language)
    address = Address(street="Backstigen 1", postal_code="518 84", city="Norrköping", country=country)
    particulars = Particulars(
        name=name or f"Medlem {made.reference}",
        email=f"{made.reference.lower()}@members.example" if email is None else email,
        address=address,
    )
    return replace(made, particulars=particulars)


async def a_federation(
    write: WriteSide,
    settings: Settings,
    *,
    kind: str = "national",
    currency: str = "SEK",
    language: str = "sv",
    jurisdiction: str = "SE",
    issuer_type: str = "org_node",
    time_zone: str = "Europe/Stockholm",
    issuer_zone: str = "",
    platform: "Federation | None" = None,
) -> Federation:
    """A new tenant, looked after by `platform`. Its district issues in `currency`, with 25 % VAT in Sweden."""
    tenant_id, slug = TenantId(uuid4()), f"t-{uuid4().hex[:16]}"
    root, district, club = (OrgNodeId(uuid4()) for _ in range(3))
    await open_tenant(
        settings.owner_database_url,
        NewTenant(
            tenant_id=tenant_id,
            slug=slug,
            kind=kind,
            name="Testförbundet",
            time_zone=time_zone,
            root=root,
            platform_id=platform.tenant_id if platform else None,
        ),
        at=write.clock.now(),
    )
    async with write.database.scope(tenant_id) as connection:
        await add_org_node(
            connection, tenant_id, district, parent=root, kind="district", name="Stockholms Bouledistrikt", code="STO"
        )
        await add_org_node(
            connection, tenant_id, club, parent=district, kind="club", name="Stockholm Boule Club", code="STO-1"
        )
    issuer_id, template_id = IssuerId(uuid4()), TemplateId(uuid4())
    # Payment accounts count their references: each test has one of its own.
    account = an_account(
        account_id=f"bg-{uuid4().hex[:8]}", bic="ESSESESS", bankgiro="5050-1055", swish="1234679304", reference="ocr"
    )
    issuer, template = StreamId(issuer_id), template_stream(tenant_id)
    await record_past(
        write,
        tenant_id,
        (
            issuer,
            an_issuer_registration(
                district if issuer_type == "org_node" else None,
                issuer_id=issuer_id,
                issuer_type=issuer_type,
                issuer_tenant_id=tenant_id,
                identity=an_identity(address=replace(STOCKHOLM, country=jurisdiction)),
                jurisdiction=jurisdiction,
                currency=currency,
                accounting_currency=currency,
                time_zone=issuer_zone or time_zone,
                language=language,
            ),
        ),
        (issuer, PaymentAccountSet(issuer_id=issuer_id, account=account)),
        (
            issuer,
            SeasonDefined(
                issuer_id=issuer_id, season=Season(code="2026", first_day=date(2026, 1, 1), last_day=date(2026, 12, 31))
            ),
        ),
        (tax_stream(tenant_id), TaxRatesAdopted(rates=DEFAULT_RATES)),
        (
            template,
            TemplateDefined(
                template_id=template_id,
                issuer_id=None,
                name="standard",
                revision=1,
                primary_colour="#123a6b",
                secondary_colour="#e0b040",
                logo="",
                logo_media_type="",
                header={"sv": "Välkommen", "en": "Welcome"},
                footer={"en": "Thank you"},
                payment_instructions={"en": "Please use the reference."},
                tax_category="standard",
                terms_days=None,
            ),
        ),
    )
    await a_published_rate(write, settings)
    return Federation(
        write=write,
        tenant_id=tenant_id,
        slug=slug,
        root=root,
        district=district,
        club=club,
        issuer_id=issuer_id,
        template_id=template_id,
    )


async def a_published_rate(write: WriteSide, settings: Settings) -> None:
    """The ECB published rates the day before; the same for every test, so that none depends on another."""
    rates = {"SEK": "11.0123", "CHF": "0.9345", "THB": "37.51", "NOK": "11.6"}
    async with write.database.unscoped() as connection:
        for currency, rate in rates.items():
            for day in (date(2026, 11, 19), date(2026, 11, 18), date(2026, 10, 1)):
                await connection.execute(
                    "INSERT INTO reference_rates (currency, published_on, per_euro) VALUES (%s, %s, %s)"
                    " ON CONFLICT DO NOTHING",
                    (currency, day, Decimal(rate)),
                )


async def record_past(write: WriteSide, tenant_id: TenantId, *events: tuple[StreamId, Any]) -> None:
    """Append events to new streams, as if commands had been executed: the given of a test."""
    versions: dict[StreamId, int] = {}
    pending = []
    for stream, event in events:
        versions[stream] = versions.get(stream, 0) + 1
        pending.append(Pending(stream_id=stream, version=versions[stream], event=event, entry=None))
    async with write.database.scope(tenant_id) as connection:
        (book,) = {BY_CLASS[type(event)].book for _, event in events}
        head = await lock_head(connection, tenant_id, book)
        keys = PersonKeys(write.keyring, connection, tenant_id)
        await keys.fetch_or_make(
            connection, {event.debtor_id for _, event in events if isinstance(event, DebtorRegistered)}
        )
        recorded = await append(
            connection, tenant_id, head, pending, keys, actor="system:test", reason="", at=write.clock.now()
        )
        await fold(connection, Target(tenant_id, head.inline_generation), recorded)
