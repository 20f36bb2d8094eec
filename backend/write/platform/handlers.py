"""Handlers of the console's commands: load, authorise, decide, record."""

from typing import Final

from backend.events.platform import PlatformSwitchTurned
from backend.journal.rebuilds import ask_for_rebuild, known_projections
from backend.tenants import platform
from backend.tenants.actor import Forbidden
from backend.tenants.capabilities import Capability
from backend.tenants.nodes import kind_of_tenant
from backend.values.identifiers import StreamId, TenantId, tenant_stream
from backend.write.platform import decisions
from backend.write.platform.commands import EnterTenant, OpenTenant, RequestRebuild, TurnPlatformSwitch
from backend.write.refusal import AlreadyExists
from backend.write.unit_of_work import Aggregate, UnitOfWork

# The directory's rows decide; the stream is loaded for its version only.
_HISTORY: Final = Aggregate[bool]("platform", lambda state, event: True)
_SWITCH: Final = Aggregate[bool](
    "platform switch", lambda state, event: event.enabled if isinstance(event, PlatformSwitchTurned) else state
)


async def open_tenant(command: OpenTenant, work: UnitOfWork) -> None:
    await _of_the_platform(work)
    opened = decisions.open_tenant(command)
    if not await platform.register_tenant(
        work.connection, opened.opened_tenant_id, slug=opened.slug, kind=opened.kind, name=opened.name, at=work.now
    ):
        raise AlreadyExists("there is a tenant of this short name already", path=("slug",))
    work.record(StreamId(opened.opened_tenant_id), opened)
    work.answer = {"tenant_id": str(opened.opened_tenant_id)}


async def turn_platform_switch(command: TurnPlatformSwitch, work: UnitOfWork) -> None:
    await _of_the_platform(work)
    stream = platform_stream(work.tenant_id)
    turned = decisions.turn_switch(command, enabled=await work.load(_SWITCH, stream) is not False)
    if turned is not None:
        await platform.keep_halt(work.connection, None if turned.enabled else work.now)
        work.record(stream, turned)
    work.answer = {"enabled": int(command.enabled)}


async def enter_tenant(command: EnterTenant, work: UnitOfWork) -> None:
    work.authorise(None)
    stream = tenant_stream(work.tenant_id, f"looks of {command.operator_id}")
    current = await platform.open_look(work.connection, work.tenant_id, command.operator_id, at=work.now)
    looked = decisions.enter(command, current, at=work.now)
    if looked is not None:
        current = platform.Look(reason=looked.reason, until=looked.until)
        await platform.keep_look(work.connection, work.tenant_id, command.operator_id, current)
        await work.load(_HISTORY, stream)
        work.record(stream, looked)
    assert current is not None
    work.answer = {"until": current.until.isoformat()}


async def request_rebuild(command: RequestRebuild, work: UnitOfWork) -> None:
    work.authorise(None)
    requested = decisions.request_rebuild(command, await known_projections(work.connection, work.tenant_id))
    await ask_for_rebuild(work.connection, work.tenant_id, requested.projection, at=work.now)
    stream = tenant_stream(work.tenant_id, f"rebuilds of {requested.projection}")
    await work.load(_HISTORY, stream)
    work.record(stream, requested)
    work.answer = {"projection": requested.projection}


def platform_stream(tenant_id: TenantId) -> StreamId:
    return tenant_stream(tenant_id, "platform-switch")


async def _of_the_platform(work: UnitOfWork) -> None:
    """Whoever acts here acts for a platform as a whole, in its own tenant. Raises `Forbidden`."""
    work.authorise(None)
    if await kind_of_tenant(work.connection, work.tenant_id) != platform.PLATFORM:
        raise Forbidden(Capability.PLATFORM_OPERATE)
