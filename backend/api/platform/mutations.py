"""What operators may do: open a federation, enter one, stop what goes out, have a read model computed anew."""

from typing import Any, TypeVar
from uuid import UUID

from backend.api import dispatch
from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, output
from backend.api.graphql.inputs import Input
from backend.api.graphql.results import Repeatable, Success, answered, free_mutation, outcome, succeeds
from backend.api.platform.looking import acting_in, each, enter, governed, governed_tenant, operator
from backend.api.platform.opening import furnish
from backend.api.platform.types import PlatformTenant
from backend.tenants.capabilities import Capability
from backend.tenants.platform import GovernedTenant
from backend.values.identifiers import TenantId
from backend.values.parties import TenantKind
from backend.write.deliveries.switch import TurnDeliverySwitch
from backend.write.execute import Receipt
from backend.write.platform import OpenTenant, RequestRebuild, TurnPlatformSwitch
from backend.write.refusal import NotFound

S = TypeVar("S", bound=Success)


class OpenTenantInput(Input[OpenTenant], Repeatable):
    """`slug` is its short name, in addresses and commands. The administrator is invited by mail, in `language`; without
    a `timeZone` the federation has that of most who speak it."""

    kind: TenantKind


@given
class EnterTenantInput:
    """Without `tenantId`: every tenant of the platform. Each of them reads your reason in its own activity."""

    reason: str
    tenant_id: TenantId | None = None
    client_mutation_id: str | None = None


class TurnPlatformSwitchInput(Input[TurnPlatformSwitch], Repeatable):
    """Off stops everything outgoing of all tenants, mail about access too. Nothing is lost meanwhile."""

    reason: str


class TurnTenantDeliverySwitchInput(Input[TurnDeliverySwitch], Repeatable):
    """Off stops the dispatches of one tenant; it reads your reason in its own activity."""

    tenant_id: TenantId
    reason: str


class RequestRebuildInput(Input[RequestRebuild], Repeatable):
    """`projection` is the name of one of its read models."""

    tenant_id: TenantId


@succeeds
class OpenTenantSuccess(Success):
    """The federation is open, and the invitation on its way."""

    tenant: PlatformTenant | None


@succeeds
class EnterTenantSuccess(Success):
    """You may look into so many tenants now, for a quarter of an hour."""

    entered: int


@succeeds
class TurnPlatformSwitchSuccess(Success):
    """How the switch stands now."""

    enabled: bool


@succeeds
class TurnTenantDeliverySwitchSuccess(Success):
    """How the tenant's switch stands now."""

    enabled: bool


@succeeds
class RequestRebuildSuccess(Success):
    """A worker computes it anew beside the live one; follow it in the tenant's standing."""

    projection: str


@output
class PlatformMutations:
    """What operators of the platform may do."""

    @free_mutation(OpenTenantSuccess)
    async def open_tenant(self, info: Info, input: OpenTenantInput) -> OpenTenantSuccess:
        """Open a federation, and invite its first administrator."""
        command = await input.command(info)

        async def opened(info: Info, receipt: Receipt) -> PlatformTenant | None:
            tenant_id = TenantId(UUID(str(receipt.answer["tenant_id"])))
            await furnish(info, tenant_id, command)
            return PlatformTenant.of(await governed_tenant(info, tenant_id))

        return await outcome(info, command, input, OpenTenantSuccess, tenant=opened)

    @free_mutation(EnterTenantSuccess)
    async def enter_tenant(self, info: Info, input: EnterTenantInput) -> EnterTenantSuccess:
        """Look into a tenant, or into all of them, and let it know why."""
        await operator(info)
        found = await governed(info, wanted=None if input.tenant_id is None else [input.tenant_id])
        if not found:
            raise NotFound("there is no such federation", path=("tenantId",))

        async def one(tenant: GovernedTenant) -> None:
            await enter(info, tenant.tenant_id, reason=input.reason)

        await each(found, one)
        return EnterTenantSuccess(entered=len(found), replayed=False, client_mutation_id=input.client_mutation_id)

    @free_mutation(TurnPlatformSwitchSuccess)
    async def turn_platform_switch(self, info: Info, input: TurnPlatformSwitchInput) -> TurnPlatformSwitchSuccess:
        """Stop everything outgoing of every tenant now, or let it go on."""
        await operator(info)
        return await outcome(info, await input.command(info), input, TurnPlatformSwitchSuccess)

    @free_mutation(TurnTenantDeliverySwitchSuccess)
    async def turn_tenant_delivery_switch(
        self, info: Info, input: TurnTenantDeliverySwitchInput
    ) -> TurnTenantDeliverySwitchSuccess:
        """Stop the dispatches of one tenant, or let them go on."""
        return await _in_tenant(info, input, Capability.DELIVERIES_SWITCH, TurnTenantDeliverySwitchSuccess)

    @free_mutation(RequestRebuildSuccess)
    async def request_rebuild(self, info: Info, input: RequestRebuildInput) -> RequestRebuildSuccess:
        """Have a read model of a tenant computed anew from its journal."""
        return await _in_tenant(info, input, Capability.PLATFORM_OPERATE, RequestRebuildSuccess)


async def _in_tenant(info: Info, input: Any, needs: Capability, success: type[S]) -> S:
    """Carry out a command in a governed tenant, as the operator with exactly what it needs. Raises `Refusal`."""
    await operator(info)
    tenant, command = await governed_tenant(info, input.tenant_id), await input.command(info)
    receipt = await dispatch.carry_out(
        info.context.services,
        acting_in(info, tenant.tenant_id, needs),
        command,
        idempotency_key=input.idempotency_key,
        reason=getattr(command, "reason", ""),
    )
    return await answered(info, receipt, input, success)
