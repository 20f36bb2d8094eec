"""Passkeys (WebAuthn): registering one, and signing in by one without saying who one is. User verification is
required, so a passkey is something one has and something one knows or is."""

import json
import os
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from backend.api.csrf import origin_of
from backend.api.dispatch import carry_out
from backend.api.identity.answers import Ceremony, Made, Passkeys, PasskeyShown, SignedIn
from backend.api.identity.bodies import BeginPasskeySignIn, FinishPasskey, FinishPasskeySignIn, Nothing
from backend.api.identity.door import knock, let_in, own_account, own_door, refusal_of, refused, tenant_named
from backend.api.identity.sessions import user_of
from backend.api.identity.view import instant, instant_or_none
from backend.api.rest.endpoint import Answer, Call, Declined
from backend.tenants.identity.challenges import Challenge, Kind, promise, redeem
from backend.tenants.identity.passkeys import Passkey, passkey_by_credential, passkeys_of, use_passkey
from backend.tenants.identity.secrets import Handle, handle_of, new_handle
from backend.tenants.identity.throttle import succeeded
from backend.values.identifiers import TenantId, UserId
from backend.write.identity.passkeys import AddPasskey, RemovePasskey

RP_NAME: Final = "Carreau"
CHALLENGE_BYTES: Final = 32
MAX_CREDENTIAL_ID: Final = 1_023
# What the library raises for a credential that is not what it should be, or is shaped like nothing it knows.
_BAD: Final = (WebAuthnException, ValueError, KeyError, TypeError)


async def begin_passkey_sign_in(call: Call, body: BeginPasskeySignIn) -> Ceremony:
    """Begin to sign in by a passkey. The options name no credential, so they are the same for every
    federation, whoever is in it."""
    address = await knock(call)
    tenant_id = await tenant_named(call, body.tenant)
    challenge = os.urandom(CHALLENGE_BYTES)
    options = generate_authentication_options(
        rp_id=_rp_id(call), challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    handle = await _promised(call, tenant_id, "passkey_sign_in", challenge)
    await succeeded(call.services.database, address=address)
    return Ceremony(challenge=handle.text, public_key=json.loads(options_to_json(options)))


async def finish_passkey_sign_in(call: Call, body: FinishPasskeySignIn) -> Answer[SignedIn]:
    """Sign in by what the authenticator signed."""
    address = await knock(call)
    handle, challenge = await _redeemed(call, body.challenge, "passkey_sign_in")
    tenant_id, database = handle.tenant_id, call.services.database
    async with database.scope(tenant_id) as connection:
        passkey = await passkey_by_credential(connection, tenant_id, _credential_id(body.credential))
    if passkey is None:
        raise refused()
    later = refusal_of(call, tenant_id, passkey.user_id, "passkey")
    try:
        verified = verify_authentication_response(
            credential=body.credential,
            expected_challenge=base64url_to_bytes(challenge.data["challenge"]),
            expected_rp_id=_rp_id(call),
            expected_origin=_origin(call),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except _BAD:
        raise refused(later=later) from None
    async with database.scope(tenant_id) as connection:
        at = call.services.clock.now()
        used = await use_passkey(connection, tenant_id, passkey, sign_count=verified.new_sign_count, at=at)
    if not used:
        raise refused(later=later)
    await succeeded(database, address=address)
    return await let_in(call, tenant_id, passkey.user_id, "passkey")


async def begin_passkey(call: Call, body: Nothing) -> Ceremony:
    """Begin to register a passkey."""
    account, actor = await own_account(call), call.actor
    async with call.services.database.scope(actor.tenant_id) as connection:
        known = await passkeys_of(connection, actor.tenant_id, account.user_id)
    challenge = os.urandom(CHALLENGE_BYTES)
    options = generate_registration_options(
        rp_id=_rp_id(call),
        rp_name=RP_NAME,
        user_id=account.user_id.bytes,
        user_name=account.email,
        user_display_name=account.name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each.credential_id) for each in known],
    )
    handle = await _promised(call, actor.tenant_id, "passkey_register", challenge, user_id=account.user_id)
    return Ceremony(challenge=handle.text, public_key=json.loads(options_to_json(options)))


async def finish_passkey(call: Call, body: FinishPasskey) -> Made:
    """Register the passkey that the authenticator made."""
    handle, challenge = await _redeemed(call, body.challenge, "passkey_register")
    if handle.tenant_id != call.actor.tenant_id or challenge.user_id != call.actor.user_id:
        raise refused()
    try:
        verified = verify_registration_response(
            credential=body.credential,
            expected_challenge=base64url_to_bytes(challenge.data["challenge"]),
            expected_rp_id=_rp_id(call),
            expected_origin=_origin(call),
            require_user_verification=True,
        )
    except _BAD:
        raise Declined(400, "PASSKEY_REFUSED", "this passkey cannot be registered: try once more") from None
    passkey_id = call.services.write.new_id()
    command = AddPasskey(
        passkey_id=passkey_id,
        user_id=user_of(call),
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        label=body.label,
    )
    await carry_out(call.services, own_door(call), command)
    return Made(id=str(passkey_id))


async def list_passkeys(call: Call) -> Passkeys:
    """Your passkeys."""
    async with call.services.database.scope(call.actor.tenant_id) as connection:
        found = await passkeys_of(connection, call.actor.tenant_id, user_of(call))
    return Passkeys(passkeys=[_shown(each) for each in found])


async def remove_passkey(call: Call, passkey_id: UUID) -> None:
    """Remove one of your passkeys."""
    command = RemovePasskey(user_id=user_of(call), passkey_id=passkey_id)
    await carry_out(call.services, own_door(call), command)


def _shown(passkey: Passkey) -> PasskeyShown:
    return PasskeyShown(
        id=str(passkey.passkey_id),
        label=passkey.label,
        created_at=instant(passkey.added_at),
        last_used_at=instant_or_none(passkey.used_at),
    )


async def _promised(
    call: Call, tenant_id: TenantId, kind: Kind, challenge: bytes, *, user_id: UserId | None = None
) -> Handle:
    handle = new_handle(tenant_id)
    async with call.services.database.scope(tenant_id) as connection:
        await promise(
            connection,
            handle,
            kind,
            at=call.services.clock.now(),
            user_id=user_id,
            data={"challenge": bytes_to_base64url(challenge)},
        )
    return handle


async def _redeemed(call: Call, text: str, kind: Kind) -> tuple[Handle, Challenge]:
    """A ceremony is finished once, whether it succeeds or not."""
    handle = handle_of(text)
    if handle is not None:
        async with call.services.database.scope(handle.tenant_id) as connection:
            challenge = await redeem(connection, handle, kind, at=call.services.clock.now())
        if challenge is not None:
            return handle, challenge
    raise refused()


def _credential_id(credential: dict[str, Any]) -> bytes:
    try:
        found = base64url_to_bytes(credential["rawId"])
    except _BAD:
        raise refused() from None
    if len(found) > MAX_CREDENTIAL_ID:
        raise refused()
    return found


def _origin(call: Call) -> str:
    """The address people open. On a developer's machine it has several names, of which browsers accept `localhost`."""
    settings = call.services.settings
    host = call.headers.get("host", "")
    if settings.environment == "embedded" and host.partition(":")[0] == "localhost":
        return f"http://{host}"
    return origin_of(settings.public_url)


def _rp_id(call: Call) -> str:
    return urlsplit(_origin(call)).hostname or ""
