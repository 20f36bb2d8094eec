"""A governed tenant as the operators of its platform see it."""

from datetime import date, datetime
from typing import Final

from backend.api.actors import Actor
from backend.api.deliveries import DeliveryCount, counts_of
from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.money import Money, money
from backend.api.graphql.scalars import BigInt
from backend.api.graphql.sizes import CURRENCIES, listed
from backend.api.issuers import MAX_SEASONS
from backend.api.mirror import Mirror
from backend.api.platform import figures
from backend.api.platform.looking import ask_in, look_in, operator
from backend.api.words import InvariantName
from backend.read.activity.queries import ActivityFilter, ActivityRow, activity
from backend.read.deliveries.queries import NEEDS_A_PERSON, DeliveryRow, deliveries, delivery_counts, delivery_switch
from backend.read.paging import PageRequest
from backend.read.platform import tenant_standing
from backend.tenants.platform import GovernedTenant
from backend.values.identifiers import TenantId

MAX_PROJECTIONS: Final = 50
MAX_PROBLEMS: Final = 20


@output
class PlatformFigures:
    """How large a tenant is. `issued` counts the invoices of the seasons that hold today, `outstanding` is what is
    owed to it, by currency."""

    issuers: int
    members: int
    debtors: int
    seasons: list[str] = listed(2, MAX_SEASONS)
    issued: int
    outstanding: list[Money] = listed(2, CURRENCIES)


@output
class PlatformProjection:
    """One read model, or a policy that follows the journal like one. `behind` counts events, `seconds` for how long
    the first of them waits; `rebuiltTo` is how far a new generation beside it has come."""

    name: str
    position: BigInt
    behind: BigInt
    seconds: int
    stale: bool
    halted: str
    can_be_rebuilt: bool
    rebuilt_to: BigInt | None
    rebuild_asked_at: datetime | None
    rebuild_failed: str


@output
class PlatformStanding:
    """Where a tenant's journal ends, and how far its read models and dispatches have come."""

    head: BigInt
    last_at: datetime | None
    projections: list[PlatformProjection] = listed(15, MAX_PROJECTIONS)
    stale: bool
    dispatches_due: int
    signed_position: BigInt
    signed_on: date | None


@output
class PlatformSwitch:
    """A delivery switch: who turned it last, when and why. `by` is null where nobody did."""

    enabled: bool
    by: Actor | None
    at: datetime | None
    reason: str


@output
class PlatformInvariant:
    """Whether it is, and when that was looked at; `detail` names what is off."""

    name: InvariantName
    holds: bool
    detail: str
    checked_at: datetime


class PlatformProblem(
    Mirror[DeliveryRow],
    leave_out=(
        "delivery_id",
        "debtor_id",
        "channel",
        "language",
        "to_address",
        "message_id",
        "confirmation",
        "document",
        "queued_at",
        "sent_at",
        "next_at",
    ),
):
    """A dispatch that a person must look at. No name and no address: what the mail server or our renderer said."""


@output
class PlatformLook:
    """You may look into the tenant until then; its journal says so, with your reason."""

    reason: str
    until: datetime


class PlatformTenant(Mirror[GovernedTenant], key="tenant_id", leave_out=("time_zone",)):
    """A tenant of this platform."""

    @resolved(statements=1)
    async def figures(self, info: Info) -> PlatformFigures:
        """How large it is."""
        found = await figures.figures_of(info.context.services, self.row.tenant_id)
        return PlatformFigures(
            issuers=found.issuers,
            members=found.members,
            debtors=found.debtors,
            seasons=list(found.seasons),
            issued=found.issued,
            outstanding=[money(minor, currency) for currency, minor in found.outstanding],
        )

    @resolved(statements=1)
    async def standing(self, info: Info) -> PlatformStanding:
        """How far everything has come."""
        services = info.context.services
        found, at = await ask_in(services, self.row.tenant_id, tenant_standing), services.clock.now()
        projections = [
            PlatformProjection(
                name=each.name,
                position=BigInt(each.position),
                behind=BigInt(each.behind),
                seconds=figures.seconds_behind(each, at=at),
                stale=figures.is_stale(each, at=at),
                halted=each.halted,
                can_be_rebuilt=each.is_read_model,
                rebuilt_to=None if each.rebuilt_to is None else BigInt(each.rebuilt_to),
                rebuild_asked_at=each.rebuild_asked_at,
                rebuild_failed=each.rebuild_failed,
            )
            for each in found.projections
        ]
        return PlatformStanding(
            head=BigInt(found.head),
            last_at=found.last_at,
            projections=projections,
            stale=any(each.stale for each in projections),
            dispatches_due=found.dispatches_due,
            signed_position=BigInt(found.signed_position),
            signed_on=found.signed_on,
        )

    @resolved(statements=1)
    async def delivery_switch(self, info: Info) -> PlatformSwitch:
        """How its own delivery switch stands."""
        services = info.context.services
        enabled = await ask_in(services, self.row.tenant_id, delivery_switch)
        turned = await newest(info, self.row.tenant_id, "delivery-switch-turned")
        return switch_of(enabled, turned)

    @resolved(size=(6, 6), statements=1)
    async def delivery_counts(self, info: Info) -> list[DeliveryCount]:
        """How many of its dispatches are in each state."""
        return counts_of(await ask_in(info.context.services, self.row.tenant_id, delivery_counts))

    @resolved(size=(5, MAX_PROBLEMS), statements=1)
    async def problems(self, info: Info) -> list[PlatformProblem]:
        """The newest of its dispatches that need a person (at most 20)."""
        found = await ask_in(
            info.context.services,
            self.row.tenant_id,
            deliveries,
            states=NEEDS_A_PERSON,
            page=PageRequest(first=MAX_PROBLEMS),
        )
        return [PlatformProblem.of(row) for row in found.items]

    @resolved(size=(3, 3), statements=1)
    async def invariants(self, info: Info) -> list[PlatformInvariant]:
        """Whether what must be true is true, looked at now."""
        found = await figures.invariants_of(info.context.services, self.row.tenant_id)
        at = info.context.services.clock.now()
        return [
            PlatformInvariant(name=each.name, holds=each.holds, detail=each.detail, checked_at=at) for each in found
        ]

    @resolved(statements=1)
    async def look(self, info: Info) -> PlatformLook | None:
        """Your own open look into it; null when you have not entered it, or not lately."""
        found = await look_in(info.context.services, self.row.tenant_id, await operator(info))
        return PlatformLook(reason=found.reason, until=found.until) if found else None


async def newest(info: Info, tenant_id: TenantId, event: str) -> ActivityRow | None:
    """The last time this happened in the tenant."""
    wanted = ActivityFilter(types=(event,))
    page = await ask_in(info.context.services, tenant_id, activity, filter=wanted, page=PageRequest(first=1))
    return page.items[0] if page.items else None


def switch_of(enabled: bool, turned: ActivityRow | None) -> PlatformSwitch:
    return PlatformSwitch(
        enabled=enabled,
        by=Actor.of(turned.actor) if turned else None,
        at=turned.at if turned else None,
        reason=turned.reason if turned else "",
    )
