"""Signing in by the federation's own provider: there with state, nonce and PKCE; back with a code, in one browser."""

import os
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

import msgspec
import structlog

from backend.api.csrf import origin_of
from backend.api.dispatch import carry_out
from backend.api.identity.answers import Made, ProviderButton, ProviderButtons, Providers, ProviderShown
from backend.api.identity.bodies import NewProvider, Word
from backend.api.identity.door import knock, open_session, session_cookie, tenant_named
from backend.api.identity.oidc_provider import ProviderFailed, discovered, exchanged, identified
from backend.api.rest.endpoint import Answer, Call, Cookie, Declined
from backend.api.rest.reading import Query
from backend.rules.email_address import is_address
from backend.tenants.actor import Forbidden, door_actor
from backend.tenants.capabilities import Capability
from backend.tenants.identity.accounts import account_by_email
from backend.tenants.identity.challenges import Challenge, promise, redeem
from backend.tenants.identity.providers import Provider, providers_of, secret_context, subject_digest, user_of_subject
from backend.tenants.identity.secrets import Handle, handle_of, hide, new_handle, reveal
from backend.tenants.identity.throttle import succeeded
from backend.values.identifiers import TenantId, UserId
from backend.write.identity.providers import AddIdentityProvider, LinkIdentity, RemoveIdentityProvider

COOKIE: Final = "carreau_oidc"
COOKIE_LASTS: Final = timedelta(minutes=10)
MAX_PATH: Final = 500
CALLBACK: Final = "/auth/oidc/callback"
REFUSED: Final = "/sign-in?error=SIGN_IN_REFUSED"

log = structlog.get_logger(__name__)


class ProvidersQuery(Query, frozen=True, kw_only=True):
    """Of which federation."""

    tenant: Word = ""


class StartQuery(Query, frozen=True, kw_only=True):
    """Which provider of which federation, and where in the app to go on."""

    tenant: Word = ""
    provider: Word = ""
    return_to: str = "/"


class CallbackQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What the provider sends the browser back with. It may say more than we ask."""

    state: str = ""
    code: str | None = None


async def list_provider_buttons(call: Call, query: ProvidersQuery) -> ProviderButtons:
    """The providers beside the password. A federation that does not exist has none."""
    tenant_id = await tenant_named(call, query.tenant)
    async with call.services.database.scope(tenant_id) as connection:
        found = await providers_of(connection, tenant_id)
    return ProviderButtons(providers=[ProviderButton(id=str(each.provider_id), name=each.name) for each in found])


async def start_oidc(call: Call, query: StartQuery) -> Answer[None]:
    """Send the browser to the provider. What it must bring back is bound to this browser by a cookie of its own."""
    at = call.services.clock.now()
    address = await knock(call)
    tenant_id = await tenant_named(call, query.tenant)
    provider = await _provider(call, tenant_id, query.provider)
    if provider is None:
        return _redirect(REFUSED)
    try:
        where = await discovered(call.services.settings, provider.issuer, at=at)
    except ProviderFailed as failed:
        log.warning("oidc.failed", step="discovery", reason=str(failed))
        return _redirect("/sign-in?error=PROVIDER_UNREACHABLE")
    handle, verifier, nonce, browser = new_handle(tenant_id), _random(), _random(), _random()
    data = {
        "provider": str(provider.provider_id),
        "verifier": verifier,
        "nonce": nonce,
        "browser": sha256(browser.encode()).hexdigest(),
        "return_to": _own_path(query.return_to),
    }
    async with call.services.database.scope(tenant_id) as connection:
        await promise(connection, handle, "oidc", at=at, data=data)
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = urlencode(
        {
            "response_type": "code",
            "client_id": provider.client_id,
            "redirect_uri": _redirect_uri(call),
            "scope": "openid email",
            "state": handle.text,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
    )
    await succeeded(call.services.database, address=address)
    joint = "&" if "?" in where.authorization_endpoint else "?"
    cookie = Cookie(name=COOKIE, value=browser, lasts=COOKIE_LASTS, path="/auth/oidc")
    return _redirect(f"{where.authorization_endpoint}{joint}{asked}", cookie)


async def finish_oidc(call: Call, query: CallbackQuery) -> Answer[None]:
    """The browser is back from the provider. Whatever is wrong with what it brings, it is told one thing."""
    address = await knock(call)
    handle = handle_of(query.state)
    challenge = None if handle is None else await _redeemed(call, handle)
    if handle is None or challenge is None or query.code is None:
        return _redirect(REFUSED)
    provider = await _provider(call, handle.tenant_id, challenge.data["provider"])
    if provider is None:
        return _redirect(REFUSED)
    try:
        claims = await _claims(call, handle.tenant_id, provider, challenge, query.code)
    except ProviderFailed as failed:
        log.warning("oidc.failed", step="callback", reason=str(failed))
        return _redirect(REFUSED)
    user_id = await _user(call, handle.tenant_id, provider, claims)
    if user_id is None:
        return _redirect(REFUSED)
    await succeeded(call.services.database, address=address)
    session = await open_session(call, handle.tenant_id, user_id, "oidc")
    return _redirect(challenge.data["return_to"], session_cookie(call, session))


async def list_providers(call: Call) -> Providers:
    """The federation's OpenID providers, for who manages access in all of it."""
    actor = call.actor
    if actor.reach(Capability.ACCESS_MANAGE).nodes is not None:
        raise Forbidden(Capability.ACCESS_MANAGE)
    async with call.services.database.scope(actor.tenant_id) as connection:
        found = await providers_of(connection, actor.tenant_id)
    return Providers(
        providers=[
            ProviderShown(
                id=str(each.provider_id),
                name=each.name,
                issuer=each.issuer,
                client_id=each.client_id,
                redirect_uri=_redirect_uri(call),
            )
            for each in found
        ]
    )


