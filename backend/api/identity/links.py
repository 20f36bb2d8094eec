"""Links that are mailed: made here, followed here. Their secret stands after the #, where no server ever logs it."""

from dataclasses import dataclass
from typing import Literal

from backend.api.rest.endpoint import Call, Declined
from backend.services import Services
from backend.tenants.identity.accounts import Account, account_of
from backend.tenants.identity.challenges import Challenge, look
from backend.tenants.identity.letters import letter_context
from backend.tenants.identity.secrets import Handle, handle_of, hide
from backend.tenants.identity.throttle import Tried, succeeded
from backend.values.identifiers import TenantId
from backend.write.identity.letters import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A link that is still good, and whose it is."""

    tenant_id: TenantId
    digest: bytes
    account: Account
    challenge: Challenge


def link_of(services: Services, handle: Handle) -> Link:
    """What is kept of a link: a digest to recognise it, and the secret sealed until its letter is sent."""
    letter_id = services.write.new_id()
    sealed = hide(services.keyring, handle.text.encode(), letter_context(handle.tenant_id, letter_id))
    return Link(letter_id=letter_id, digest=handle.digest, sealed=sealed)


async def followed_by(call: Call, token: str, kind: Literal["invitation", "reset"], address: Tried) -> Followed:
    """Whose link this is; it is redeemed by the command, in one transaction with what it allows. Raises `Declined`.
    `address` was counted, and gets its attempt back for a good link."""
    handle = handle_of(token)
    if handle is not None:
        async with call.services.database.scope(handle.tenant_id) as connection:
            challenge = await look(connection, handle, kind, at=call.services.clock.now())
            user_id = challenge.user_id if challenge else None
            account = await account_of(connection, handle.tenant_id, user_id) if user_id else None
        if challenge is not None and account is not None:
            await succeeded(call.services.database, address=address)
            return Followed(tenant_id=handle.tenant_id, digest=handle.digest, account=account, challenge=challenge)
    raise Declined(400, "LINK_REFUSED", "this link is not valid any more: ask for a new one")
