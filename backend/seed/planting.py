"""Turns one `DemoTenant` into a tenant: rows for its tree and its people, commands for everything else.

Every identifier follows from the slug and every command has an idempotency key, so that planting again, also after a
crash in the middle, adds only what is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid5

from backend.rules.tax_history import DEFAULT_RATES
from backend.runtime.clock import TravellingClock
from backend.runtime.settings import Settings
from backend.runtime.storage import DocumentStore
from backend.seed.seasons import seasons_around
from backend.seed.world import PLATFORM_SLUG, DemoDebtor, DemoIssuer, DemoMember, DemoTenant, DemoUser
from backend.tenants.actor import system_actor
from backend.tenants.nodes import existing_nodes
from backend.tenants.onboarding import NewTenant, add_org_node, add_user, open_tenant
from backend.values.identifiers import DebtorId, IssuerId, OrgNodeId, TemplateId, TenantId, UserId, derived_id
from backend.values.parties import Particulars
from backend.write.access.roles import GrantRole
from backend.write.debtors.import_members import ImportedMember, ImportMembers
from backend.write.debtors.register import RegisterDebtor
from backend.write.execute import Receipt, WriteSide, execute
from backend.write.issuers.account import SetPaymentAccount
from backend.write.issuers.register import RegisterIssuer
from backend.write.issuers.seasons import DefineSeason
from backend.write.issuers.templates import DefineTemplate, WantedTemplate
from backend.write.refusal import IdempotencyKeyReused
from backend.write.tax import AdoptTaxRates

# The root of every identifier of the demo.
DEMO: Final = UUID("0d3c9f5a-7b1e-5c46-9a5d-2f1e6b8c4d70")
ACTOR: Final = "seed"
# What every idempotency key of the demo begins with.
KEY: Final = "seed:"


def demo_tenant_id(slug: str) -> TenantId:
    return TenantId(uuid5(DEMO, slug))


@dataclass(frozen=True, slots=True, kw_only=True)
class Garden:
    """What planting one tenant works with. `write` has the travelling `clock`: the demo has a past, up to `present`.

    `prefix` stands before every slug, so that a test can have a demo of its own.
    """

    settings: Settings
    write: WriteSide
    clock: TravellingClock
    store: DocumentStore
    tenant: DemoTenant
    present: date
    prefix: str = ""

    @property
    def slug(self) -> str:
        return self.prefix + self.tenant.slug

    @property
    def tenant_id(self) -> TenantId:
        return demo_tenant_id(self.slug)

    def node(self, code: str) -> OrgNodeId:
        """The org node of this code; that of the federation itself for an empty one."""
        return OrgNodeId(derived_id(self.tenant_id, f"node:{code}"))

    def issuer(self, key: str) -> IssuerId:
        return IssuerId(derived_id(self.tenant_id, f"issuer:{key}"))

    def debtor(self, reference: str) -> DebtorId:
        """The debtor that was registered, not imported, under this reference."""
        return DebtorId(derived_id(self.tenant_id, f"debtor:{reference}"))

    def user(self, email: str) -> UserId:
        return UserId(derived_id(self.tenant_id, f"user:{email}"))

    async def do(self, key: str, command: Any, *, reason: str = "") -> Receipt | None:
        """Execute a command once; `None` when an interrupted attempt did it on another day."""
        actor = system_actor(self.tenant_id, ACTOR)
        try:
            return await execute(self.write, actor, command, idempotency_key=KEY + key, reason=reason)
        except IdempotencyKeyReused:
            return None


async def plant(garden: Garden) -> None:
    """The tenant with its tree, issuers, branding, debtors and users; its invoices come after."""
    await _open(garden)
    await garden.do("tax", AdoptTaxRates(rates=DEFAULT_RATES))
    for issuer in garden.tenant.issuers:
        await _issuer(garden, issuer)
    await _members(garden, garden.tenant.members)
    for debtor in garden.tenant.debtors:
        await _debtor(garden, debtor)
    for user in garden.tenant.users:
        await _user(garden, user)


async def _open(garden: Garden) -> None:
    tenant, at = garden.tenant, garden.clock.now()
    opened = NewTenant(
        tenant_id=garden.tenant_id,
        slug=garden.slug,
        kind=tenant.kind,
        name=tenant.name,
        time_zone=tenant.issuers[0].time_zone,
        root=garden.node(""),
        platform_id=demo_tenant_id(garden.prefix + PLATFORM_SLUG),
    )
    await open_tenant(garden.settings.owner_database_url, opened, at=at)
    async with garden.write.database.scope(garden.tenant_id) as connection:
        wanted = [garden.node(node.code) for node in tenant.nodes]
        there = await existing_nodes(connection, garden.tenant_id, wanted)
        for node in tenant.nodes:
            if garden.node(node.code) not in there:
                await add_org_node(
                    connection,
                    garden.tenant_id,
                    garden.node(node.code),
                    parent=garden.node(node.parent),
                    kind=node.kind,
                    name=node.name,
                    code=node.code,
                )


async def _issuer(garden: Garden, issuer: DemoIssuer) -> None:
    issuer_id = garden.issuer(issuer.key)
    await garden.do(
        f"issuer:{issuer.key}",
        RegisterIssuer(
            issuer_id=issuer_id,
            issuer_type=issuer.issuer_type,
            identity=issuer.identity,
            jurisdiction=issuer.identity.address.country,
            currency=issuer.currency,
            time_zone=issuer.time_zone,
            language=issuer.language,
            org_node_id=garden.node(issuer.node) if issuer.node else None,
            accounting_currency=issuer.accounting_currency or None,
        ),
    )
    await garden.do(f"account:{issuer.key}", SetPaymentAccount(issuer_id=issuer_id, account=issuer.account))
    began = garden.clock.today(issuer.time_zone)
    for season in seasons_around(garden.present, issuer.seasons, since=began):
        await garden.do(f"season:{issuer.key}:{season.code}", DefineSeason(issuer_id=issuer_id, season=season))
    logo = await garden.store.put(garden.tenant_id, issuer.branding.logo.encode(), media_type="image/svg+xml")
    design = WantedTemplate(
        name=issuer.branding.name,
        primary_colour=issuer.branding.primary,
        secondary_colour=issuer.branding.secondary,
        logo=logo,
        logo_media_type="image/svg+xml",
        header=issuer.branding.header,
        footer=issuer.branding.footer,
        payment_instructions=issuer.branding.payment,
    )
    # The first template becomes the tenant's default, so the tenant's own issuer comes first in every federation.
    template_id = TemplateId(derived_id(issuer_id, "template"))
    await garden.do(
        f"template:{issuer.key}", DefineTemplate(template_id=template_id, issuer_id=issuer_id, design=design)
    )


async def _members(garden: Garden, members: Sequence[DemoMember]) -> None:
    imported = tuple(
        ImportedMember(
            reference=member.reference,
            org_node_id=garden.node(member.club),
            language=member.language,
            licence_type=member.licence_type,
            particulars=Particulars(
                name=member.name, email=f"{member.reference.lower()}@members.example", address=member.address
            ),
        )
        for member in members
    )
    if imported:
        await garden.do("members", ImportMembers(members=imported))


async def _debtor(garden: Garden, debtor: DemoDebtor) -> None:
    await garden.do(
        f"debtor:{debtor.reference}",
        RegisterDebtor(
            debtor_id=garden.debtor(debtor.reference),
            kind="tenant" if debtor.slug else "club",
            reference=debtor.reference,
            language=debtor.language,
            org_node_id=garden.node(debtor.club) if debtor.club else None,
            billed_tenant_id=demo_tenant_id(garden.prefix + debtor.slug) if debtor.slug else None,
            particulars=Particulars(
                name=debtor.name,
                email=debtor.email,
                address=debtor.address,
                vat_number=debtor.vat_number,
                organisation_number=debtor.organisation_number,
            ),
        ),
    )


async def _user(garden: Garden, user: DemoUser) -> None:
    user_id = garden.user(user.email)
    async with garden.write.database.scope(garden.tenant_id) as connection:
        found = await connection.execute(
            b"SELECT FROM users WHERE tenant_id = %b AND user_id = %b", (garden.tenant_id, user_id)
        )
        if await found.fetchone() is None:
            await add_user(
                connection, garden.tenant_id, user_id, name=user.name, email=user.email, at=garden.clock.now()
            )
    await garden.do(
        f"grant:{user.email}", GrantRole(user_id=user_id, role=user.role, org_node_id=garden.node(user.node))
    )
