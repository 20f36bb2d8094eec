"""The door: count the attempt, compare, let in or turn away, so that nobody learns who exists.

Whatever differs between a person who exists and one who does not happens after the answer was sent.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from backend.api.authentication import session_of
from backend.api.dispatch import record
from backend.api.identity.view import session_view
from backend.api.identity.visit import Answer, TurnedAway, Visit
from backend.rules import passwords
from backend.tenants.actor import Actor, door_actor
from backend.tenants.directory import tenant_by_slug
from backend.tenants.identity.accounts import Account, account_by_email, account_of, rehash_password
from backend.tenants.identity.hashing import hash_password, is_outdated, verify_password
from backend.tenants.identity.secrets import new_handle
from backend.tenants.identity.sessions import actor_of_session
from backend.tenants.identity.throttle import ACCOUNT, ADDRESS, Tried, attempt, network_of, succeeded
from backend.values.identifiers import TenantId, UserId
from backend.write.identity.sessions import CloseSessions, OpenSession, RefreshSession, RefuseSignIn
from backend.write.refusal import NotFound

# Where people of a federation that does not exist are looked for, and not found.
_NOWHERE = UUID("c0ffee00-0000-4000-8000-000000000000")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who proved a password."""

    tenant_id: TenantId
    account: Account


async def tenant_named(visit: Visit, slug: str) -> TenantId:
    """The tenant of a slug. One that does not exist has an id too, behind which there is nobody."""
    known = await tenant_by_slug(visit.services.database, slug)
    return known.tenant_id if known else TenantId(uuid5(_NOWHERE, slug))


async def prove_password(visit: Visit, tenant_id: TenantId, email: str, password: str) -> Person:
    """Who has this password. Raises `TurnedAway`: the same, after the same work, whoever was meant."""
    database = visit.services.database
    tried = Tried(ACCOUNT, f"{tenant_id}/{email.strip().lower()}")
    address = await knock(visit, tried)
    async with database.scope(tenant_id) as connection:
        account = await account_by_email(connection, tenant_id, email.strip())
    plain = passwords.normal(password)
    right = await verify_password(account.password_hash if account else None, plain)
    if account is None or account.password_hash is None or not right:
        raise refused(later=refusal_of(visit, tenant_id, account.user_id if account else None, "password"))
    await succeeded(database, account=tried, address=address)
    if is_outdated(account.password_hash):
        renewed = await hash_password(plain)
        async with database.scope(tenant_id) as connection:
            await rehash_password(connection, tenant_id, account.user_id, old=account.password_hash, new=renewed)
    return Person(tenant_id=tenant_id, account=account)


async def knock(visit: Visit, tried: Tried | None = None) -> Tried:
    """Count an attempt from this address (at this account). Raises `TurnedAway` when there were too many."""
    at = visit.services.clock.now()
    address = Tried(ADDRESS, network_of(visit.ip))
    until = await attempt(visit.services.database, *((address,) if tried is None else (address, tried)), at=at)
    if until is not None:
        raise TurnedAway(429, "TOO_MANY_ATTEMPTS", "too many attempts: wait a little", retry=until - at)
    return address


def refused(*, later: Callable[[], Awaitable[None]] | None = None) -> TurnedAway:
    """The one sentence for everybody who is not let in."""
    return TurnedAway(401, "SIGN_IN_REFUSED", "this does not let you in: check what you typed", later=later)


def refusal_of(
    visit: Visit, tenant_id: TenantId, user_id: UserId | None, cause: str
) -> Callable[[], Awaitable[None]] | None:
    """Writes the failure down, if it is about somebody. For nobody there is only the counter."""
    if user_id is None:
        return None
    door = door_actor(tenant_id, user_id, ip=visit.ip)
    return partial(_carried_out, visit, door, RefuseSignIn(user_id=user_id, cause=cause))


async def let_in(visit: Visit, tenant_id: TenantId, user_id: UserId, method: str, *, location: str = "") -> Answer:
    """A new session under a new secret, whatever cookie came along: a session nobody chose cannot be fixed. The one
    this browser had ends."""
    handle, session_id = new_handle(tenant_id), visit.services.write.new_id()
    before = await _session_before(visit)
    same = before is not None and (before.tenant_id, before.user_id) == (tenant_id, user_id)
    if before is not None and not same:
        await end(visit, before, "replaced")
    door = door_actor(tenant_id, user_id, ip=visit.ip)
    await record(
        visit.services,
        door,
        OpenSession(
            session_id=session_id,
            user_id=user_id,
            digest=handle.digest,
            method=method,
            agent=visit.agent,
            replaces=before.session_id if same and before is not None else None,
        ),
    )
    if location:
        return Answer(location=location, session=handle)
    return await signed_in(visit, handle.text)


async def let_in_afresh(visit: Visit, method: str) -> Answer:
    """The open session is fresh again, and has a new secret."""
    actor, handle = visit.actor, new_handle(visit.actor.tenant_id)
    assert actor.session_id is not None
    assert actor.user_id is not None
    command = RefreshSession(session_id=actor.session_id, user_id=actor.user_id, digest=handle.digest, method=method)
    await record(visit.services, visit.own_door, command)
    return await signed_in(visit, handle.text)


async def signed_in(visit: Visit, session: str, **more: Any) -> Answer:
    """The answer of every successful proof: who you are now, and the new cookie."""
    actor = await actor_of_session(visit.services.database, session, at=visit.services.clock.now(), ip=visit.ip)
    assert actor is not None, "the session was opened a moment ago"
    handle, view = await session_view(visit.services, actor, session)
    return Answer(body={"status": "signed_in", "session": view, **more}, session=handle)


async def end(visit: Visit, actor: Actor, cause: str) -> None:
    """Close the session an actor came by."""
    assert actor.user_id is not None
    door = door_actor(actor.tenant_id, actor.user_id, ip=visit.ip)
    command = CloseSessions(user_id=actor.user_id, session_id=actor.session_id, cause=cause)
    try:
        await record(visit.services, door, command)
    except NotFound:
        # Somebody else ended it a moment ago, which is what was wanted.
        return


async def own_account(visit: Visit) -> Account:
    """The account of the caller."""
    actor = visit.actor
    assert actor.user_id is not None
    async with visit.services.database.scope(actor.tenant_id) as connection:
        account = await account_of(connection, actor.tenant_id, actor.user_id)
    assert account is not None, "sessions belong to users"
    return account


async def _session_before(visit: Visit) -> Actor | None:
    session = session_of(visit.request)
    if not session:
        return None
    at = visit.services.clock.now()
    return await actor_of_session(visit.services.database, session, at=at, ip=visit.ip, touch=False)


async def _carried_out(visit: Visit, door: Actor, command: Any) -> None:
    await record(visit.services, door, command)
