"""Choosing a password: a new one for the old one, or by a link that only the owner of the address received."""

import asyncio

from backend.api.dispatch import carry_out
from backend.api.identity.answers import Accepted, Done, SignedIn
from backend.api.identity.bodies import AskReset, ChangePassword, FinishReset
from backend.api.identity.codes import rotated
from backend.api.identity.door import knock, own_account, own_door, prove_password, refused, signed_in, tenant_named
from backend.api.identity.links import followed_by, link_of
from backend.api.identity.view import tenant_view
from backend.api.rest.endpoint import Answer, Call, Declined
from backend.rules import passwords
from backend.tenants.actor import door_actor
from backend.tenants.identity.accounts import Account, account_by_email
from backend.tenants.identity.hashing import hash_password
from backend.tenants.identity.secrets import new_handle
from backend.tenants.identity.throttle import LETTERS, Tried, attempt
from backend.values.identifiers import TenantId
from backend.write.identity.passwords import RequestPasswordReset, ResetPassword, SetPassword


async def change_password(call: Call, body: ChangePassword) -> Answer[SignedIn]:
    """Choose a new password for the old one. Your other sessions end."""
    account = await own_account(call)
    person = await prove_password(call, call.actor.tenant_id, account.email, body.current)
    if person.account.user_id != account.user_id:
        raise refused()
    password_hash = await accepted(call, call.actor.tenant_id, account, body.new, pointer="new")
    handle, rotation = rotated(call)
    command = SetPassword(user_id=account.user_id, password_hash=password_hash, cause="changed", keep=rotation)
    await carry_out(call.services, own_door(call), command)
    return await signed_in(call, handle.text)


async def ask_password_reset(call: Call, body: AskReset) -> Answer[Accepted]:
    """Ask for a link by e-mail. The answer is the same for everybody, at once: the looking up and the writing happen
    afterwards."""
    await knock(call)

    async def later() -> None:
        tenant_id = await tenant_named(call, body.tenant)
        email, services = body.email.strip(), call.services
        tried = Tried(LETTERS, f"{tenant_id}/{email.lower()}")
        if await attempt(services.database, tried, at=services.clock.now()) is not None:
            return
        async with services.database.scope(tenant_id) as connection:
            account = await account_by_email(connection, tenant_id, email)
        # Whoever never had a password here signs in by a provider, or has an invitation to accept.
        if account is None or account.password_hash is None:
            return
        command = RequestPasswordReset(user_id=account.user_id, link=link_of(services, new_handle(tenant_id)))
        await carry_out(services, door_actor(tenant_id, None, ip=call.ip), command)

    return Answer(Accepted(), later=later)


async def finish_password_reset(call: Call, body: FinishReset) -> Done:
    """Choose a password by the link that was mailed."""
    address = await knock(call)
    link = await followed_by(call, body.token, "reset", address)
    password_hash = await accepted(call, link.tenant_id, link.account, body.password, pointer="password")
    command = ResetPassword(user_id=link.account.user_id, digest=link.digest, password_hash=password_hash)
    await carry_out(call.services, door_actor(link.tenant_id, link.account.user_id, ip=call.ip), command)
    return Done()


async def accepted(
    call: Call, tenant_id: TenantId, account: Account, password: str, *, pointer: str, name: str = ""
) -> str:
    """The hash of a password that is good enough for this person. Raises `Declined`, saying why it is not."""
    async with call.services.database.scope(tenant_id) as connection:
        tenant = await tenant_view(connection, tenant_id)
    about = (account.name, name, account.email, tenant.name, tenant.slug, "carreau")
    # The estimate takes milliseconds, and more for what somebody made up to be slow.
    fault = await asyncio.to_thread(passwords.fault_of, password, about=about)
    if fault is not None:
        raise Declined(400, "PASSWORD_REFUSED", fault, path=(pointer,))
    return await hash_password(passwords.normal(password))
