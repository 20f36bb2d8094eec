"""Arrays of bigint in binary, packed at once: psycopg would wrap and look at every number by itself."""

from collections.abc import Sequence
from struct import pack
from typing import Final

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

# From PostgreSQL's catalogue: the types bigint and bigint[].
_ELEMENT_OID: Final = 20
_ARRAY_OID: Final = 1016
_NULL: Final = b"\xff\xff\xff\xff"


class BigintArray:
    """The bytes of one `bigint[]` parameter, in the format of `array_send`."""

    __slots__ = ("data",)

    def __init__(self, values: Sequence[int | None]) -> None:
        nulls = None in values
        header = pack("!iiIii", 1, nulls, _ELEMENT_OID, len(values), 1) if values else pack("!iiI", 0, 0, _ELEMENT_OID)
        if nulls:
            body = b"".join(_NULL if value is None else pack("!iq", 8, value) for value in values)
        else:
            # Length and number, alternating, in one call.
            body = pack("!" + "iq" * len(values), *(part for value in values for part in (8, value)))
        self.data: Final = header + body


class _BigintArrayDumper(Dumper):
    format = Format.BINARY
    oid = _ARRAY_OID

    def dump(self, obj: BigintArray) -> bytes:
        return obj.data


psycopg.adapters.register_dumper(BigintArray, _BigintArrayDumper)
