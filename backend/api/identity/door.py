"""Signing in, step by step (the door): count the attempt, compare, open a session or refuse.

Nobody learns who exists: whatever differs between a person who exists and one who does not happens after the answer was
sent.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from msgspec import UNSET, UnsetType

from backend.api.authentication import cookie_name
from backend.api.dispatch import record
from backend.api.identity.answers import SignedIn
from backend.api.identity.view import session_view
from backend.api.rest.endpoint import Answer, Call, Cookie, Declined
from backend.rules import passwords
from backend.tenants.actor import Actor, door_actor
from backend.tenants.directory import tenant_by_slug
from backend.tenants.identity.accounts import Account, account_by_email, account_of, rehash_password
from backend.tenants.identity.hashing import hash_password, is_outdated, verify_password
from backend.tenants.identity.secrets import Handle, new_handle
from backend.tenants.identity.sessions import ABSOLUTE, actor_of_session
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


async def tenant_named(call: Call, slug: str) -> TenantId:
    """The tenant of a slug. One that does not exist has an id too, behind which there is nobody."""
    known = await tenant_by_slug(call.services.database, slug)
    return known.tenant_id if known else TenantId(uuid5(_NOWHERE, slug))


async def prove_password(call: Call, tenant_id: TenantId, email: str, password: str) -> Person:
    """Who has this password. Raises `Declined`: the same, after the same work, whoever was meant."""
    database = call.services.database
    tried = Tried(ACCOUNT, f"{tenant_id}/{email.strip().lower()}")
    address = await knock(call, tried)
    async with database.scope(tenant_id) as connection:
        account = await account_by_email(connection, tenant_id, email.strip())
    plain = passwords.normal(password)
    right = await verify_password(account.password_hash if account else None, plain)
    if account is None or account.password_hash is None or not right:
        raise refused(later=refusal_of(call, tenant_id, account.user_id if account else None, "password"))
    await succeeded(database, account=tried, address=address)
    if is_outdated(account.password_hash):
        renewed = await hash_password(plain)
        async with database.scope(tenant_id) as connection:
            await rehash_password(connection, tenant_id, account.user_id, old=account.password_hash, new=renewed)
    return Person(tenant_id=tenant_id, account=account)


async def knock(call: Call, tried: Tried | None = None) -> Tried:
    """Count an attempt from this address (at this account). Raises `Declined` when there were too many."""
    at = call.services.clock.now()
    address = Tried(ADDRESS, network_of(call.ip))
    until = await attempt(call.services.database, *((address,) if tried is None else (address, tried)), at=at)
    if until is not None:
        seconds = max(1, int((until - at).total_seconds() + 1))
        headers = {"Retry-After": str(seconds)}
        raise Declined(429, "TOO_MANY_ATTEMPTS", "too many attempts: wait a little", headers=headers)
    return address


def refused(*, later: Callable[[], Awaitable[None]] | None = None) -> Declined:
    """The one refusal of every sign-in that failed, whatever was wrong."""
    return Declined(401, "SIGN_IN_REFUSED", "this does not let you in: check what you typed", later=later)


def refusal_of(
    call: Call, tenant_id: TenantId, user_id: UserId | None, cause: str
) -> Callable[[], Awaitable[None]] | None:
    """What records the refused sign-in of a user; `None` where nobody is known, for whom there is only the counter."""
    if user_id is None:
        return None
    door = door_actor(tenant_id, user_id, ip=call.ip)
    return partial(_carried_out, call, door, RefuseSignIn(user_id=user_id, cause=cause))


async def let_in(call: Call, tenant_id: TenantId, user_id: UserId, method: str) -> Answer[SignedIn]:
    """Open a session, and answer whose it is."""
    handle = await open_session(call, tenant_id, user_id, method)
    return await signed_in(call, handle.text)


async def open_session(call: Call, tenant_id: TenantId, user_id: UserId, method: str) -> Handle:
    """Open a session under a new secret, and end the one this browser had. The secret never comes from the cookie that
    came along, so nobody can fix a session in advance."""
    handle, session_id = new_handle(tenant_id), call.services.write.new_id()
    before = await _session_before(call)
    same = before is not None and (before.tenant_id, before.user_id) == (tenant_id, user_id)
    if before is not None and not same:
        await end(call, before, "replaced")
    door = door_actor(tenant_id, user_id, ip=call.ip)
    await record(
        call.services,
        door,
        OpenSession(
            session_id=session_id,
            user_id=user_id,
            digest=handle.digest,
            method=method,
            agent=_agent(call),
            replaces=before.session_id if same and before is not None else None,
        ),
    )
    return handle


async def let_in_afresh(call: Call, method: str) -> Answer[SignedIn]:
    """Make the open session fresh again, under a new secret."""
    actor, handle = call.actor, new_handle(call.actor.tenant_id)
    assert actor.session_id is not None
    assert actor.user_id is not None
    command = RefreshSession(session_id=actor.session_id, user_id=actor.user_id, digest=handle.digest, method=method)
    await record(call.services, own_door(call), command)
    return await signed_in(call, handle.text)


async def signed_in(call: Call, session: str, *, recovery_codes: list[str] | UnsetType = UNSET) -> Answer[SignedIn]:
    """The answer of every successful proof: who you are now, and the new cookie."""
    actor = await actor_of_session(call.services.database, session, at=call.services.clock.now(), ip=call.ip)
    assert actor is not None, "the session was opened a moment ago"
    handle, view = await session_view(call.services, actor, session)
    return Answer(SignedIn(session=view, recovery_codes=recovery_codes), cookies=(session_cookie(call, handle),))


def session_cookie(call: Call, handle: Handle | None) -> Cookie:
    """The cookie that holds the secret of a session; without one, what removes it."""
    lasts = ABSOLUTE if handle else timedelta(0)
    return Cookie(name=cookie_name(call.services.settings), value=handle.text if handle else "", lasts=lasts)


def own_door(call: Call) -> Actor:
    """The door actor of the caller: for commands about their own access, which need no role."""
    actor = call.actor
    return door_actor(actor.tenant_id, actor.user_id, ip=actor.ip, session_id=actor.session_id, fresh_at=actor.fresh_at)


def session_said(call: Call) -> str:
    """The session's secret in the caller's cookie; empty where there is none."""
    return call.cookies.get(cookie_name(call.services.settings), "")


def _agent(call: Call) -> str:
    return "".join(each for each in call.headers.get("user-agent", "") if each.isprintable())


async def end(call: Call, actor: Actor, cause: str) -> None:
    """Close the session an actor came by."""
    assert actor.user_id is not None
    door = door_actor(actor.tenant_id, actor.user_id, ip=call.ip)
    command = CloseSessions(user_id=actor.user_id, session_id=actor.session_id, cause=cause)
    try:
        await record(call.services, door, command)
    except NotFound:
        # Somebody else ended it a moment ago, which is what was wanted.
        return


async def own_account(call: Call) -> Account:
    """The account of the caller."""
    actor = call.actor
    assert actor.user_id is not None
    async with call.services.database.scope(actor.tenant_id) as connection:
        account = await account_of(connection, actor.tenant_id, actor.user_id)
    assert account is not None, "sessions belong to users"
    return account


async def _session_before(call: Call) -> Actor | None:
    session = session_said(call)
    if not session:
        return None
    at = call.services.clock.now()
    return await actor_of_session(call.services.database, session, at=at, ip=call.ip, touch=False)


async def _carried_out(call: Call, door: Actor, command: Any) -> None:
    await record(call.services, door, command)
