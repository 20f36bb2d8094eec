"""Golden files: one stored envelope per event and version, readable for ever. Run this module to write missing ones.

A golden file is never edited. A changed event is a new version, with an upcast from the old one and a golden file more.
"""

import dataclasses
import json
import types
import typing
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_origin
from uuid import UUID

import msgspec

import backend.schema
import backend.write.registry  # noqa: F401
from backend.events.event import BY_NAME, EventType
from backend.journal.codec import encode_body, encode_envelope, instant
from backend.values.identifiers import TenantId
from backend.values.ledger import Entry

FOLDER = Path(__file__).parent / "golden"
KEY = bytes(range(32))
TENANT, STREAM = TenantId(UUID(int=1)), UUID(int=2)


def path_of(kind: EventType) -> Path:
    return FOLDER / f"{kind.name}.v{kind.version}.json"


def sample(hint: Any) -> Any:
    """A small value of any type an event may use; the same one every time."""
    if hasattr(hint, "__supertype__"):
        return sample(hint.__supertype__)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is typing.Literal:
        return arguments[0]
    if origin in (typing.Union, types.UnionType):
        return sample(next(argument for argument in arguments if argument is not type(None)))
    if origin is tuple:
        return (sample(arguments[0]),)
    if origin is not None and issubclass(origin, typing.Mapping):
        return {sample(arguments[0]): sample(arguments[1])}
    if dataclasses.is_dataclass(hint):
        assert isinstance(hint, type)
        hints = typing.get_type_hints(hint)
        return hint(**{field.name: sample(hints[field.name]) for field in dataclasses.fields(hint) if field.init})
    return SIMPLE[hint]


SIMPLE: dict[Any, Any] = {
    str: "text",
    int: 7,
    bool: True,
    Decimal: Decimal("25"),
    date: date(2026, 11, 20),
    UUID: UUID(int=3),
    datetime: datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
}


def write(kind: EventType) -> None:
    """Write the golden file of an event that has none."""
    event = sample(kind.cls)
    entry = sample(Entry) if kind.entry else None
    head = {
        "actor": "user:golden",
        "at": instant(SIMPLE[datetime]),
        "book": kind.book,
        "entry": entry,
        "origin": None,
        "position": 1,
        "reason": "because",
        "stream": STREAM,
        "stream_version": 1,
        "tenant": TENANT,
        "type": kind.name,
        "type_version": kind.version,
    }
    envelope = encode_envelope(head, encode_body(event, TENANT, STREAM, lambda subject: KEY))
    golden = {"envelope": envelope.decode(), "event": msgspec.to_builtins(event)}
    FOLDER.mkdir(exist_ok=True)
    path_of(kind).write_text(json.dumps(golden, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n")


if __name__ == "__main__":
    for each in BY_NAME.values():
        if not path_of(each).exists():
            write(each)
            print("wrote", path_of(each).name)
