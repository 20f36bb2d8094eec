"""Passkeys (WebAuthn): registering one, and signing in by one without saying who one is. User verification is
required, so a passkey is something one has and something one knows or is."""

import json
import os
from typing import Any, Final
from urllib.parse import urlsplit

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
from backend.api.identity.bodies import BeginPasskeySignIn, FinishPasskey, FinishPasskeySignIn, Nothing
from backend.api.identity.door import knock, let_in, own_account, refusal_of, refused, tenant_named
from backend.api.identity.sessions import path_id, user_of
from backend.api.identity.view import instant
from backend.api.identity.visit import Answer, TurnedAway, Visit
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


async def begin_sign_in(visit: Visit, said: BeginPasskeySignIn) -> Answer:
    """The options name no credential, so they are the same for every federation, whoever is in it."""
    address = await knock(visit)
    tenant_id = await tenant_named(visit, said.tenant)
    challenge = os.urandom(CHALLENGE_BYTES)
    options = generate_authentication_options(
        rp_id=_rp_id(visit), challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    handle = await _promised(visit, tenant_id, "passkey_sign_in", challenge)
    await succeeded(visit.services.database, address=address)
    return Answer(body={"challenge": handle.text, "public_key": json.loads(options_to_json(options))})


async def finish_sign_in(visit: Visit, said: FinishPasskeySignIn) -> Answer:
    address = await knock(visit)
    handle, challenge = await _redeemed(visit, said.challenge, "passkey_sign_in")
    tenant_id, database = handle.tenant_id, visit.services.database
    async with database.scope(tenant_id) as connection:
        passkey = await passkey_by_credential(connection, tenant_id, _credential_id(said.credential))
    if passkey is None:
        raise refused()
    later = refusal_of(visit, tenant_id, passkey.user_id, "passkey")
    try:
        verified = verify_authentication_response(
            credential=said.credential,
            expected_challenge=base64url_to_bytes(challenge.data["challenge"]),
            expected_rp_id=_rp_id(visit),
            expected_origin=_origin(visit),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except _BAD:
        raise refused(later=later) from None
    async with database.scope(tenant_id) as connection:
        at = visit.services.clock.now()
        used = await use_passkey(connection, tenant_id, passkey, sign_count=verified.new_sign_count, at=at)
    if not used:
        raise refused(later=later)
    await succeeded(database, address=address)
    return await let_in(visit, tenant_id, passkey.user_id, "passkey")


async def begin(visit: Visit, said: Nothing) -> Answer:
    account, actor = await own_account(visit), visit.actor
    async with visit.services.database.scope(actor.tenant_id) as connection:
        known = await passkeys_of(connection, actor.tenant_id, account.user_id)
    challenge = os.urandom(CHALLENGE_BYTES)
    options = generate_registration_options(
        rp_id=_rp_id(visit),
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
    handle = await _promised(visit, actor.tenant_id, "passkey_register", challenge, user_id=account.user_id)
    return Answer(body={"challenge": handle.text, "public_key": json.loads(options_to_json(options))})


async def finish(visit: Visit, said: FinishPasskey) -> Answer:
    handle, challenge = await _redeemed(visit, said.challenge, "passkey_register")
    if handle.tenant_id != visit.actor.tenant_id or challenge.user_id != visit.actor.user_id:
        raise refused()
    try:
        verified = verify_registration_response(
            credential=said.credential,
            expected_challenge=base64url_to_bytes(challenge.data["challenge"]),
            expected_rp_id=_rp_id(visit),
            expected_origin=_origin(visit),
            require_user_verification=True,
        )
    except _BAD:
        raise TurnedAway(400, "PASSKEY_REFUSED", "this passkey cannot be registered: try once more") from None
    passkey_id = visit.services.write.new_id()
    command = AddPasskey(
        passkey_id=passkey_id,
        user_id=user_of(visit),
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        label=said.label,
    )
    await carry_out(visit.services, visit.own_door, command)
    return Answer(body={"id": str(passkey_id)}, status=201)


async def listed(visit: Visit) -> Answer:
    async with visit.services.database.scope(visit.actor.tenant_id) as connection:
        found = await passkeys_of(connection, visit.actor.tenant_id, user_of(visit))
    return Answer(body={"passkeys": [_shown(each) for each in found]})


async def remove(visit: Visit) -> Answer:
    command = RemovePasskey(user_id=user_of(visit), passkey_id=path_id(visit, "passkey_id"))
    await carry_out(visit.services, visit.own_door, command)
    return Answer(status=204)


def _shown(passkey: Passkey) -> dict[str, str | None]:
    return {
        "id": str(passkey.passkey_id),
        "label": passkey.label,
        "created_at": instant(passkey.added_at),
        "last_used_at": instant(passkey.used_at),
    }


async def _promised(
    visit: Visit, tenant_id: TenantId, kind: Kind, challenge: bytes, *, user_id: UserId | None = None
) -> Handle:
    handle = new_handle(tenant_id)
    async with visit.services.database.scope(tenant_id) as connection:
        await promise(
            connection,
            handle,
            kind,
            at=visit.services.clock.now(),
            user_id=user_id,
            data={"challenge": bytes_to_base64url(challenge)},
        )
    return handle


async def _redeemed(visit: Visit, text: str, kind: Kind) -> tuple[Handle, Challenge]:
    """A ceremony is finished once, whether it succeeds or not."""
    handle = handle_of(text)
    if handle is not None:
        async with visit.services.database.scope(handle.tenant_id) as connection:
            challenge = await redeem(connection, handle, kind, at=visit.services.clock.now())
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


def _origin(visit: Visit) -> str:
    """The address people open. On a developer's machine it has several names, of which browsers accept `localhost`."""
    settings = visit.services.settings
    host = visit.request.headers.get("host", "")
    if settings.environment == "embedded" and host.partition(":")[0] == "localhost":
        return f"http://{host}"
    return origin_of(settings.public_url)


def _rp_id(visit: Visit) -> str:
    return urlsplit(_origin(visit)).hostname or ""
