"""Who may use the console, and the one way from it into a tenant: a query of that tenant, in that tenant's own scope.

Figures (counts, sums, positions) are open to the operators of the tenant's platform; that they looked is noted in the
platform's journal. Content (invoices and names) is there only while the tenant's own journal says that they look.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from typing import Any, Final, TypeVar

from backend.api import dispatch
from backend.api.access_refusals import note_refusal
from backend.api.graphql.context import Info
from backend.services import Services
from backend.tenants.actor import Actor, Forbidden, Reader, operator_actor
from backend.tenants.capabilities import Capability
from backend.tenants.nodes import time_zone_of
from backend.tenants.platform import MAX_GOVERNED, GovernedTenant, Look, governed_tenants, open_look
from backend.values.identifiers import TenantId, UserId
from backend.write.platform import EnterTenant
from backend.write.refusal import NotFound

T = TypeVar("T")
R = TypeVar("R")

# So many tenants are asked at the same time: the pool serves everybody else too.
AT_ONCE: Final = 6
FIGURES: Final = "the figures of all federations"


async def operator(info: Info) -> UserId:
    """The operator who asks. Raises `Forbidden`, which is recorded like every other refusal."""
    actor = info.context.actor
    try:
        found = operator_actor(actor, actor.tenant_id).user_id
    except Forbidden as forbidden:
        await note_refusal(info.context.services, actor, forbidden)
        raise
    assert found is not None
    return found


async def governed(
    info: Info,
    *,
    wanted: Sequence[TenantId] | None = None,
    search: str = "",
    beyond: str = "",
    limit: int = MAX_GOVERNED,
) -> tuple[GovernedTenant, ...]:
    """The tenants that the operator's platform looks after, by slug; noted as a look at their figures."""
    who, actor, now = await operator(info), info.context.actor, info.context.services.clock.now()
    async with info.context.services.database.snapshot(actor.tenant_id) as connection:
        found = await governed_tenants(connection, wanted=wanted, search=search, beyond=beyond, limit=limit)
        noted = await open_look(connection, actor.tenant_id, who, at=now)
    if noted is None and found:
        await enter(info, actor.tenant_id, reason=FIGURES)
    return found


async def governed_tenant(info: Info, tenant_id: TenantId) -> GovernedTenant:
    """One of them. Raises `NotFound`, also for a tenant of another platform."""
    found = await governed(info, wanted=[tenant_id])
    if not found:
        raise NotFound("there is no such federation", path=("tenantId",))
    return found[0]


async def enter(info: Info, tenant_id: TenantId, *, reason: str) -> datetime:
    """Let the operator look into a governed tenant, and let it know; until when. Raises `ReasonRequired`."""
    services, actor = info.context.services, info.context.actor
    acting = operator_actor(actor, tenant_id, Capability.PLATFORM_OPERATE)
    assert acting.user_id is not None
    command = EnterTenant(operator_id=acting.user_id, reason=reason)
    receipt = await dispatch.carry_out(services, acting, command, reason=reason)
    return datetime.fromisoformat(str(receipt.answer["until"]))


def acting_in(info: Info, tenant_id: TenantId, *capabilities: Capability) -> Actor:
    """The operator, as the governed tenant's journal will name them."""
    return operator_actor(info.context.actor, tenant_id, *capabilities)


async def ask_in(
    services: Services, tenant_id: TenantId, question: Callable[..., Awaitable[T]], *said: Any, **named: Any
) -> T:
    """Answer a registered query in the scope of a governed tenant, over all of it."""
    async with services.database.snapshot(tenant_id) as connection:
        return await question(connection, Reader(tenant_id=tenant_id), *said, **named)


async def day_in(services: Services, tenant_id: TenantId) -> date:
    """What day it is in a governed tenant."""
    async with services.database.snapshot(tenant_id) as connection:
        return services.clock.today(await time_zone_of(connection, tenant_id))


async def look_in(services: Services, tenant_id: TenantId, who: UserId) -> Look | None:
    """The operator's open look into a tenant."""
    async with services.database.snapshot(tenant_id) as connection:
        return await open_look(connection, tenant_id, who, at=services.clock.now())


async def each(items: Sequence[T], work: Callable[[T], Awaitable[R]]) -> list[R]:
    """`work` for every item, some at a time, in their order."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(item: T) -> R:
        async with turns:
            return await work(item)

    return await asyncio.gather(*(one(item) for item in items))
