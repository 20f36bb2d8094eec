"""What is decided about links: how long they last, what ends them, and that a day is noted once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from backend.events.links import InvoiceLinksRevoked, InvoiceViewed
from backend.tenants.invoice_links import LINK_LASTS, MAX_GENERATION
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId
from backend.write.invoices.refusals import InvoiceNotIssued
from backend.write.links import expiry, make_link, revoke_links, viewed
from backend.write.refusal import InvalidValue
from backend.write.states.shared_invoice import SHARED, Shared

NOW = datetime(2026, 11, 20, 9, 30, 0, 123456, tzinfo=UTC)
INVOICE = InvoiceId(uuid4())
ISSUED = Shared(
    issuer_id=IssuerId(uuid4()), debtor_id=DebtorId(uuid4()), due_on=date(2026, 12, 20), zone="Europe/Stockholm"
)


def test_a_link_lasts_from_the_due_date_or_from_the_day_it_was_made() -> None:
    """S003: who has thirty days to pay has the link for these and ninety more; an old invoice sent again, too."""
    assert expiry(date(2026, 12, 20), NOW) == datetime(2026, 12, 20, tzinfo=UTC) + LINK_LASTS
    late = expiry(date(2025, 1, 1), NOW)
    assert late == NOW.replace(microsecond=0) + LINK_LASTS
    assert late - NOW > timedelta(days=89)


def test_revoking_makes_the_next_generation() -> None:
    first = make_link(INVOICE, ISSUED, NOW)
    revoked = revoke_links(INVOICE, ISSUED)
    after = SHARED.evolve(ISSUED, revoked)
    assert after is not None
    second = make_link(INVOICE, after, NOW)
    assert (first.generation, revoked.generation, second.generation) == (0, 1, 1)


def test_there_is_an_end_to_revoking() -> None:
    """Every number in a token has a limit, and meeting it is a refusal, not a wrong link."""
    with pytest.raises(InvalidValue):
        revoke_links(INVOICE, replace(ISSUED, generation=MAX_GENERATION))


def test_a_draft_has_no_links() -> None:
    """S001: nobody outside ever sees a version that is not the issued one."""
    draft = replace(ISSUED, due_on=None)
    for decide in (
        lambda: make_link(INVOICE, draft, NOW),
        lambda: revoke_links(INVOICE, draft),
        lambda: viewed(INVOICE, draft, date(2026, 11, 20)),
    ):
        with pytest.raises(InvoiceNotIssued):
            decide()


def test_a_day_is_noted_once() -> None:
    today = date(2026, 11, 20)
    noted = viewed(INVOICE, ISSUED, today)
    assert noted == InvoiceViewed(invoice_id=INVOICE, viewed_on=today)
    after = SHARED.evolve(ISSUED, noted)
    assert after is not None
    assert viewed(INVOICE, after, today) is None
    # A clock that was set back notes no day twice either.
    assert viewed(INVOICE, after, today - timedelta(days=1)) is None
    assert viewed(INVOICE, after, today + timedelta(days=1)) is not None


def test_nothing_is_shared_before_there_is_an_invoice() -> None:
    assert SHARED.evolve(None, InvoiceLinksRevoked(invoice_id=INVOICE, generation=1)) is None
