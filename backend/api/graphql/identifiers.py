"""Opaque ids that carry their type: nobody can pass a debtor where an invoice is meant, and nobody parses them."""

import base64
import binascii
from collections.abc import Sequence
from typing import Final
from uuid import UUID

import strawberry

from backend.api.problems import Fault, Malformed

MAX_ID: Final = 128


def encoded(type_name: str, identifier: UUID | str) -> strawberry.ID:
    """The opaque id of an object."""
    return strawberry.ID(base64.urlsafe_b64encode(f"{type_name}:{identifier}".encode()).decode("ascii").rstrip("="))


def decoded(opaque: str) -> tuple[str, UUID]:
    """The type and the identifier. Raises `Malformed`."""
    try:
        if len(opaque) > MAX_ID:
            raise ValueError
        raw = base64.b64decode(opaque.encode("ascii") + b"=" * (-len(opaque) % 4), altchars=b"-_", validate=True)
        name, _, identifier = raw.decode("ascii").partition(":")
        return name, UUID(identifier)
    except (ValueError, binascii.Error):
        raise Malformed(Fault(detail="not an id that this API ever gave out")) from None


def the(type_name: str, opaque: str, *path: str | int) -> UUID:
    """The identifier of an object that must be of this type. Raises `Malformed`, pointing at `path`."""
    try:
        name, identifier = decoded(opaque)
    except Malformed as malformed:
        raise Malformed(Fault(detail=str(malformed), path=tuple(path))) from None
    if name != type_name:
        raise Malformed(Fault(detail=f"this is the id of another kind of thing, not of {type_name}", path=tuple(path)))
    return identifier


def optional(type_name: str, opaque: str | None, *path: str | int) -> UUID | None:
    """The same for an id that may be left out."""
    return None if opaque is None else the(type_name, opaque, *path)


def every(type_name: str, opaques: Sequence[str], *path: str | int) -> tuple[UUID, ...]:
    """The same for a list."""
    return tuple(the(type_name, opaque, *path, index) for index, opaque in enumerate(opaques))
