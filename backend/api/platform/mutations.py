"""What operators may do: open a federation, enter one, stop what goes out, have a read model computed anew."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar
from uuid import UUID

import strawberry

from backend.api import dispatch
from backend.api.access.viewer import TenantKind
from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, mutation, output
from backend.api.graphql.identifiers import optional, the
from backend.api.graphql.results import Refused, Repeatable, Success, outcome, refused
from backend.api.platform.looking import acting_in, each, enter, governed, governed_tenant, operator
from backend.api.platform.opening import furnish
from backend.api.platform.types import PlatformTenant, tenant_of
from backend.tenants.capabilities import Capability
from backend.tenants.platform import GovernedTenant
from backend.values.identifiers import TenantId
from backend.write.deliveries.switch import TurnDeliverySwitch
from backend.write.execute import Receipt
from backend.write.platform import OpenTenant, RequestRebuild, TurnPlatformSwitch
from backend.write.refusal import NotFound, Refusal

S = TypeVar("S")


@given
class OpenTenantInput(Repeatable):
    """`slug` is its short name, in addresses and commands. The administrator is invited by mail, in `language`; without
    a `timeZone` the federation has that of most who speak it."""

    slug: str
    name: str
    kind: TenantKind
    admin_name: str
    admin_email: str
    language: str
    time_zone: str = ""


@given
class EnterTenantInput:
    """Without `tenantId`: every tenant of the platform. Each of them reads your reason in its own activity."""

    reason: str
    tenant_id: strawberry.ID | None = None
    client_mutation_id: str | None = None


@given
class TurnPlatformSwitchInput(Repeatable):
    """Off stops everything outgoing of all tenants, mail about access too. Nothing is lost meanwhile."""

    enabled: bool
    reason: str


@given
class TurnTenantDeliverySwitchInput(Repeatable):
    """Off stops the dispatches of one tenant; it reads your reason in its own activity."""

    tenant_id: strawberry.ID
    enabled: bool
    reason: str


@given
class RequestRebuildInput(Repeatable):
    """`projection` is the name of one of its read models."""

    tenant_id: strawberry.ID
    projection: str


@output
class OpenTenantSuccess(Success):
    """The federation is open, and the invitation on its way."""

    tenant: PlatformTenant | None


@output
class EnterTenantSuccess(Success):
    """You may look into so many tenants now, for a quarter of an hour."""

    entered: int


@output
class TurnPlatformSwitchSuccess(Success):
    """How the switch stands now."""

    enabled: bool


@output
class TurnTenantDeliverySwitchSuccess(Success):
    """How the tenant's switch stands now."""

    enabled: bool


@output
class RequestRebuildSuccess(Success):
    """A worker computes it anew beside the live one; follow it in the tenant's standing."""

    projection: str


OpenTenantResult = Annotated[OpenTenantSuccess | Refused, strawberry.union("OpenTenantResult")]
EnterTenantResult = Annotated[EnterTenantSuccess | Refused, strawberry.union("EnterTenantResult")]
TurnPlatformSwitchResult = Annotated[TurnPlatformSwitchSuccess | Refused, strawberry.union("TurnPlatformSwitchResult")]
TurnTenantDeliverySwitchResult = Annotated[
    TurnTenantDeliverySwitchSuccess | Refused, strawberry.union("TurnTenantDeliverySwitchResult")
]
RequestRebuildResult = Annotated[RequestRebuildSuccess | Refused, strawberry.union("RequestRebuildResult")]


@output
class PlatformMutations:
    """What operators of the platform may do."""

    @mutation
    async def open_tenant(self, info: Info, input: OpenTenantInput) -> OpenTenantResult:
        """Open a federation, and invite its first administrator."""
        command = OpenTenant(
            tenant_id=TenantId(info.context.new_id()),
            slug=input.slug,
            name=input.name,
            kind=input.kind.value,
            admin_name=input.admin_name,
            admin_email=input.admin_email.strip(),
            language=input.language,
            time_zone=input.time_zone,
        )

        async def opened(info: Info, receipt: Receipt) -> PlatformTenant | None:
            tenant_id = TenantId(UUID(str(receipt.answer["tenant_id"])))
            await furnish(info, tenant_id, command)
            return tenant_of(await governed_tenant(info, tenant_id))

        return await outcome(info, command, input, OpenTenantSuccess, tenant=opened)

    @mutation
    async def enter_tenant(self, info: Info, input: EnterTenantInput) -> EnterTenantResult:
        """Look into a tenant, or into all of them, and let it know why."""
        await operator(info)
        only = optional("Tenant", input.tenant_id, "tenantId")
        try:
            found = await governed(info, wanted=None if only is None else [TenantId(only)])
            if not found:
                raise NotFound("there is no such federation", path=("tenantId",))

            async def one(tenant: GovernedTenant) -> None:
                await enter(info, tenant.tenant_id, reason=input.reason)

            await each(found, one)
        except Refusal as refusal:
            return refused(refusal, input)
        return EnterTenantSuccess(entered=len(found), replayed=False, client_mutation_id=input.client_mutation_id)

    @mutation
    async def turn_platform_switch(self, info: Info, input: TurnPlatformSwitchInput) -> TurnPlatformSwitchResult:
        """Stop everything outgoing of every tenant now, or let it go on."""
        await operator(info)
        command = TurnPlatformSwitch(enabled=input.enabled, reason=input.reason)
        return await outcome(info, command, input, TurnPlatformSwitchSuccess, enabled=_enabled)

    @mutation
    async def turn_tenant_delivery_switch(
        self, info: Info, input: TurnTenantDeliverySwitchInput
    ) -> TurnTenantDeliverySwitchResult:
        """Stop the dispatches of one tenant, or let them go on."""
        command = TurnDeliverySwitch(enabled=input.enabled, reason=input.reason)

        def success(receipt: Receipt) -> TurnTenantDeliverySwitchSuccess:
            return TurnTenantDeliverySwitchSuccess(
                enabled=bool(receipt.answer["enabled"]),
                replayed=receipt.replayed,
                client_mutation_id=input.client_mutation_id,
            )

        return await _in_tenant(info, input, command, Capability.DELIVERIES_SWITCH, success)

    @mutation
    async def request_rebuild(self, info: Info, input: RequestRebuildInput) -> RequestRebuildResult:
        """Have a read model of a tenant computed anew from its journal."""
        command = RequestRebuild(projection=input.projection)

        def success(receipt: Receipt) -> RequestRebuildSuccess:
            return RequestRebuildSuccess(
                projection=str(receipt.answer["projection"]),
                replayed=receipt.replayed,
                client_mutation_id=input.client_mutation_id,
            )

        return await _in_tenant(info, input, command, Capability.PLATFORM_OPERATE, success)


async def _in_tenant(
    info: Info, input: Any, command: Any, needs: Capability, success: Callable[[Receipt], S]
) -> S | Refused:
    """Carry out a command in a governed tenant, as the operator with exactly what it needs."""
    await operator(info)
    try:
        tenant = await governed_tenant(info, TenantId(the("Tenant", input.tenant_id, "tenantId")))
        receipt = await dispatch.carry_out(
            info.context.services,
            acting_in(info, tenant.tenant_id, needs),
            command,
            idempotency_key=input.idempotency_key,
            reason=getattr(command, "reason", ""),
        )
    except Refusal as refusal:
        return refused(refusal, input)
    return success(receipt)


async def _enabled(info: Info, receipt: Receipt) -> bool:
    return bool(receipt.answer["enabled"])
