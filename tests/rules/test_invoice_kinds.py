"""What is true of each type of invoice."""

from typing import get_args

from backend.rules.invoice_kinds import INVOICE_KINDS
from backend.values.documents import InvoiceType


def test_every_type_has_its_facts() -> None:
    """A new type of invoice says how it behaves before it can be drafted."""
    assert set(INVOICE_KINDS) == set(get_args(InvoiceType))


def test_only_the_licence_waits_for_debts_and_only_what_is_written_by_hand_may_repeat() -> None:
    """S002-44, S002-47: the debt gate guards renewals; S001-89: no component twice in a season, except by hand."""
    assert [kind for kind, facts in INVOICE_KINDS.items() if facts.gate] == ["licence_renewal"]
    assert [kind for kind, facts in INVOICE_KINDS.items() if facts.repeats] == ["standard"]
    assert [kind for kind, facts in INVOICE_KINDS.items() if facts.by_run] == ["licence_renewal", "affiliation"]