async def add_provider(call: Call, body: NewProvider) -> Made:
    """Add an OpenID provider. It is asked once before it is trusted, so that a wrong address shows now and not at a
    sign-in."""
    services, actor = call.services, call.actor
    actor.reach(Capability.ACCESS_MANAGE)
    try:
        await discovered(services.settings, body.issuer, at=services.clock.now())
    except ProviderFailed:
        raise Declined(
            400, "INVALID_VALUE", "this address does not answer as an OpenID provider", path=("issuer",)
        ) from None
    provider_id = services.write.new_id()
    sealed = hide(services.keyring, body.client_secret.encode(), secret_context(actor.tenant_id, provider_id))
    command = AddIdentityProvider(
        provider_id=provider_id,
        name=body.name,
        issuer=body.issuer,
        client_id=body.client_id,
        client_secret_sealed=sealed,
    )
    await carry_out(services, actor, command)
    return Made(id=str(provider_id))


async def remove_provider(call: Call, provider_id: UUID) -> None:
    """Remove an OpenID provider; who signs in by it only cannot sign in any more."""
    await carry_out(call.services, call.actor, RemoveIdentityProvider(provider_id=provider_id))


async def _redeemed(call: Call, handle: Handle) -> Challenge | None:
    """The question this is the answer to, if this browser asked it."""
    async with call.services.database.scope(handle.tenant_id) as connection:
        challenge = await redeem(connection, handle, "oidc", at=call.services.clock.now())
    browser = sha256(call.cookies.get(COOKIE, "").encode()).hexdigest()
    return challenge if challenge is not None and compare_digest(challenge.data["browser"], browser) else None


async def _claims(
    call: Call, tenant_id: TenantId, provider: Provider, challenge: Challenge, code: str
) -> dict[str, Any]:
    services, at = call.services, call.services.clock.now()
    where = await discovered(services.settings, provider.issuer, at=at)
    secret = reveal(
        services.keyring, provider.client_secret_sealed, secret_context(tenant_id, provider.provider_id)
    ).decode()
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _redirect_uri(call),
        "code_verifier": challenge.data["verifier"],
        "client_id": provider.client_id,
    }
    token = await exchanged(services.settings, where, form, (provider.client_id, secret))
    return await identified(
        services.settings,
        where,
        token,
        issuer=provider.issuer,
        client_id=provider.client_id,
        nonce=challenge.data["nonce"],
        at=at,
    )


async def _user(call: Call, tenant_id: TenantId, provider: Provider, claims: dict[str, Any]) -> UserId | None:
    """Whom the provider means: as it body before, or by an address that it verified and that is somebody's here.
    Nobody becomes a user by signing in."""
    subject, email = claims["sub"], claims.get("email")
    async with call.services.database.scope(tenant_id) as connection:
        known = await user_of_subject(connection, tenant_id, provider.provider_id, subject)
        if known is not None:
            return known
        if claims.get("email_verified") is not True or not isinstance(email, str) or not is_address(email):
            return None
        account = await account_by_email(connection, tenant_id, email)
    if account is None:
        return None
    command = LinkIdentity(
        user_id=account.user_id, provider_id=provider.provider_id, subject_digest=subject_digest(subject)
    )
    await carry_out(call.services, door_actor(tenant_id, account.user_id, ip=call.ip), command)
    return account.user_id


async def _provider(call: Call, tenant_id: TenantId, named: str) -> Provider | None:
    try:
        wanted = UUID(named)
    except ValueError:
        return None
    async with call.services.database.scope(tenant_id) as connection:
        found = await providers_of(connection, tenant_id)
    return next((each for each in found if each.provider_id == wanted), None)


def _redirect_uri(call: Call) -> str:
    return origin_of(call.services.settings.public_url) + CALLBACK


def _own_path(asked: str) -> str:
    """A path of this app, and no other place: browsers read `//elsewhere` and `/\\elsewhere` as another host."""
    ours = asked.startswith("/") and not asked.startswith("//") and "\\" not in asked
    return asked if ours and asked.isascii() and asked.isprintable() and len(asked) <= MAX_PATH else "/"


def _redirect(where: str, *cookies: Cookie) -> Answer[None]:
    return Answer(None, headers={"Location": where}, cookies=cookies)


def _random() -> str:
    return urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
