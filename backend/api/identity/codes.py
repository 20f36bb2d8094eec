"""Time-based codes (RFC 6238) and the recovery codes beside them: begin, confirm, remove, renew."""

import base64
import os
from datetime import datetime
from hmac import compare_digest
from io import BytesIO
from typing import Final

import pyotp
import segno

from backend.api.dispatch import carry_out
from backend.api.identity.answers import RecoveryCodes, SignedIn, TotpBegun
from backend.api.identity.bodies import ConfirmTotp, Nothing
from backend.api.identity.door import knock, own_account, own_door, signed_in
from backend.api.identity.view import tenant_view
from backend.api.rest.endpoint import Answer, Call, Declined
from backend.journal.keys import Keyring
from backend.runtime.database import Connection
from backend.tenants.identity.accounts import Account, keep_totp, recovery_digest, use_totp_step
from backend.tenants.identity.secrets import Handle, hide, new_handle, reveal
from backend.tenants.identity.throttle import ACCOUNT, Tried, succeeded
from backend.values.identifiers import TenantId, UserId
from backend.write.identity.second_factors import ConfirmTotp as ConfirmTotpCommand
from backend.write.identity.second_factors import RemoveTotp, RenewRecoveryCodes
from backend.write.identity.sessions import Rotation

RECOVERY_CODES: Final = 10
# A clock may be half a minute off, and a person is slow: the step before and the one after count, too.
STEPS: Final = (0, -1, 1)
SEED_BYTES: Final = 20
ISSUER: Final = "Carreau"


async def begin_totp(call: Call, body: Nothing) -> TotpBegun:
    """Begin to set up codes: a seed that asks for nothing until it is confirmed."""
    account, services = await own_account(call), call.services
    if account.totp_confirmed:
        raise Declined(409, "ALREADY_EXISTS", "codes are asked for already: remove them first")
    seed = os.urandom(SEED_BYTES)
    tenant_id = call.actor.tenant_id
    async with services.database.scope(tenant_id) as connection:
        sealed = hide(services.keyring, seed, _context(tenant_id, account.user_id))
        await keep_totp(connection, tenant_id, account.user_id, sealed)
        tenant = await tenant_view(connection, tenant_id)
    secret = base64.b32encode(seed).decode("ascii")
    uri = pyotp.TOTP(secret).provisioning_uri(name=f"{account.email} ({tenant.slug})", issuer_name=ISSUER)
    drawn = BytesIO()
    segno.make(uri, error="m").save(drawn, kind="svg", scale=4, border=2, xmldecl=False, svgns=True, title="TOTP")
    return TotpBegun(secret=secret, uri=uri, qr_svg=drawn.getvalue().decode())


async def confirm_totp(call: Call, body: ConfirmTotp) -> Answer[SignedIn]:
    """Confirm the seed by the code of now. Recovery codes are made, and shown this once."""
    account, services = await own_account(call), call.services
    tried = Tried(ACCOUNT, f"{call.actor.tenant_id}/code/{account.user_id}")
    address = await knock(call, tried)
    async with services.database.scope(call.actor.tenant_id) as connection:
        right = await code_is_right(
            connection, services.keyring, call.actor.tenant_id, account, body.code, at=services.clock.now()
        )
    if not right:
        raise Declined(400, "CODE_REFUSED", "this is not the code of now: check the clock", path=("code",))
    await succeeded(services.database, account=tried, address=address)
    codes, (handle, rotation) = new_recovery_codes(), rotated(call)
    digests = tuple(recovery_digest(account.user_id, code) for code in codes)
    command = ConfirmTotpCommand(user_id=account.user_id, recovery_digests=digests, keep=rotation)
    await carry_out(services, own_door(call), command)
    return await signed_in(call, handle.text, recovery_codes=codes)


async def remove_totp(call: Call, body: Nothing) -> Answer[SignedIn]:
    """Sign in without codes from now on."""
    handle, rotation = rotated(call)
    account = await own_account(call)
    await carry_out(call.services, own_door(call), RemoveTotp(user_id=account.user_id, keep=rotation))
    return await signed_in(call, handle.text)


async def renew_recovery_codes(call: Call, body: Nothing) -> RecoveryCodes:
    """Make new recovery codes; the old ones end."""
    account, codes = await own_account(call), new_recovery_codes()
    digests = tuple(recovery_digest(account.user_id, code) for code in codes)
    command = RenewRecoveryCodes(user_id=account.user_id, recovery_digests=digests)
    await carry_out(call.services, own_door(call), command)
    return RecoveryCodes(recovery_codes=codes)


async def code_is_right(
    connection: Connection, keyring: Keyring, tenant_id: TenantId, account: Account, code: str, *, at: datetime
) -> bool:
    """Whether it is the code of now, and was not used before."""
    if account.totp_sealed is None:
        return False
    seed = reveal(keyring, account.totp_sealed, _context(tenant_id, account.user_id))
    totp = pyotp.TOTP(base64.b32encode(seed).decode("ascii"))
    presented = "".join(code.split())
    now = totp.timecode(at)
    # Every step is compared, so that the time does not tell which.
    matching = [
        now + step for step in STEPS if compare_digest(totp.generate_otp(now + step).encode(), presented.encode())
    ]
    return bool(matching) and await use_totp_step(connection, tenant_id, account.user_id, max(matching))


def new_recovery_codes() -> list[str]:
    """50 random bits each, in letters and digits that nobody confuses."""
    words = (base64.b32encode(os.urandom(7)).decode("ascii").lower()[:10] for _ in range(RECOVERY_CODES))
    return [f"{word[:5]}-{word[5:]}" for word in words]


def rotated(call: Call) -> tuple[Handle, Rotation]:
    """A new secret for the caller's session."""
    session_id = call.actor.session_id
    assert session_id is not None
    handle = new_handle(call.actor.tenant_id)
    return handle, Rotation(session_id=session_id, digest=handle.digest)


def _context(tenant_id: TenantId, user_id: UserId) -> str:
    return f"{tenant_id}/totp/{user_id}"
