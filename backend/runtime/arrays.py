"""PostgreSQL arrays in binary, built at once for a whole column: psycopg would look at every element by itself, which
costs more than the insert. The format is that of `array_send`: header, then length and bytes of each element."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from struct import pack
from typing import Any, Final

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

_NULL: Final = b"\xff\xff\xff\xff"
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_EPOCH_DAY: Final = date(2000, 1, 1).toordinal()
_MICROSECONDS_OF_DAY: Final = 86_400_000_000


class BinaryArray:
    """The bytes of one array. A subclass for each element type tells psycopg its number in the catalogue."""

    __slots__ = ("data",)
    array_oid = 0
    element_oid = 0

    def __init__(self, data: bytes) -> None:
        self.data = data


class UuidArray(BinaryArray):
    """uuid[]"""

    array_oid, element_oid = 2951, 2950


class BigintArray(BinaryArray):
    """bigint[]"""

    array_oid, element_oid = 1016, 20


class TextArray(BinaryArray):
    """text[]"""

    array_oid, element_oid = 1009, 25


class ByteaArray(BinaryArray):
    """bytea[]"""

    array_oid, element_oid = 1001, 17


class DateArray(BinaryArray):
    """date[]"""

    array_oid, element_oid = 1182, 1082


class InstantArray(BinaryArray):
    """timestamptz[]"""

    array_oid, element_oid = 1185, 1184


class BooleanArray(BinaryArray):
    """boolean[]"""

    array_oid, element_oid = 1000, 16


def binary_array(kind: str, values: Sequence[Any]) -> Any:
    """`values` as an array parameter of the SQL type `kind[]`; types that are rare are left to psycopg."""
    made = _KINDS.get(kind)
    if made is None or not values:
        return list(values)
    cls, encoded = made
    parts = list(encoded(values))
    header = pack("!iiIii", 1, _NULL in parts, cls.element_oid, len(values), 1)
    return cls(header + b"".join(parts))


def _uuids(values: Sequence[Any]) -> Iterator[bytes]:
    return (_NULL if value is None else b"\0\0\0\x10" + value.bytes for value in values)


def _bigints(values: Sequence[Any]) -> Iterator[bytes]:
    return (_NULL if value is None else pack("!iq", 8, value) for value in values)


def _texts(values: Sequence[Any]) -> Iterator[bytes]:
    for value in values:
        if value is None:
            yield _NULL
        else:
            encoded = value.encode()
            if b"\0" in encoded:
                raise psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
            yield pack("!i", len(encoded)) + encoded


def _byteas(values: Sequence[Any]) -> Iterator[bytes]:
    return (_NULL if value is None else pack("!i", len(value)) + value for value in values)


def _dates(values: Sequence[Any]) -> Iterator[bytes]:
    return (_NULL if value is None else pack("!ii", 4, value.toordinal() - _EPOCH_DAY) for value in values)


def _instants(values: Sequence[Any]) -> Iterator[bytes]:
    for value in values:
        if value is None:
            yield _NULL
        else:
            since = value - _EPOCH
            microseconds = since.days * _MICROSECONDS_OF_DAY + since.seconds * 1_000_000 + since.microseconds
            yield pack("!iq", 8, microseconds)


def _booleans(values: Sequence[Any]) -> Iterator[bytes]:
    return (_NULL if value is None else b"\0\0\0\x01\x01" if value else b"\0\0\0\x01\0" for value in values)


_KINDS: Final[dict[str, tuple[type[BinaryArray], Callable[[Sequence[Any]], Iterator[bytes]]]]] = {
    "uuid": (UuidArray, _uuids), "bigint": (BigintArray, _bigints), "text": (TextArray, _texts),
    "bytea": (ByteaArray, _byteas), "date": (DateArray, _dates), "timestamp with time zone": (InstantArray, _instants),
    "boolean": (BooleanArray, _booleans),
}  # fmt: skip


class _ArrayDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: BinaryArray) -> bytes:
        return obj.data


for _cls, _ in _KINDS.values():
    _dumper = type(f"{_cls.__name__}Dumper", (_ArrayDumper,), {"oid": _cls.array_oid})
    psycopg.adapters.register_dumper(_cls, _dumper)
