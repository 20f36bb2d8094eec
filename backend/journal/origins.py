"""Where a caller came from: an address, sealed before it is hashed, and recorded in the access book only."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from backend.journal.codec import Envelope, context
from backend.journal.keys import PersonKeys, seal, unseal
from backend.values.identifiers import TenantId, UserId, derived_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An address, and whose key seals it: the person's, or that of the access book when nobody is known yet."""

    address: str
    subject: UUID

    @classmethod
    def of(cls, tenant_id: TenantId, user_id: UserId | None, address: str | None) -> Self | None:
        """`None` where there is no address: of our own processes."""
        return cls(address=address, subject=origin_subject(tenant_id, user_id)) if address else None

    def sealed(self, keys: PersonKeys, type_name: str, tenant_id: TenantId, stream_id: UUID) -> str | None:
        """The address as the envelope carries it; `None` when the person's key was destroyed. The key must have been
        fetched."""
        key = keys(self.subject)
        return seal(self.address.encode(), key, _context(type_name, tenant_id, stream_id)) if key else None


def origin_subject(tenant_id: TenantId, user_id: UserId | None) -> UUID:
    """Whose key seals the address of a caller."""
    return user_id or derived_id(tenant_id, "access book")


def address_in(envelope: Envelope, keys: PersonKeys) -> str | None:
    """The address in an envelope of the access book, for an investigation; `None` where there is none, or where its
    person was erased. The keys of both possible subjects must have been fetched (`origin_subject`)."""
    if envelope.origin is None:
        return None
    kind, _, named = envelope.actor.partition(":")
    user_id = UserId(UUID(named)) if kind in ("user", "operator") else None
    key = keys(origin_subject(TenantId(envelope.tenant), user_id))
    if key is None:
        return None
    return unseal(envelope.origin, key, _context(envelope.type, envelope.tenant, envelope.stream)).decode()


def _context(type_name: str, tenant_id: UUID, stream_id: UUID) -> bytes:
    return context(type_name, tenant_id, stream_id) + b"/origin"
