"""Signing in with a password and a second factor, proving oneself afresh, and signing out."""

from backend.api.authentication import session_of
from backend.api.identity.bodies import Fresh, SecondFactor, SignIn
from backend.api.identity.codes import code_is_right
from backend.api.identity.door import (
    end,
    knock,
    let_in,
    let_in_afresh,
    own_account,
    prove_password,
    refusal_of,
    refused,
    tenant_named,
)
from backend.api.identity.view import instant, session_view
from backend.api.identity.visit import Answer, Visit
from backend.tenants.identity.accounts import Account, account_of, use_recovery_code
from backend.tenants.identity.challenges import look, promise, redeem
from backend.tenants.identity.secrets import Handle, handle_of, new_handle
from backend.tenants.identity.sessions import actor_of_session
from backend.tenants.identity.throttle import ACCOUNT, Tried, succeeded
from backend.values.identifiers import TenantId


async def sign_in(visit: Visit, said: SignIn) -> Answer:
    person = await prove_password(visit, await tenant_named(visit, said.tenant), said.email, said.password)
    if not person.account.totp_confirmed:
        return await let_in(visit, person.tenant_id, person.account.user_id, "password")
    handle = new_handle(person.tenant_id)
    async with visit.services.database.scope(person.tenant_id) as connection:
        until = await promise(
            connection, handle, "second_factor", at=visit.services.clock.now(), user_id=person.account.user_id
        )
    return Answer(
        body={
            "status": "second_factor",
            "challenge": handle.text,
            "methods": ["totp", "recovery_code"],
            "expires_at": instant(until),
        }
    )


async def sign_in_totp(visit: Visit, said: SecondFactor) -> Answer:
    return await _second_factor(visit, said, "totp")


async def sign_in_recovery_code(visit: Visit, said: SecondFactor) -> Answer:
    return await _second_factor(visit, said, "recovery_code")


async def fresh(visit: Visit, said: Fresh) -> Answer:
    """The same proofs as at the door, for whoever is inside."""
    account = await own_account(visit)
    person = await prove_password(visit, visit.actor.tenant_id, account.email, said.password)
    if person.account.user_id != account.user_id:
        raise refused()
    if not person.account.totp_confirmed:
        return await let_in_afresh(visit, "password")
    await _prove_code(visit, visit.actor.tenant_id, account, "totp", said.code)
    return await let_in_afresh(visit, "password+totp")


async def sign_out(visit: Visit) -> Answer:
    await end(visit, visit.actor, "signed_out")
    return Answer(status=204, signed_out=True)


async def who_am_i(visit: Visit) -> Answer:
    """Nobody is turned away here: the app asks this to know whether to show the door."""
    session = session_of(visit.request)
    at = visit.services.clock.now()
    actor = await actor_of_session(visit.services.database, session, at=at, ip=visit.ip) if session else None
    if actor is None:
        return Answer(body={"signed_in": False}, signed_out=bool(session))
    _, view = await session_view(visit.services, actor, session)
    return Answer(body={"signed_in": True, "session": view})


async def _second_factor(visit: Visit, said: SecondFactor, kind: str) -> Answer:
    handle, at = handle_of(said.challenge), visit.services.clock.now()
    found = None if handle is None else await _account_behind(visit, handle)
    if handle is None or found is None:
        await knock(visit)
        raise refused()
    await _prove_code(visit, handle.tenant_id, found, kind, said.code)
    async with visit.services.database.scope(handle.tenant_id) as connection:
        # Of two right codes for one challenge, one opens the door.
        if await redeem(connection, handle, "second_factor", at=at) is None:
            raise refused()
    return await let_in(visit, handle.tenant_id, found.user_id, f"password+{kind}")


async def _account_behind(visit: Visit, handle: Handle) -> Account | None:
    async with visit.services.database.scope(handle.tenant_id) as connection:
        challenge = await look(connection, handle, "second_factor", at=visit.services.clock.now())
        if challenge is None or challenge.user_id is None:
            return None
        return await account_of(connection, handle.tenant_id, challenge.user_id)


async def _prove_code(visit: Visit, tenant_id: TenantId, account: Account, kind: str, code: str) -> None:
    """The second proof. Raises `TurnedAway`; guesses are counted by person, whatever challenge they come with."""
    tried = Tried(ACCOUNT, f"{tenant_id}/code/{account.user_id}")
    address = await knock(visit, tried)
    right = await _is_right(visit, tenant_id, account, kind, code)
    if not right:
        raise refused(later=refusal_of(visit, tenant_id, account.user_id, kind))
    await succeeded(visit.services.database, account=tried, address=address)


async def _is_right(visit: Visit, tenant_id: TenantId, account: Account, kind: str, code: str) -> bool:
    services = visit.services
    async with services.database.scope(tenant_id) as connection:
        if kind == "recovery_code":
            return await use_recovery_code(connection, tenant_id, account.user_id, code)
        return await code_is_right(connection, services.keyring, tenant_id, account, code, at=services.clock.now())
