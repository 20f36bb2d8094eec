"""Signing in by the federation's own provider: there with state, nonce and PKCE; back with a code, in one browser."""

import os
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

import structlog

from backend.api.csrf import origin_of
from backend.api.dispatch import carry_out
from backend.api.identity.bodies import NewProvider
from backend.api.identity.door import knock, let_in, tenant_named
from backend.api.identity.oidc_provider import ProviderFailed, discovered, exchanged, identified
from backend.api.identity.sessions import path_id
from backend.api.identity.visit import Answer, TurnedAway, Visit
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
MAX_PARAMETER: Final = 2_000
MAX_PATH: Final = 500
CALLBACK: Final = "/auth/oidc/callback"
REFUSED: Final = "/sign-in?error=SIGN_IN_REFUSED"

log = structlog.get_logger(__name__)


async def providers(visit: Visit) -> Answer:
    """The buttons beside the password. A federation that does not exist has none."""
    slug = visit.request.query_params.get("tenant", "")[:100]
    tenant_id = await tenant_named(visit, slug)
    async with visit.services.database.scope(tenant_id) as connection:
        found = await providers_of(connection, tenant_id)
    return Answer(body={"providers": [{"id": str(each.provider_id), "name": each.name} for each in found]})


async def start(visit: Visit) -> Answer:
    """Send the browser to the provider. What it must bring back is bound to this browser by a cookie of its own."""
    query, at = visit.request.query_params, visit.services.clock.now()
    address = await knock(visit)
    tenant_id = await tenant_named(visit, query.get("tenant", "")[:100])
    provider = await _provider(visit, tenant_id, query.get("provider", ""))
    if provider is None:
        return Answer(location=REFUSED)
    try:
        where = await discovered(visit.services.settings, provider.issuer, at=at)
    except ProviderFailed as failed:
        log.warning("oidc.failed", step="discovery", reason=str(failed))
        return Answer(location="/sign-in?error=PROVIDER_UNREACHABLE")
    handle, verifier, nonce, browser = new_handle(tenant_id), _random(), _random(), _random()
    data = {
        "provider": str(provider.provider_id),
        "verifier": verifier,
        "nonce": nonce,
        "browser": sha256(browser.encode()).hexdigest(),
        "return_to": _own_path(query.get("return_to", "/")),
    }
    async with visit.services.database.scope(tenant_id) as connection:
        await promise(connection, handle, "oidc", at=at, data=data)
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = urlencode(
        {
            "response_type": "code",
            "client_id": provider.client_id,
            "redirect_uri": _redirect_uri(visit),
            "scope": "openid email",
            "state": handle.text,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
    )
    await succeeded(visit.services.database, address=address)
    joint = "&" if "?" in where.authorization_endpoint else "?"
    return Answer(location=f"{where.authorization_endpoint}{joint}{asked}", headers=_cookie(visit, browser))


async def callback(visit: Visit) -> Answer:
    """The browser is back. Whatever is wrong with what it brings, it is told one thing."""
    address = await knock(visit)
    query = {name: value[:MAX_PARAMETER] for name, value in visit.request.query_params.items()}
    handle = handle_of(query.get("state", ""))
    challenge = None if handle is None else await _redeemed(visit, handle)
    if handle is None or challenge is None or "code" not in query:
        return Answer(location=REFUSED)
    provider = await _provider(visit, handle.tenant_id, challenge.data["provider"])
    if provider is None:
        return Answer(location=REFUSED)
    try:
        claims = await _claims(visit, handle.tenant_id, provider, challenge, query["code"])
    except ProviderFailed as failed:
        log.warning("oidc.failed", step="callback", reason=str(failed))
        return Answer(location=REFUSED)
    user_id = await _user(visit, handle.tenant_id, provider, claims)
    if user_id is None:
        return Answer(location=REFUSED)
    await succeeded(visit.services.database, address=address)
    return await let_in(visit, handle.tenant_id, user_id, "oidc", location=challenge.data["return_to"])


async def settings_listed(visit: Visit) -> Answer:
    actor = visit.actor
    if actor.reach(Capability.ACCESS_MANAGE).nodes is not None:
        raise Forbidden(Capability.ACCESS_MANAGE)
    async with visit.services.database.scope(actor.tenant_id) as connection:
        found = await providers_of(connection, actor.tenant_id)
    shown = [
        {
            "id": str(each.provider_id),
            "name": each.name,
            "issuer": each.issuer,
            "client_id": each.client_id,
            "redirect_uri": _redirect_uri(visit),
        }
        for each in found
    ]
    return Answer(body={"providers": shown})


async def add_provider(visit: Visit, said: NewProvider) -> Answer:
    """The provider is asked once before it is trusted, so that a wrong address shows now and not at a sign-in."""
    services, actor = visit.services, visit.actor
    actor.reach(Capability.ACCESS_MANAGE)
    try:
        await discovered(services.settings, said.issuer, at=services.clock.now())
    except ProviderFailed:
        raise TurnedAway(
            400, "INVALID_VALUE", "this address does not answer as an OpenID provider", pointer=("issuer",)
        ) from None
    provider_id = services.write.new_id()
    sealed = hide(services.keyring, said.client_secret.encode(), secret_context(actor.tenant_id, provider_id))
    command = AddIdentityProvider(
        provider_id=provider_id,
        name=said.name,
        issuer=said.issuer,
        client_id=said.client_id,
        client_secret_sealed=sealed,
    )
    await carry_out(services, actor, command)
    return Answer(body={"id": str(provider_id)}, status=201)


async def remove_provider(visit: Visit) -> Answer:
    await carry_out(visit.services, visit.actor, RemoveIdentityProvider(provider_id=path_id(visit, "provider_id")))
    return Answer(status=204)


async def _redeemed(visit: Visit, handle: Handle) -> Challenge | None:
    """The question this is the answer to, if this browser asked it."""
    async with visit.services.database.scope(handle.tenant_id) as connection:
        challenge = await redeem(connection, handle, "oidc", at=visit.services.clock.now())
    browser = sha256(visit.request.cookies.get(COOKIE, "").encode()).hexdigest()
    return challenge if challenge is not None and compare_digest(challenge.data["browser"], browser) else None


async def _claims(
    visit: Visit, tenant_id: TenantId, provider: Provider, challenge: Challenge, code: str
) -> dict[str, Any]:
    services, at = visit.services, visit.services.clock.now()
    where = await discovered(services.settings, provider.issuer, at=at)
    secret = reveal(
        services.keyring, provider.client_secret_sealed, secret_context(tenant_id, provider.provider_id)
    ).decode()
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _redirect_uri(visit),
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


async def _user(visit: Visit, tenant_id: TenantId, provider: Provider, claims: dict[str, Any]) -> UserId | None:
    """Whom the provider means: as it said before, or by an address that it verified and that is somebody's here.
    Nobody becomes a user by signing in."""
    subject, email = claims["sub"], claims.get("email")
    async with visit.services.database.scope(tenant_id) as connection:
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
    await carry_out(visit.services, door_actor(tenant_id, account.user_id, ip=visit.ip), command)
    return account.user_id


async def _provider(visit: Visit, tenant_id: TenantId, named: str) -> Provider | None:
    try:
        wanted = UUID(named)
    except ValueError:
        return None
    async with visit.services.database.scope(tenant_id) as connection:
        found = await providers_of(connection, tenant_id)
    return next((each for each in found if each.provider_id == wanted), None)


def _redirect_uri(visit: Visit) -> str:
    return origin_of(visit.services.settings.public_url) + CALLBACK


def _own_path(asked: str) -> str:
    """A path of this app, and no other place: browsers read `//elsewhere` and `/\\elsewhere` as another host."""
    ours = asked.startswith("/") and not asked.startswith("//") and "\\" not in asked
    return asked if ours and asked.isascii() and asked.isprintable() and len(asked) <= MAX_PATH else "/"


def _cookie(visit: Visit, browser: str) -> dict[str, str]:
    secure = "; Secure" if visit.services.settings.public_url.startswith("https://") else ""
    lasts = int(COOKIE_LASTS.total_seconds())
    return {"set-cookie": f"{COOKIE}={browser}; HttpOnly; Max-Age={lasts}; Path=/auth/oidc; SameSite=lax{secure}"}


def _random() -> str:
    return urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
