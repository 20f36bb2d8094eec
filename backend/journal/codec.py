"""Events to canonical bytes and back (RFC 8785: UTF-8, sorted keys, no white space; decimals and ids as strings).

The bytes of the envelope are what is stored and hashed. Personal fields travel inside `body.sealed`, encrypted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final, cast
from uuid import UUID

import msgspec

from backend.events.event import BY_CLASS, BY_NAME, UPCASTS, EventType
from backend.journal.keys import seal, unseal
from backend.values.books import Book
from backend.values.identifiers import TenantId
from backend.values.ledger import Entry

# An event larger than this is a mistake: lists are split into several events long before.
MAX_ENVELOPE_BYTES: Final = 4_000_000

_encoder: Final = msgspec.json.Encoder(order="sorted", decimal_format="string", uuid_format="canonical")
_as_dict: Final = msgspec.json.Decoder(dict[str, Any])

# The key of a subject, or None when it was destroyed.
KeyOf = Callable[[UUID], bytes | None]


class UnknownEvent(ValueError):
    """The journal holds an event this version of the software does not know. Nothing may be skipped silently."""


class EnvelopeTooLarge(ValueError):
    """The event exceeds `MAX_ENVELOPE_BYTES`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One event as it stands in the journal."""

    tenant_id: TenantId
    position: int
    stream_id: UUID
    version: int
    type: str
    at: datetime
    actor: str
    reason: str
    event: Any
    entry: Entry | None

    @property
    def book(self) -> Book:
        """The book it stands in, in which its position counts."""
        return BY_NAME[self.type].book


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """The stored shape. Field names are part of the record and never change.

    `origin` is the caller's address, sealed: only the access book has it (`origins.py`).
    """

    actor: str
    at: str
    body: msgspec.Raw
    book: Book
    entry: Entry | None = None
    origin: str | None = None
    position: int
    reason: str = ""
    stream: UUID
    stream_version: int
    tenant: UUID
    type: str
    type_version: int


_envelope_decoder: Final = msgspec.json.Decoder(Envelope)


def encode_body(event: object, tenant_id: TenantId, stream_id: UUID, key_of: KeyOf) -> bytes:
    """The canonical body. Raises `LookupError` when the subject of a personal field has no key."""
    kind = BY_CLASS[type(event)]
    body: dict[str, Any] = {name: getattr(event, name) for name in kind.plain}
    if kind.subject is not None:
        key = key_of(body[kind.subject])
        if key is None:
            raise LookupError(f"{kind.name}: the key of its subject does not exist any more")
        personal = _encoder.encode({name: getattr(event, name) for name in kind.personal})
        body["sealed"] = seal(personal, key, context(kind.name, tenant_id, stream_id))
    return _encoder.encode(body)


def encode_envelope(head: Mapping[str, Any], body: bytes) -> bytes:
    """The canonical envelope around an encoded body. `head` holds every other field."""
    envelope = _encoder.encode({**head, "body": msgspec.Raw(body)})
    if len(envelope) > MAX_ENVELOPE_BYTES:
        raise EnvelopeTooLarge(head["type"])
    return envelope


def decode_envelope(envelope: bytes) -> Envelope:
    """The stored envelope, its body still sealed."""
    return _envelope_decoder.decode(envelope)


def decode(envelope: bytes, key_of: KeyOf) -> Recorded:
    """The event of a stored envelope. Personal fields of an erased subject read `None`."""
    return decode_opened(_envelope_decoder.decode(envelope), key_of)


def decode_opened(stored: Envelope, key_of: KeyOf) -> Recorded:
    """The same for an envelope that was decoded before, to see whose key it needs."""
    kind = BY_NAME.get(stored.type)
    if kind is None or stored.type_version > kind.version:
        raise UnknownEvent(f"{stored.type} version {stored.type_version} at position {stored.position}")
    return Recorded(
        tenant_id=TenantId(stored.tenant),
        position=stored.position,
        stream_id=stored.stream,
        version=stored.stream_version,
        type=stored.type,
        at=datetime.fromisoformat(stored.at),
        actor=stored.actor,
        reason=stored.reason,
        event=_decode_body(stored, kind, key_of),
        entry=stored.entry,
    )


def subject_of(envelope: Envelope) -> UUID | None:
    """Whose key opens the sealed part of this event, if it has one."""
    kind = BY_NAME.get(envelope.type)
    if kind is None or kind.subject is None:
        return None
    return cast(UUID, _hidden_decoder(kind.subject).decode(envelope.body).subject)


def context(type_name: str, tenant_id: UUID, stream_id: UUID) -> bytes:
    """Authenticated with the sealed part, so that it cannot be moved to another event, stream or tenant."""
    return f"{tenant_id}/{stream_id}/{type_name}".encode()


def instant(at: datetime) -> str:
    """RFC 3339 in UTC with microseconds: one form only, so that the bytes are canonical."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _decode_body(stored: Envelope, kind: EventType, key_of: KeyOf) -> Any:
    body = bytes(stored.body)
    if kind.subject is not None:
        hidden = _hidden_decoder(kind.subject).decode(body)
        key = key_of(hidden.subject)
        opened = unseal(hidden.sealed, key, context(kind.name, stored.tenant, stored.stream)) if key else _erased(kind)
        # One object again, which is read in one go; nobody asks any more for `sealed`, which stays in it.
        body = body[:-1] + b"," + opened[1:]
    if stored.type_version == kind.version:
        return _decoder(kind.cls).decode(body)
    fields = _as_dict.decode(body)
    fields.pop("sealed", None)
    for version in range(stored.type_version, kind.version):
        fields = UPCASTS[kind.name, version](fields)
    return msgspec.convert(fields, kind.cls)


def _erased(kind: EventType) -> bytes:
    return _encoder.encode(dict.fromkeys(kind.personal))


@lru_cache(maxsize=64)
def _hidden_decoder(field: str) -> msgspec.json.Decoder[Any]:
    # A struct of few fields passes over everything else of the body without making objects of it.
    hidden = msgspec.defstruct("Hidden", [("subject", UUID), ("sealed", str)], rename={"subject": field})
    return msgspec.json.Decoder(hidden)


@lru_cache(maxsize=256)
def _decoder(cls: type) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(cls)
