"""Changing a draft and throwing it away: what may still be done to it."""

from dataclasses import replace
from typing import Any

import pytest

from backend.events.invoices import DraftDiscarded, DraftRevised
from backend.write.debtors.erase import PersonErased
from backend.write.invoices.discard import discard
from backend.write.invoices.refusals import InvoiceAlreadyPosted, InvoiceNotDraft
from backend.write.invoices.revise import ReviseDraft, revise, still_draft
from backend.write.refusal import InvalidValue
from backend.write.states.debtor import Debtor
from backend.write.states.invoice import INVOICE, DraftState, HistoricalState, IssuedState
from tests.given import money_events
from tests.given.issuing import TODAY, a_defined_template, a_draft, an_issuer_ready_to_issue, some_content
from tests.given.parties import a_debtor, a_registration


def revised(draft: DraftState, *prices: str, seen: int | None = None, debtor: Debtor | None = None) -> DraftRevised:
    command = ReviseDraft(invoice_id=draft.invoice_id, content=some_content(*prices), expected_version=seen)
    return revise(draft, command, an_issuer_ready_to_issue(), a_defined_template(), debtor or a_debtor())


def after(draft: DraftState, event: Any) -> DraftState:
    state = INVOICE.evolve(draft, event)
    assert isinstance(state, DraftState)
    return state


def test_a_revision_replaces_the_content() -> None:
    """S003-31: a draft is editable, as a whole."""
    draft = a_draft(some_content("400", "50"))
    changed = after(draft, revised(draft, "100"))
    assert (len(changed.content.lines), changed.version) == (1, 2)
    assert (changed.invoice_id, changed.debtor_id, changed.issuer_id) == (
        draft.invoice_id,
        draft.debtor_id,
        draft.issuer_id,
    )


def test_whoever_looked_at_an_older_version_is_told() -> None:
    """C33: nobody overwrites what somebody else wrote meanwhile."""
    draft = a_draft()
    newer = after(draft, revised(draft, "100", seen=1))
    with pytest.raises(InvalidValue) as refused:
        revised(newer, "200", seen=1)
    assert refused.value.path == ("expectedVersion",)
    assert revised(newer, "200", seen=2).lines


def test_a_draft_of_somebody_who_was_erased_stays_as_it_is() -> None:
    with pytest.raises(PersonErased):
        revised(a_draft(), "100", debtor=replace(a_debtor(), particulars=None))


def test_a_draft_can_be_thrown_away_once() -> None:
    """S003-31: drafts are discarded, documents are cancelled."""
    draft = a_draft()
    event = discard(draft)
    assert event == DraftDiscarded(invoice_id=draft.invoice_id)
    gone = INVOICE.evolve(draft, event)
    assert gone is not None
    with pytest.raises(InvoiceNotDraft):
        discard(gone)


def test_a_document_is_no_draft_any_more() -> None:
    """S003-49: INVOICE_ALREADY_POSTED, in the published words."""
    debtor, issuer = a_registration(), money_events.an_issuer()
    old = money_events.a_historical_invoice(
        debtor, issuer, issued_on=TODAY, due_on=TODAY, total_minor=100, open_minor=100
    )
    for invoice in (IssuedState(event=money_events.an_invoice(debtor, issuer, issued_on=TODAY)), HistoricalState(old)):
        with pytest.raises(InvoiceAlreadyPosted, match="This invoice has already been posted and cannot be edited"):
            still_draft(invoice)
        with pytest.raises(InvoiceAlreadyPosted):
            discard(invoice)
