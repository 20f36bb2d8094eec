"""What is decided about links: how long they last, what ends them, and that a day is noted once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backend.events.links import InvoiceViewed
from backend.tenants.invoice_links import LINK_LASTS, MAX_GENERATION, expiry
from backend.write.invoices.refusals import InvoiceNotIssued
from backend.write.links import issued, make_link, revoke_links, viewed
from backend.write.refusal import InvalidValue
from backend.write.states.invoice import INVOICE, HistoricalState, IssuedState
from tests.given.money_events import a_historical_invoice, an_invoice, an_issuer
from tests.given.parties import a_registration

NOW = datetime(2026, 11, 20, 9, 30, 0, 123456, tzinfo=UTC)
TODAY = date(2026, 11, 20)
ISSUED = IssuedState(event=an_invoice(a_registration(), an_issuer(), issued_on=TODAY, due_on=date(2026, 12, 20)))


def after(*events: Any) -> IssuedState:
    return issued(INVOICE.fold((ISSUED.event, *events)) or pytest.fail("there is no such invoice"))


def test_a_link_lasts_from_the_due_date_or_from_the_day_it_was_made() -> None:
    """S003: who has thirty days to pay has the link for these and ninety more; an old invoice sent again, too."""
    assert expiry(date(2026, 12, 20), NOW) == datetime(2026, 12, 20, tzinfo=UTC) + LINK_LASTS
    late = expiry(date(2025, 1, 1), NOW)
    assert late == NOW.replace(microsecond=0) + LINK_LASTS
    assert late - NOW > timedelta(days=89)


def test_revoking_makes_the_next_generation() -> None:
    first, revoked = make_link(ISSUED, NOW), revoke_links(ISSUED)
    second = make_link(after(revoked), NOW)
    assert (first.generation, revoked.generation, second.generation) == (0, 1, 1)


def test_there_is_an_end_to_revoking() -> None:
    """Every number in a token has a limit, and meeting it is a refusal, not a wrong link."""
    with pytest.raises(InvalidValue):
        revoke_links(replace(ISSUED, link_generation=MAX_GENERATION))


@pytest.mark.parametrize("decide", [lambda old: make_link(old, NOW), revoke_links, issued])
def test_what_was_not_issued_here_has_no_links(decide: Callable[[HistoricalState], object]) -> None:
    """S001: nobody outside ever sees a version that is not the issued one."""
    old = a_historical_invoice(
        a_registration(), an_issuer(), issued_on=TODAY, due_on=TODAY, total_minor=1, open_minor=1
    )
    with pytest.raises(InvoiceNotIssued):
        decide(HistoricalState(old))


def test_a_day_is_noted_once() -> None:
    noted = viewed(ISSUED, TODAY)
    assert noted == InvoiceViewed(invoice_id=ISSUED.event.invoice_id, viewed_on=TODAY)
    seen = after(noted)
    assert viewed(seen, TODAY) is None
    # A clock that was set back notes no day twice either.
    assert viewed(seen, TODAY - timedelta(days=1)) is None
    assert viewed(seen, TODAY + timedelta(days=1)) is not None
