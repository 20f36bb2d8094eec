"""JSON Web Keys of programs: which we accept, making one, and the signatures made with them (RFC 7515, 7517, 7638)."""

import base64
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

MIN_RSA_BITS: Final = 2_048
MAX_RSA_BITS: Final = 8_192
# The algorithm follows from the key and never from what the message says of itself.
_REQUIRED: Final = {
    ("OKP", "Ed25519"): ("EdDSA", ("crv", "kty", "x")),
    ("EC", "P-256"): ("ES256", ("crv", "kty", "x", "y")),
    ("RSA", ""): ("RS256", ("e", "kty", "n")),
}


class UnusableKey(ValueError):
    """Not a key we accept; the text says which we do."""

    def __init__(self) -> None:
        super().__init__("a public key is a JWK: Ed25519, P-256, or RSA of 2048 to 8192 bits")


def new_key() -> dict[str, Any]:
    """A private key. Give it away and keep nothing of it."""
    made = OKPAlgorithm.to_jwk(Ed25519PrivateKey.generate(), as_dict=True)
    return {name: made[name] for name in ("kty", "crv", "x", "d")}


def public_part(jwk: Mapping[str, Any]) -> dict[str, str]:
    """The members that make the key, and nothing private. Raises `UnusableKey`."""
    _, names = _kind(jwk)
    if not all(isinstance(jwk.get(name), str) for name in names):
        raise UnusableKey
    public = {name: str(jwk[name]) for name in names}
    _parsed(public)
    return public


def thumbprint(public: Mapping[str, str]) -> str:
    """RFC 7638: the same for the same key, however it is written."""
    canonical = json.dumps(dict(public), sort_keys=True, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(sha256(canonical).digest()).decode("ascii").rstrip("=")


def claims_of(token: str, public: Mapping[str, Any], *, audience: str | list[str], issuer: str) -> dict[str, Any]:
    """The claims of a token that this key signed, for us. Raises `jwt.InvalidTokenError`; times are checked by
    `in_time`, against our own clock."""
    algorithm, _ = _kind(public)
    return verified(token, _parsed(public).key, algorithm, audience=audience, issuer=issuer)


def verified(token: str, key: Any, algorithm: str, *, audience: str | list[str], issuer: str) -> dict[str, Any]:
    """The same, for a key that is at hand."""
    claims: dict[str, Any] = jwt.decode(
        token,
        key,
        algorithms=[algorithm],
        audience=audience,
        issuer=issuer,
        options={"verify_exp": False, "verify_nbf": False, "verify_iat": False, "require": ["exp"]},
    )
    return claims


def in_time(claims: Mapping[str, Any], *, at: datetime, longest: timedelta, leeway: timedelta) -> bool:
    """Whether a token has begun, has not ended, and does not last longer than anybody needs."""
    now, slack = int(at.timestamp()), int(leeway.total_seconds())
    expires, begins = claims.get("exp"), claims.get("nbf", claims.get("iat", now))
    if not isinstance(expires, int) or not isinstance(begins, int):
        return False
    return now - slack < expires <= now + int(longest.total_seconds()) + slack and begins <= now + slack


def _kind(jwk: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    found = _REQUIRED.get((str(jwk.get("kty")), str(jwk.get("crv", ""))))
    if found is None:
        raise UnusableKey
    return found


def _parsed(public: Mapping[str, Any]) -> jwt.PyJWK:
    algorithm, _ = _kind(public)
    try:
        parsed = jwt.PyJWK(dict(public), algorithm=algorithm)
    except (jwt.PyJWTError, ValueError, TypeError):
        raise UnusableKey from None
    if algorithm == "RS256" and not MIN_RSA_BITS <= parsed.key.key_size <= MAX_RSA_BITS:
        raise UnusableKey
    return parsed
