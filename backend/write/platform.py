"""What operators of the platform do: tenants, the platform's switch, looks into a tenant, rebuilds."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final

from backend.events.platform import OperatorLooked, PlatformSwitchTurned, RebuildRequested, TenantOpened
from backend.journal.rebuilds import ask_for_rebuild, known_projections
from backend.rules.email_address import is_address
from backend.tenants import platform
from backend.tenants.actor import Forbidden
from backend.tenants.capabilities import Capability
from backend.tenants.nodes import kind_of_tenant
from backend.tenants.platform import Look
from backend.values.identifiers import StreamId, TenantId, UserId, tenant_stream
from backend.values.languages import ZONES
from backend.values.why import Why
from backend.write.command import command
from backend.write.refusal import AlreadyExists, InvalidValue
from backend.write.states.aggregate import Aggregate
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import language, one_line, required_reason, text, time_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTenant:
    """Open a federation in this installation. Its first administrator is invited afterwards; whether that can be done
    is checked here, so that no federation is opened without one. Without a `time_zone` it gets that of most who speak
    the `language`."""

    ASSIGNED: ClassVar = ("tenant_id",)
    tenant_id: TenantId
    slug: str
    name: str
    kind: str
    admin_name: str
    admin_email: str
    language: str
    time_zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnPlatformSwitch:
    """Stop everything outgoing of every tenant now, or let it go on. Stopping needs a reason."""

    enabled: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterTenant:
    """Let an operator look into the tenant for a while, and let the tenant know."""

    operator_id: UserId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRebuild:
    """Have a read model of the tenant computed anew, beside the live one."""

    projection: str


MAX_NAME: Final = 200
MAX_PERSON: Final = 100
MAX_SWITCH_REASON: Final = 500

# One look, and one line in the tenant's journal, for this long.
LOOK: Final = timedelta(minutes=15)
KINDS: Final = ("national", "international")
_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def tenant_opened(command: OpenTenant) -> TenantOpened:
    """The federation as it will be registered. Raises `InvalidValue`; who will be asked to administer it is checked
    and not recorded."""
    if not _SLUG.fullmatch(command.slug):
        raise InvalidValue(Why.NOT_A_SLUG, limit=63, path=("slug",))
    if command.kind not in KINDS:
        raise InvalidValue(Why.NOT_ONE_OF, allowed=", ".join(KINDS), path=("kind",))
    one_line(command.admin_name, MAX_PERSON, path=("adminName",))
    if not is_address(command.admin_email):
        raise InvalidValue(Why.NOT_AN_EMAIL, path=("adminEmail",))
    language(command.language, path=("language",))
    return TenantOpened(
        opened_tenant_id=command.tenant_id,
        slug=command.slug,
        kind=command.kind,
        name=one_line(command.name, MAX_NAME, path=("name",)),
        time_zone=time_zone(command.time_zone or ZONES.get(command.language, "UTC"), path=("timeZone",)),
    )


def turn_switch(command: TurnPlatformSwitch, *, enabled: bool) -> PlatformSwitchTurned | None:
    """The switch as it is from now on; `None` when it stands so already."""
    if command.enabled == enabled:
        return None
    reason = (
        text(command.reason, MAX_SWITCH_REASON, path=("reason",), required=False)
        if command.enabled
        else required_reason(command.reason)
    )
    return PlatformSwitchTurned(enabled=command.enabled, reason=reason)


def enter(command: EnterTenant, current: Look | None, *, at: datetime) -> OperatorLooked | None:
    """The look that begins now; `None` while an earlier one lasts, whose reason stands."""
    reason = required_reason(command.reason)
    if current is not None and current.until > at:
        return None
    return OperatorLooked(operator_id=command.operator_id, reason=reason, until=at + LOOK)


def rebuild_requested(command: RequestRebuild, known: Collection[str]) -> RebuildRequested:
    """What is to be rebuilt, of the read models that the tenant has."""
    if command.projection not in known:
        raise InvalidValue(Why.READ_MODEL_UNKNOWN, path=("projection",))
    return RebuildRequested(projection=command.projection)


# The directory's rows decide; the stream is loaded for its version only.
_HISTORY: Final = Aggregate[bool]("platform", lambda state, event: True)
_SWITCH: Final = Aggregate[bool](
    "platform switch", lambda state, event: event.enabled if isinstance(event, PlatformSwitchTurned) else state
)


@command(Capability.PLATFORM_OPERATE, dangerous=True)
async def open_tenant(command: OpenTenant, work: UnitOfWork) -> None:
    """Store the row of a new tenant, and record that it was opened."""
    await _of_the_platform(work)
    opened = tenant_opened(command)
    if not await platform.register_tenant(
        work.connection,
        opened.opened_tenant_id,
        slug=opened.slug,
        kind=opened.kind,
        name=opened.name,
        time_zone=opened.time_zone,
        at=work.now,
    ):
        raise AlreadyExists("there is a tenant of this short name already", path=("slug",))
    work.record(StreamId(opened.opened_tenant_id), opened)
    work.answer = {"tenant_id": str(opened.opened_tenant_id)}


@command(Capability.PLATFORM_OPERATE, dangerous=True)
async def turn_platform_switch(command: TurnPlatformSwitch, work: UnitOfWork) -> None:
    """Store how the platform's switch stands, and record it where it changes."""
    await _of_the_platform(work)
    stream = platform_stream(work.tenant_id)
    turned = turn_switch(command, enabled=await work.load(_SWITCH, stream) is not False)
    if turned is not None:
        await platform.keep_halt(work.connection, None if turned.enabled else work.now)
        work.record(stream, turned)
    work.answer = {"enabled": int(command.enabled)}


@command(Capability.PLATFORM_OPERATE, book="access")
async def enter_tenant(command: EnterTenant, work: UnitOfWork) -> None:
    """Store the operator's look into the tenant, and record it where none is open."""
    work.authorise(None)
    stream = tenant_stream(work.tenant_id, f"looks of {command.operator_id}")
    current = await platform.open_look(work.connection, work.tenant_id, command.operator_id, at=work.now)
    looked = enter(command, current, at=work.now)
    if looked is not None:
        current = platform.Look(reason=looked.reason, until=looked.until)
        await platform.keep_look(work.connection, work.tenant_id, command.operator_id, current)
        await work.load(_HISTORY, stream)
        work.record(stream, looked)
    assert current is not None
    work.answer = {"until": current.until.isoformat()}


@command(Capability.PLATFORM_OPERATE)
async def request_rebuild(command: RequestRebuild, work: UnitOfWork) -> None:
    """Store that a read model is to be rebuilt, and record who asked."""
    work.authorise(None)
    requested = rebuild_requested(command, await known_projections(work.connection, work.tenant_id))
    await ask_for_rebuild(work.connection, work.tenant_id, requested.projection, at=work.now)
    stream = tenant_stream(work.tenant_id, f"rebuilds of {requested.projection}")
    await work.load(_HISTORY, stream)
    work.record(stream, requested)
    work.answer = {"projection": requested.projection}


def platform_stream(tenant_id: TenantId) -> StreamId:
    """The stream of the platform's switch."""
    return tenant_stream(tenant_id, "platform-switch")


async def _of_the_platform(work: UnitOfWork) -> None:
    """Refuse an actor who does not act for the whole of a platform, in its own tenant. Raises `Forbidden`."""
    work.authorise(None)
    if await kind_of_tenant(work.connection, work.tenant_id) != platform.PLATFORM:
        raise Forbidden(Capability.PLATFORM_OPERATE)
