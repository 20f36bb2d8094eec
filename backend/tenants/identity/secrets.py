"""Secrets in their two forms: handles we can recognise but not read (digests), and seeds we must read again (sealed).

Every handle carries its tenant, so that recognising it is one look inside that tenant's walls.
"""

import base64
import binascii
import os
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest, new
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.journal.keys import KEY_BYTES, Keyring, WrongKey, seal, unseal
from backend.values.identifiers import TenantId

SECRET_BYTES: Final = 32
MAX_HANDLE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """A secret of 256 random bits that somebody holds, and whose tenant it names."""

    tenant_id: TenantId
    secret: bytes

    @property
    def text(self) -> str:
        """What the holder is given."""
        return base64.urlsafe_b64encode(self.tenant_id.bytes + self.secret).decode("ascii")

    @property
    def digest(self) -> bytes:
        """What we keep. A plain hash is enough, because nobody can guess 256 random bits."""
        return sha256(self.secret).digest()


def new_handle(tenant_id: TenantId) -> Handle:
    return Handle(tenant_id=tenant_id, secret=os.urandom(SECRET_BYTES))


def handle_of(text: str) -> Handle | None:
    """The handle somebody presents; `None` for what we never gave out."""
    if len(text) > MAX_HANDLE:
        return None
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    if len(raw) != 16 + SECRET_BYTES:
        return None
    return Handle(tenant_id=TenantId(UUID(bytes=raw[:16])), secret=raw[16:])


def csrf_token(session: Handle) -> str:
    """The CSRF token of a session: derived from its secret, which it does not reveal, and stored nowhere."""
    return base64.urlsafe_b64encode(new(session.secret, b"csrf", sha256).digest()).decode("ascii").rstrip("=")


def csrf_matches(session: Handle, presented: str) -> bool:
    return compare_digest(csrf_token(session).encode(), presented.encode("utf-8", "replace"))


def hide(keyring: Keyring, plain: bytes, context: str) -> str:
    """`plain` sealed under the newest master key, with its version. `context` says whose it is and what for."""
    return f"{keyring.version}:{seal(plain, _key(keyring, keyring.version), context.encode())}"


def reveal(keyring: Keyring, hidden: str, context: str) -> bytes:
    """The plain bytes again. Raises `WrongKey`: a wrong keyring, or a row that was moved or changed."""
    version, _, sealed = hidden.partition(":")
    if not version.isdigit() or int(version) not in keyring.masters:
        raise WrongKey(context)
    return unseal(sealed, _key(keyring, int(version)), context.encode())


def _key(keyring: Keyring, version: int) -> bytes:
    # A key of its own, so that nothing sealed here can be mistaken for a wrapped key of a person.
    return HKDF(SHA256(), length=KEY_BYTES, salt=None, info=b"carreau identity secrets").derive(
        keyring.masters[version]
    )
