"""Signing in with a password and a second factor, proving oneself afresh, and signing out."""

from backend.api.identity.answers import SecondFactorWanted, SignedIn, WhoAmI
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
    session_cookie,
    session_said,
    tenant_named,
)
from backend.api.identity.view import instant, session_view
from backend.api.rest.endpoint import Answer, Call
from backend.tenants.identity.accounts import Account, account_of, use_recovery_code
from backend.tenants.identity.challenges import look, promise, redeem
from backend.tenants.identity.secrets import Handle, handle_of, new_handle
from backend.tenants.identity.sessions import actor_of_session
from backend.tenants.identity.throttle import ACCOUNT, Tried, succeeded
from backend.values.identifiers import TenantId


async def sign_in(call: Call, body: SignIn) -> Answer[SignedIn | SecondFactorWanted]:
    """Sign in by a password. Where a second factor is set up, a challenge for it is the answer."""
    person = await prove_password(call, await tenant_named(call, body.tenant), body.email, body.password)
    if not person.account.totp_confirmed:
        admitted = await let_in(call, person.tenant_id, person.account.user_id, "password")
        return Answer(admitted.body, cookies=admitted.cookies)
    handle = new_handle(person.tenant_id)
    async with call.services.database.scope(person.tenant_id) as connection:
        until = await promise(
            connection, handle, "second_factor", at=call.services.clock.now(), user_id=person.account.user_id
        )
    return Answer(
        SecondFactorWanted(challenge=handle.text, methods=["totp", "recovery_code"], expires_at=instant(until))
    )


async def sign_in_totp(call: Call, body: SecondFactor) -> Answer[SignedIn]:
    """Answer the challenge with the code of now."""
    return await _second_factor(call, body, "totp")


async def sign_in_recovery_code(call: Call, body: SecondFactor) -> Answer[SignedIn]:
    """Answer the challenge with a recovery code, which is used up."""
    return await _second_factor(call, body, "recovery_code")


async def fresh(call: Call, body: Fresh) -> Answer[SignedIn]:
    """Prove once more who you are, with the proofs of signing in: dangerous things ask for it."""
    account = await own_account(call)
    person = await prove_password(call, call.actor.tenant_id, account.email, body.password)
    if person.account.user_id != account.user_id:
        raise refused()
    if not person.account.totp_confirmed:
        return await let_in_afresh(call, "password")
    await _prove_code(call, call.actor.tenant_id, account, "totp", body.code)
    return await let_in_afresh(call, "password+totp")


async def sign_out(call: Call) -> Answer[None]:
    """End this session."""
    await end(call, call.actor, "signed_out")
    return Answer(None, cookies=(session_cookie(call, None),))


async def who_am_i(call: Call) -> Answer[WhoAmI]:
    """Who is signed in. Nobody is turned away here: the app asks this to know whether to show the sign-in page."""
    session = session_said(call)
    at = call.services.clock.now()
    actor = await actor_of_session(call.services.database, session, at=at, ip=call.ip) if session else None
    if actor is None:
        return Answer(WhoAmI(signed_in=False), cookies=(session_cookie(call, None),) if session else ())
    _, view = await session_view(call.services, actor, session)
    return Answer(WhoAmI(signed_in=True, session=view))


async def _second_factor(call: Call, body: SecondFactor, kind: str) -> Answer[SignedIn]:
    handle, at = handle_of(body.challenge), call.services.clock.now()
    found = None if handle is None else await _account_behind(call, handle)
    if handle is None or found is None:
        await knock(call)
        raise refused()
    await _prove_code(call, handle.tenant_id, found, kind, body.code)
    async with call.services.database.scope(handle.tenant_id) as connection:
        # Of two right codes for one challenge, one opens the door.
        if await redeem(connection, handle, "second_factor", at=at) is None:
            raise refused()
    return await let_in(call, handle.tenant_id, found.user_id, f"password+{kind}")


async def _account_behind(call: Call, handle: Handle) -> Account | None:
    async with call.services.database.scope(handle.tenant_id) as connection:
        challenge = await look(connection, handle, "second_factor", at=call.services.clock.now())
        if challenge is None or challenge.user_id is None:
            return None
        return await account_of(connection, handle.tenant_id, challenge.user_id)


async def _prove_code(call: Call, tenant_id: TenantId, account: Account, kind: str, code: str) -> None:
    """The second proof. Raises `Declined`; guesses are counted by person, whatever challenge they come with."""
    tried = Tried(ACCOUNT, f"{tenant_id}/code/{account.user_id}")
    address = await knock(call, tried)
    right = await _is_right(call, tenant_id, account, kind, code)
    if not right:
        raise refused(later=refusal_of(call, tenant_id, account.user_id, kind))
    await succeeded(call.services.database, account=tried, address=address)


async def _is_right(call: Call, tenant_id: TenantId, account: Account, kind: str, code: str) -> bool:
    services = call.services
    async with services.database.scope(tenant_id) as connection:
        if kind == "recovery_code":
            return await use_recovery_code(connection, tenant_id, account.user_id, code)
        return await code_is_right(connection, services.keyring, tenant_id, account, code, at=services.clock.now())
