"""One's own sessions: which are open, and ending those that should not be. And the language one reads."""

from uuid import UUID

from backend.api.dispatch import record
from backend.api.identity.answers import OwnSession, Revoked, Sessions
from backend.api.identity.bodies import Language, Nothing
from backend.api.identity.door import own_door, session_cookie
from backend.api.identity.view import instant
from backend.api.rest.endpoint import Answer, Call
from backend.journal.keys import PersonKeys
from backend.tenants.identity.accounts import keep_language
from backend.tenants.identity.sessions import device_of, sessions_of
from backend.values.identifiers import UserId
from backend.values.languages import ISO_639_1
from backend.values.why import Why
from backend.write.identity.sessions import CloseSessions
from backend.write.refusal import InvalidValue


async def list_sessions(call: Call) -> Sessions:
    """Your open sessions."""
    actor, at = call.actor, call.services.clock.now()
    async with call.services.database.scope(actor.tenant_id) as connection:
        found = await sessions_of(connection, actor.tenant_id, user_of(call), at=at)
        keys = PersonKeys(call.services.keyring, connection, actor.tenant_id)
        await keys.fetch({user_of(call)})
    devices = [device_of(each, keys(each.user_id)) for each in found]
    return Sessions(
        sessions=[
            OwnSession(
                id=str(each.session_id),
                current=each.session_id == actor.session_id,
                method=each.method,
                created_at=instant(each.opened_at),
                last_seen_at=instant(each.seen_at),
                expires_at=instant(each.idle_expires_at),
                ip=device.ip,
                agent=device.agent,
            )
            for each, device in zip(found, devices, strict=True)
        ]
    )


async def revoke_session(call: Call, session_id: UUID) -> Answer[None]:
    """End one of your sessions."""
    await record(call.services, own_door(call), CloseSessions(user_id=user_of(call), session_id=session_id))
    own = session_id == call.actor.session_id
    return Answer(None, cookies=(session_cookie(call, None),) if own else ())


async def revoke_other_sessions(call: Call, body: Nothing) -> Revoked:
    """End all your sessions but this one."""
    command = CloseSessions(user_id=user_of(call), keep=call.actor.session_id)
    receipt = await record(call.services, own_door(call), command)
    return Revoked(revoked=receipt.answer["closed"])


async def choose_language(call: Call, body: Language) -> None:
    """Choose the language that the app speaks with you."""
    if body.language not in ISO_639_1:
        raise InvalidValue(Why.NOT_A_LANGUAGE, path=("language",))
    async with call.services.database.scope(call.actor.tenant_id) as connection:
        await keep_language(connection, call.actor.tenant_id, user_of(call), body.language)


def user_of(call: Call) -> UserId:
    """The person whose session this is."""
    assert call.actor.user_id is not None, "sessions belong to users"
    return call.actor.user_id
