"""Every event ever written can still be read."""

import json
import re

import msgspec
import pytest

from backend.events.event import BY_NAME, UPCASTS, EventType
from backend.journal.codec import decode
from tests.architecture.golden import FOLDER, KEY, path_of


@pytest.mark.parametrize("kind", BY_NAME.values(), ids=lambda kind: kind.name)
def test_every_event_has_a_golden_file(kind: EventType) -> None:
    assert path_of(kind).exists(), "python -m tests.architecture.golden writes it"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.name)
def test_a_golden_file_reads_as_it_did(path) -> None:  # type: ignore[no-untyped-def]
    golden = json.loads(path.read_text())
    event = decode(golden["envelope"].encode(), lambda subject: KEY).event
    found = json.loads(json.dumps(msgspec.to_builtins(event), default=str))
    assert found == golden["event"]


def test_every_older_version_has_an_upcast() -> None:
    for path in FOLDER.glob("*.json"):
        matched = re.fullmatch(r"(.+)\.v(\d+)\.json", path.name)
        assert matched is not None
        name, version = matched[1], int(matched[2])
        for step in range(version, BY_NAME[name].version):
            assert (name, step) in UPCASTS


def test_personal_fields_may_be_gone() -> None:
    """C48: after erasure they read None, so each must allow it."""
    for kind in BY_NAME.values():
        hints = kind.cls.__annotations__
        for name in kind.personal:
            assert "None" in str(hints[name]), f"{kind.name}.{name}"
