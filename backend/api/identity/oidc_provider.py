"""Asking an OpenID provider: its discovery document, its keys, and the code's exchange (OIDC Core 3.1, RFC 7636).

The address comes from an administrator of a tenant, so it is treated as a stranger's: https, public addresses, no
redirects, small answers, short waits. A developer's own machine may ask itself.
"""

import asyncio
import socket
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import jwt
import msgspec

from backend.api.identity.keys import in_time, verified
from backend.runtime.settings import Settings

MAX_ANSWER: Final = 256 * 1024
TIMEOUT_SECONDS: Final = 5
MAX_KNOWN: Final = 100
MAX_KEYS: Final = 50
KNOWN_FOR: Final = timedelta(minutes=10)
MAX_ID_TOKEN_AGE: Final = timedelta(days=1)
LEEWAY: Final = timedelta(seconds=60)
ALGORITHMS: Final = frozenset({"RS256", "ES256", "EdDSA", "PS256"})


class ProviderFailed(Exception):
    """The provider did not answer, or not as OpenID Connect says. The text is for our log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """What a provider says of itself, when we asked."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    asked_at: datetime


# By issuer, the last used last.
_known: Final[OrderedDict[str, Discovered]] = OrderedDict()


async def discovered(settings: Settings, issuer: str, *, at: datetime) -> Discovered:
    """The provider's addresses. Raises `ProviderFailed`."""
    found = _known.get(issuer)
    if found is not None and at - found.asked_at < KNOWN_FOR:
        return found
    said = await _fetched(settings, "GET", issuer.rstrip("/") + "/.well-known/openid-configuration")
    if said.get("issuer") != issuer:
        raise ProviderFailed("the document names another issuer")
    addresses = [said.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if not all(isinstance(each, str) and len(each) <= 500 for each in addresses):
        raise ProviderFailed("the document lacks an address")
    authorization, token, keys = map(str, addresses)
    found = Discovered(authorization_endpoint=authorization, token_endpoint=token, jwks_uri=keys, asked_at=at)
    await _check_address(settings, authorization)
    _known[issuer] = found
    while len(_known) > MAX_KNOWN:
        _known.popitem(last=False)
    return found


async def exchanged(settings: Settings, provider: Discovered, form: Mapping[str, str], auth: tuple[str, str]) -> str:
    """The ID token for a code. Raises `ProviderFailed`."""
    said = await _fetched(settings, "POST", provider.token_endpoint, form=form, auth=auth)
    token = said.get("id_token")
    if not isinstance(token, str):
        raise ProviderFailed("no id_token")
    return token


async def identified(
    settings: Settings, provider: Discovered, token: str, *, issuer: str, client_id: str, nonce: str, at: datetime
) -> dict[str, Any]:
    """The claims of an ID token that the provider signed for us, now, in answer to our question. Raises
    `ProviderFailed`."""
    said = await _fetched(settings, "GET", provider.jwks_uri)
    try:
        header = jwt.get_unverified_header(token)
        key = _key_of(said, str(header.get("kid", "")), str(header.get("alg")))
        claims = verified(token, key, str(header.get("alg")), audience=client_id, issuer=issuer)
    except (jwt.PyJWTError, ValueError, TypeError) as bad:
        raise ProviderFailed(f"id_token: {type(bad).__name__}") from None
    if not in_time(claims, at=at, longest=MAX_ID_TOKEN_AGE, leeway=LEEWAY):
        raise ProviderFailed("id_token: not in time")
    if claims.get("nonce") != nonce or claims.get("azp", client_id) != client_id:
        raise ProviderFailed("id_token: not for this question")
    if not isinstance(claims.get("sub"), str) or not 0 < len(claims["sub"]) <= 255:
        raise ProviderFailed("id_token: no subject")
    return claims


def _key_of(said: Mapping[str, Any], kid: str, algorithm: str) -> Any:
    """The provider's key of this name. The algorithm must be asymmetric: else its public key would be a password."""
    if algorithm not in ALGORITHMS:
        raise ValueError("algorithm")
    keys = said.get("keys")
    listed = keys[:MAX_KEYS] if isinstance(keys, list) else []
    named = [each for each in listed if isinstance(each, dict) and (not kid or each.get("kid") == kid)]
    usable = [each for each in named if each.get("use", "sig") == "sig" and each.get("kty") in ("RSA", "EC", "OKP")]
    if not usable:
        raise ValueError("no key")
    return jwt.PyJWK(usable[0], algorithm=algorithm).key


async def _fetched(
    settings: Settings,
    method: str,
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    auth: tuple[str, str] | None = None,
) -> dict[str, Any]:
    await _check_address(settings, url)
    content = b""
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, follow_redirects=False, trust_env=False) as client:
            async with client.stream(
                method, url, data=form, auth=auth, headers={"accept": "application/json"}
            ) as answer:
                if answer.status_code != 200:
                    raise ProviderFailed(f"{method} answered {answer.status_code}")
                async for chunk in answer.aiter_bytes():
                    content += chunk
                    if len(content) > MAX_ANSWER:
                        raise ProviderFailed("the answer is too large")
        said: dict[str, Any] = msgspec.json.decode(content, type=dict[str, Any])
    except (httpx.HTTPError, msgspec.DecodeError, UnicodeError) as lost:
        raise ProviderFailed(type(lost).__name__) from None
    return said


async def _check_address(settings: Settings, url: str) -> None:
    """Refuse an address in a network of ours, so that nobody makes our server ask its neighbours."""
    parts = urlsplit(url)
    if settings.environment == "embedded" and parts.scheme in ("http", "https"):
        return
    if parts.scheme != "https" or not parts.hostname or parts.username:
        raise ProviderFailed("not an https address")
    try:
        found = await asyncio.get_running_loop().getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError:
        raise ProviderFailed("no such host") from None
    if not all(ip_address(address[4][0]).is_global for address in found):
        raise ProviderFailed("not a public address")
