"""Canonical bytes: what is written today must be readable, and verify, for ever."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.events.debtors import DebtorRegistered
from backend.journal.codec import decode, encode_body, encode_envelope, instant
from backend.journal.keys import WrongKey, seal, unseal
from backend.values.identifiers import TenantId
from tests.given.parties import a_registration

TENANT, STREAM = TenantId(UUID(int=1)), UUID(int=2)
KEY = bytes(range(32))
AT = datetime(2026, 11, 20, 9, 30, 0, 5, tzinfo=UTC)


def envelope(event: DebtorRegistered) -> bytes:
    head = {
        "actor": "user:x",
        "at": instant(AT),
        "book": "money",
        "entry": None,
        "origin": None,
        "position": 1,
        "reason": "",
        "stream": STREAM,
        "stream_version": 1,
        "tenant": TENANT,
        "type": "debtor-registered",
        "type_version": 1,
    }
    return encode_envelope(head, encode_body(event, TENANT, STREAM, lambda subject: KEY))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_what_is_recorded_is_what_is_read(name: str) -> None:
    event = a_registration(name=name or "x")
    assert decode(envelope(event), lambda subject: KEY).event == event


def test_the_bytes_are_canonical() -> None:
    """RFC 8785: sorted keys, no white space, UTF-8; reading and writing again changes nothing."""
    stored = envelope(a_registration(name="Måns Östlund"))
    again = json.dumps(json.loads(stored), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert stored == again


def test_personal_data_is_not_in_the_bytes_and_is_gone_with_its_key() -> None:
    """C48: without the key the amounts stay and the person is gone."""
    stored = envelope(a_registration(name="Måns Östlund"))
    assert "Måns".encode() not in stored
    assert b"members.example" not in stored
    erased = decode(stored, lambda subject: None).event
    assert erased.particulars is None
    assert erased.kind == "member"


def test_a_sealed_part_cannot_be_moved_to_another_event() -> None:
    sealed = seal(b"secret", KEY, b"here")
    assert unseal(sealed, KEY, b"here") == b"secret"
    with pytest.raises(WrongKey):
        unseal(sealed, KEY, b"there")
