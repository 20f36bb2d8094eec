"""`carreau tenant open`: register a federation in this installation. An operator's work, never a request's."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Final

from backend.cli.with_services import CannotGoOn, run_with_services

if TYPE_CHECKING:
    from backend.cli import Commands
    from backend.services import Services

KINDS: Final = ("national", "international", "platform")
MAX_NAME: Final = 200
TIME_ZONE: Final = "Europe/Stockholm"
_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def register(commands: Commands) -> None:
    parser = commands.add_parser("tenant", help="open a federation in this installation")
    parser.add_argument("what", choices=["open"], help="what to do")
    parser.add_argument("--slug", required=True, help="its short name, such as svenska-boule")
    parser.add_argument("--name", required=True, help="its name, as its own people write it")
    parser.add_argument("--kind", choices=KINDS, default="national", help="what it is (default: national)")
    parser.add_argument("--time-zone", default=TIME_ZONE, metavar="ZONE", help=f"its wall clock (default: {TIME_ZONE})")
    parser.set_defaults(run=lambda said: run_with_services(lambda services: open_one(services, said)))


async def open_one(services: Services, said: argparse.Namespace) -> int:
    """Open the tenant with the root of its org tree, and the tax rates of Europe. Refuses a slug that is taken."""
    from backend.api.dispatch import record
    from backend.rules.tax_history import DEFAULT_RATES
    from backend.tenants.actor import system_actor
    from backend.tenants.capabilities import Capability
    from backend.tenants.directory import tenant_by_slug
    from backend.tenants.onboarding import NewTenant, adopt, open_tenant
    from backend.values.identifiers import OrgNodeId, TenantId
    from backend.write.tax import AdoptTaxRates

    if not _SLUG.fullmatch(said.slug):
        raise CannotGoOn(f"{said.slug!r} is no slug: small letters, digits and inner hyphens, at most 63")
    if not 0 < len(said.name.strip()) <= MAX_NAME:
        raise CannotGoOn(f"a name has 1 to {MAX_NAME} characters")
    if not services.settings.owner_database_url:
        raise CannotGoOn("this registers a tenant, for which it needs OWNER_DATABASE_URL")
    if await tenant_by_slug(services.database, said.slug) is not None:
        raise CannotGoOn(f"there is a tenant {said.slug!r} already")
    tenant = NewTenant(
        tenant_id=TenantId(services.write.new_id()),
        slug=said.slug,
        kind=said.kind,
        name=said.name.strip(),
        time_zone=_time_zone(said.time_zone),
        root=OrgNodeId(services.write.new_id()),
    )
    await open_tenant(services.settings.owner_database_url, tenant, at=services.clock.now())
    # A platform takes in what stood there before it; any other tenant only finds its own place.
    await adopt(services.settings.owner_database_url, None if said.kind == "platform" else tenant.tenant_id)
    operator = system_actor(tenant.tenant_id, "command-line", Capability.TAX_MANAGE)
    await record(services, operator, AdoptTaxRates(rates=DEFAULT_RATES))
    print(f"{tenant.name} is open as {tenant.slug}, by the clock of {tenant.time_zone}.")
    print("Next, a token for its first administrator:")
    print(f"  ./carreau token --tenant {tenant.slug} --role federation_admin")
    return 0


def _time_zone(name: str) -> str:
    from backend.runtime.clock import zone_named

    try:
        return zone_named(name).key
    except (KeyError, ValueError, OSError):
        raise CannotGoOn(f"{name!r} is no time zone, such as {TIME_ZONE}") from None
