"""Refusals of access go into the journal, once an hour for the same person and capability: an auditor sees who keeps
trying, and nobody can fill the journal by trying."""

import structlog

from backend.services import Services
from backend.tenants.actor import Actor, Forbidden, door_actor
from backend.tenants.identity.throttle import NOTES, Tried, attempt
from backend.write.execute import execute
from backend.write.identity.sessions import RefuseAccess

log = structlog.get_logger(__name__)


async def note_refusal(services: Services, actor: Actor | None, forbidden: Forbidden) -> None:
    """Record that a capability was refused to the actor. A failure to record must not hide the refusal itself."""
    if actor is None or actor.principal.startswith("system:"):
        return
    what = f"{actor.tenant_id}/{actor.principal}/{forbidden.capability.value}"
    try:
        if await attempt(services.database, Tried(NOTES, what), at=services.clock.now()) is None:
            door = door_actor(actor.tenant_id, actor.user_id, ip=actor.ip)
            command = RefuseAccess(principal=actor.principal, capability=forbidden.capability.value)
            await execute(services.write, door, command)
    except Exception as lost:
        log.warning("refusal.not_noted", error=type(lost).__name__)
