"""The demo as a whole: four tenants, planted once, found again at every later start."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from backend.policies.mirroring import mirror
from backend.read.catch_up import catch_up
from backend.runtime.clock import TravellingClock
from backend.runtime.settings import Settings
from backend.seed.abroad import PLATFORM, WORLD
from backend.seed.bills import live_through
from backend.seed.france import FRANCE
from backend.seed.planting import ACTOR, KEY, Garden, demo_tenant_id, plant
from backend.seed.rates import ensure_rates
from backend.seed.signin import ensure_tokens
from backend.seed.sweden import SWEDEN
from backend.seed.world import DemoTenant
from backend.services import Services, open_services
from backend.tenants.actor import system_actor
from backend.values.identifiers import TenantId
from backend.write.execute import WriteSide
from backend.write.gate import SetGatePolicy, WantedRule

# Debtors before those who bill them: a mirror needs the tenant it goes to.
TENANTS: Final[tuple[DemoTenant, ...]] = (SWEDEN, FRANCE, WORLD, PLATFORM)
# How far back the demo's past reaches.
PAST: Final = timedelta(days=120)
LAST_STEP: Final = "planted"


async def seed_demo(settings: Settings, *, prefix: str = "", tell: Callable[[str], None] = print) -> None:
    """Plant what is missing, and say how to sign in. `prefix` gives a test a demo of its own.

    Called at every `up`: with everything there it asks a few questions and is done.
    """
    async with open_services(settings) as services:
        now = services.clock.now()
        async with services.database.unscoped() as connection:
            await ensure_rates(settings, connection, today=now.date(), tell=tell)
        new = [tenant for tenant in TENANTS if not await _is_planted(services, prefix + tenant.slug)]
        for tenant in new:
            await _plant(services, tenant, prefix)
        await _project(services, [demo_tenant_id(prefix + tenant.slug) for tenant in new])
        await ensure_tokens(services, TENANTS, prefix=prefix, anew=bool(new))


async def _plant(services: Services, tenant: DemoTenant, prefix: str) -> None:
    now = services.clock.now()
    clock = TravellingClock(now - PAST)
    write = WriteSide(database=services.database, keyring=services.keyring, clock=clock)
    garden = Garden(
        settings=services.settings,
        write=write,
        clock=clock,
        store=services.store,
        tenant=tenant,
        present=now.date(),
        prefix=prefix,
    )
    await plant(garden)
    await live_through(garden, now=now)
    # The last of all commands, so its receipt says that nothing is missing.
    rules = (WantedRule(action="licence_renewal"), WantedRule(action="club_transfer"))
    await garden.do(LAST_STEP, SetGatePolicy(rules=rules))


async def _is_planted(services: Services, slug: str) -> bool:
    tenant_id = demo_tenant_id(slug)
    async with services.database.scope(tenant_id) as connection:
        found = await connection.execute(
            b"SELECT FROM journal_receipts WHERE tenant_id = %b AND principal = %b AND idempotency_key = %b",
            (tenant_id, system_actor(tenant_id, ACTOR).principal, KEY + LAST_STEP),
        )
        return await found.fetchone() is not None


async def _project(services: Services, tenants: Sequence[TenantId]) -> None:
    """What the workers would do anyway, now: so that the first page shows everything."""
    for tenant_id in tenants:
        await mirror(services.write, tenant_id)
    for tenant_id in tenants:
        await catch_up(services.database, services.keyring, tenant_id)
