"""The secret of a link: the same again and again, worthless when anything in it is changed."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from backend.journal.keys import KEY_BYTES, Keyring
from backend.tenants.invoice_links import TOKEN_LENGTH, InvoiceLink, link_of, token_of
from backend.values.identifiers import InvoiceId, TenantId

LINK = InvoiceLink(
    tenant_id=TenantId(uuid4()),
    invoice_id=InvoiceId(uuid4()),
    generation=3,
    expires_at=datetime(2027, 2, 18, 9, 30, tzinfo=UTC),
)
KEYS = Keyring({1: os.urandom(KEY_BYTES)})
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def test_a_link_says_what_it_was_made_of_and_is_always_the_same() -> None:
    """I06: a repeated attempt mails the same bytes."""
    token = token_of(KEYS, "link", LINK)
    assert token == token_of(KEYS, "link", LINK)
    assert len(token) == TOKEN_LENGTH
    assert set(token) <= set(ALPHABET)
    assert link_of(KEYS, "link", token) == LINK


def test_no_character_of_it_can_be_changed() -> None:
    """C36: not to another invoice, another tenant, a later day or an older generation."""
    token = token_of(KEYS, "link", LINK)
    for place, was in enumerate(token):
        other = ALPHABET[(ALPHABET.index(was) + 1) % len(ALPHABET)]
        assert link_of(KEYS, "link", token[:place] + other + token[place + 1 :]) is None


def test_what_is_none_of_ours_opens_nothing() -> None:
    token = token_of(KEYS, "link", LINK)
    long = ["é" * TOKEN_LENGTH, "=" * TOKEN_LENGTH, "A" * TOKEN_LENGTH, "+" + token[1:]]
    for text in ["", "x", token[:-1], token + "A", *long]:
        assert link_of(KEYS, "link", text) is None
    assert link_of(Keyring({1: os.urandom(KEY_BYTES)}), "link", token) is None


def test_a_token_has_one_spelling() -> None:
    """C28: tries are counted by the token as it was sent; the other alphabet of base64 would be a fresh count each."""
    tokens = (token_of(KEYS, "link", replace(LINK, invoice_id=InvoiceId(uuid4()))) for _ in range(1_000))
    token = next(each for each in tokens if "-" in each and "_" in each)
    for spelt in (token.replace("-", "+"), token.replace("_", "/"), f"{token}\n", token[:-1] + "\n"):
        assert link_of(KEYS, "link", spelt) is None
    assert link_of(KEYS, "link", token) is not None


def test_a_view_is_no_link_and_a_link_is_no_view() -> None:
    """The cookie of half an hour must not become a link of months."""
    view = token_of(KEYS, "view", replace(LINK, expires_at=LINK.expires_at + timedelta(days=900)))
    assert link_of(KEYS, "link", view) is None
    assert link_of(KEYS, "view", token_of(KEYS, "link", LINK)) is None


def test_links_outlive_a_new_master_key_and_end_with_their_own() -> None:
    """Rotation: what was mailed goes on working until the old key is thrown away."""
    token, rotated = token_of(KEYS, "link", LINK), Keyring({**KEYS.masters, 2: os.urandom(KEY_BYTES)})
    assert link_of(rotated, "link", token) == LINK
    assert token_of(rotated, "link", LINK) != token
    assert link_of(Keyring({2: rotated.masters[2]}), "link", token) is None
