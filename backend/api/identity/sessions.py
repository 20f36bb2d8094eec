"""One's own sessions: which are open, and ending those that should not be. And the language one reads."""

from typing import Any
from uuid import UUID

from backend.api.dispatch import record
from backend.api.identity.bodies import Language, Nothing
from backend.api.identity.view import instant
from backend.api.identity.visit import Answer, Visit
from backend.tenants.identity.accounts import keep_language
from backend.tenants.identity.sessions import sessions_of
from backend.values.identifiers import UserId
from backend.values.languages import ISO_639_1
from backend.values.why import Why
from backend.write.identity.sessions import CloseSessions
from backend.write.refusal import InvalidValue, NotFound


async def listed(visit: Visit) -> Answer:
    actor, at = visit.actor, visit.services.clock.now()
    async with visit.services.database.scope(actor.tenant_id) as connection:
        found = await sessions_of(connection, actor.tenant_id, user_of(visit), at=at)
    shown = [
        {
            "id": str(each.session_id),
            "current": each.session_id == actor.session_id,
            "method": each.method,
            "created_at": instant(each.opened_at),
            "last_seen_at": instant(each.seen_at),
            "expires_at": instant(each.idle_expires_at),
            "ip": each.ip,
            "agent": each.agent,
        }
        for each in found
    ]
    return Answer(body={"sessions": shown})


async def revoke(visit: Visit) -> Answer:
    session_id = path_id(visit, "session_id")
    command = CloseSessions(user_id=user_of(visit), session_id=session_id)
    await record(visit.services, visit.own_door, command)
    return Answer(status=204, signed_out=session_id == visit.actor.session_id)


async def revoke_others(visit: Visit, said: Nothing) -> Answer:
    command = CloseSessions(user_id=user_of(visit), keep=visit.actor.session_id)
    receipt = await record(visit.services, visit.own_door, command)
    return Answer(body={"revoked": receipt.answer["closed"]})


async def choose_language(visit: Visit, said: Language) -> Answer:
    if said.language not in ISO_639_1:
        raise InvalidValue(Why.NOT_A_LANGUAGE, path=("language",))
    async with visit.services.database.scope(visit.actor.tenant_id) as connection:
        await keep_language(connection, visit.actor.tenant_id, user_of(visit), said.language)
    return Answer(status=204)


def user_of(visit: Visit) -> UserId:
    assert visit.actor.user_id is not None, "sessions belong to users"
    return visit.actor.user_id


def path_id(visit: Visit, name: str) -> UUID:
    """An id in the path. What is no id names nothing."""
    said: Any = visit.request.path_params[name]
    try:
        return UUID(said)
    except ValueError:
        raise NotFound("there is no such thing here") from None
