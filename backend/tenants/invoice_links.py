"""The secret that opens one invoice: signed with the keyring and stored nowhere, so that a repeated mail says the same.

A link is what is mailed. A view is what a browser gets for a link: it opens the same invoice, for half an hour.
"""

import base64
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import sha256
from hmac import compare_digest, new
from struct import Struct
from typing import Final, Literal
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.journal.keys import KEY_BYTES, Keyring
from backend.values.identifiers import InvoiceId, TenantId

# After the due date, or after the day the link was made where that is later: a reminder's month and some more.
LINK_LASTS: Final = timedelta(days=90)
VIEW_LASTS: Final = timedelta(minutes=30)
# How often the links of one invoice can be revoked; a generation has two bytes in a token.
MAX_GENERATION: Final = 65_535

# The page that follows a link. The token stands after the #: no server and no proxy on the way ever sees it.
LINK_PATH: Final = "/invoice-link"

Purpose = Literal["link", "view"]

# Version of the master key, tenant, invoice, generation, the second it ends; then the signature of all that.
_SIGNED: Final = Struct(">H16s16sHI")
_SIGNATURE_BYTES: Final = 32
# A multiple of three bytes, so that no character of the token is padding or means nothing.
TOKEN_LENGTH: Final = (_SIGNED.size + _SIGNATURE_BYTES) * 4 // 3
_TOKEN: Final = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLink:
    """What a token says. Links of an older `generation` than the invoice's were revoked."""

    tenant_id: TenantId
    invoice_id: InvoiceId
    generation: int
    expires_at: datetime


def expiry(due_on: date, made_at: datetime) -> datetime:
    """When a link made now ends. The same for every attempt of one dispatch, so that its mail stays the same."""
    due_at = datetime.combine(due_on, time(), UTC)
    return max(made_at, due_at).replace(microsecond=0) + LINK_LASTS


def token_of(keyring: Keyring, purpose: Purpose, link: InvoiceLink) -> str:
    """The token of `link`: always the same one, for as long as the newest master key is."""
    version = keyring.version
    signed = _SIGNED.pack(
        version, link.tenant_id.bytes, link.invoice_id.bytes, link.generation, int(link.expires_at.timestamp())
    )
    return base64.urlsafe_b64encode(signed + _signature(keyring.masters[version], purpose, signed)).decode("ascii")


def link_of(keyring: Keyring, purpose: Purpose, token: str) -> InvoiceLink | None:
    """What a token of ours says, also after it ended; `None` for every other text."""
    # The decoder also takes the plus and slash of another alphabet: many spellings of one token, each counted anew.
    if not _TOKEN.fullmatch(token):
        return None
    raw = base64.urlsafe_b64decode(token)
    signed, signature = raw[: _SIGNED.size], raw[_SIGNED.size :]
    version, tenant, invoice, generation, ends = _SIGNED.unpack(signed)
    if version not in keyring.masters:
        return None
    if not compare_digest(_signature(keyring.masters[version], purpose, signed), signature):
        return None
    return InvoiceLink(
        tenant_id=TenantId(UUID(bytes=tenant)),
        invoice_id=InvoiceId(UUID(bytes=invoice)),
        generation=generation,
        expires_at=datetime.fromtimestamp(ends, UTC),
    )


def link_url(public_url: str, token: str) -> str:
    """What is mailed or copied."""
    return f"{public_url}{LINK_PATH}#{token}"


def _signature(master: bytes, purpose: Purpose, signed: bytes) -> bytes:
    return new(_key(master, purpose), signed, sha256).digest()


@lru_cache(maxsize=32)
def _key(master: bytes, purpose: Purpose) -> bytes:
    # A key of its own for each purpose, so that nothing signed for one can be shown for another.
    return HKDF(SHA256(), length=KEY_BYTES, salt=None, info=f"carreau invoice {purpose}".encode()).derive(master)
