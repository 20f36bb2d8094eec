"""What a run bills and for whom: as said, or, on the demo, what a visitor would have said. Every assumption is told."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final
from uuid import UUID

from backend.cli.with_services import CannotGoOn, tenant_named

if TYPE_CHECKING:
    from backend.read.issuers.queries import IssuerRow
    from backend.rules.member_csv import MemberSheet
    from backend.services import Services
    from backend.tenants.directory import KnownTenant
    from backend.values.identifiers import TenantId
    from backend.write.renewals.start import WantedComponent

# The fee a demo federation asks for, by the language of the issuer: name=amount:recipient.
DEMO_FEES: Final[dict[str, tuple[str, ...]]] = {
    "sv": ("Licensavgift=300.00:federation", "Distriktsavgift=100.00:district"),
    "fr": ("Part fédérale=28.00:federation", "Part du comité=11.00:district"),
    "en": ("Licence fee=30.00:federation",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything decided before a run starts, except the members."""

    tenant: KnownTenant
    issuer: IssuerRow
    season: str
    components: tuple[WantedComponent, ...]
    deliver: bool | None
    on: date


def component(text: str) -> WantedComponent:
    """`name=amount[:recipient][:category]`, for example `Licence fee=40.00:federation:standard`."""
    from backend.write.renewals.start import WantedComponent

    name, equals, rest = text.partition("=")
    amount, _, more = rest.partition(":")
    recipient, _, category = more.partition(":")
    try:
        if not (name.strip() and equals):
            raise InvalidOperation
        net = Decimal(amount.strip())
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text!r}: write it as name=amount[:recipient][:category]") from None
    return WantedComponent(
        name=name.strip(), amount=net, recipient=recipient.strip() or "issuer", tax_category=category.strip()
    )


async def terms_of(services: Services, sheet: MemberSheet, said: argparse.Namespace) -> Terms:
    """The terms as said on the command line, completed. Raises `CannotGoOn` where something cannot be assumed."""
    tenant = await tenant_for(services, sheet, said.tenant)
    issuer = await _issuer_for(services, tenant, sheet, said.issuer)
    on = services.clock.today(issuer.time_zone)
    components = tuple(said.component or _demo_fees(services, issuer))
    season = said.season or next((each.code for each in issuer.seasons if each.holds(on)), None)
    if season is None:
        raise CannotGoOn(f"{issuer.identity.name} has no season that holds {on}: say which one with --season")
    return Terms(
        tenant=tenant,
        issuer=issuer,
        season=season,
        components=components,
        on=on,
        deliver=False if said.no_deliver else None,
    )


async def tenant_for(services: Services, sheet: MemberSheet, slug: str | None) -> KnownTenant:
    """The tenant that was named, or the federation of the demo that has the file's district."""
    from backend.tenants.directory import tenant_by_slug
    from backend.tenants.nodes import nodes_of

    if slug is not None:
        return await tenant_named(services, slug)
    if services.settings.environment != "embedded":
        raise CannotGoOn("say which federation with --tenant")
    from backend.seed.demo import TENANTS

    districts = _districts(sheet)
    for demo in TENANTS:
        tenant = await tenant_by_slug(services.database, demo.slug)
        if tenant is None:
            continue
        async with services.database.scope(tenant.tenant_id) as connection:
            names = {node.name.casefold() for node in await nodes_of(connection, tenant.tenant_id)}
        if districts & names:
            return tenant
    raise CannotGoOn("no federation of the demo has the districts of this file: say which one with --tenant")


async def _issuer_for(services: Services, tenant: KnownTenant, sheet: MemberSheet, wanted: str | None) -> IssuerRow:
    """The issuer that was named, or that of the file's one district, or the federation's own."""
    from backend.tenants.nodes import nodes_of

    issuers = await _issuers(services, tenant.tenant_id)
    async with services.database.scope(tenant.tenant_id) as connection:
        nodes = await nodes_of(connection, tenant.tenant_id)
    names = {issuer.identity.name.casefold(): issuer for issuer in issuers} | {
        node.name.casefold(): issuer for issuer in issuers for node in nodes if node.node == issuer.issuer_org_node_id
    }
    listed = ", ".join(issuer.identity.name for issuer in issuers) or "none"
    if wanted is not None:
        for issuer in issuers:
            if _is_id(wanted, issuer.issuer_id):
                return issuer
        if wanted.casefold() not in names:
            raise CannotGoOn(f"there is no issuer {wanted!r}; those of {tenant.name}: {listed}")
        return names[wanted.casefold()]
    districts = _districts(sheet)
    if len(districts) > 1:
        raise CannotGoOn(f"the file has {len(districts)} districts: say who issues with --issuer; there are: {listed}")
    found = names.get(next(iter(districts), "")) or next((i for i in issuers if i.issuer_type == "tenant"), None)
    if found is None:
        raise CannotGoOn(f"nobody in {tenant.name} issues for it: say who with --issuer. There are: {listed}")
    return found


async def _issuers(services: Services, tenant_id: TenantId) -> tuple[IssuerRow, ...]:
    from backend.read.catch_up import catch_up
    from backend.read.issuers.queries import issuer_list
    from backend.tenants.actor import Reader

    await catch_up(services.database, services.keyring, tenant_id)
    async with services.database.snapshot(tenant_id) as connection:
        return await issuer_list(connection, Reader(tenant_id=tenant_id))


def _demo_fees(services: Services, issuer: IssuerRow) -> tuple[WantedComponent, ...]:
    if services.settings.environment != "embedded":
        raise CannotGoOn('say what it costs, for example --component "Licence fee=40.00:federation"')
    return tuple(map(component, DEMO_FEES.get(issuer.language, DEMO_FEES["en"])))


def _districts(sheet: MemberSheet) -> set[str]:
    return {row.district.casefold() for row in sheet.rows} - {""}


def _is_id(text: str, identifier: UUID) -> bool:
    return text.lower() == str(identifier)
