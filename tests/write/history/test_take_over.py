"""Invoices from before our time: taken over once, as the platform's, under the number they always had."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from backend.events.debtors import PersonalDataErased
from backend.rules.history_csv import HistoricalRow
from backend.write.debtors.erase import PersonErased
from backend.write.history import MAX_CHUNK, Around, TakenOver, platform_issuer, take_over
from backend.write.issuers.register import IssuerInconsistent
from backend.write.ledger import entry_of
from backend.write.refusal import AlreadyExists, InvalidValue
from backend.write.states.debtor import DEBTOR, Debtor
from backend.write.states.invoice import DiscardedState, HistoricalState, Invoice
from backend.write.states.issuer import Issuer
from tests.given.parties import HERE, a_debtor, a_season, an_issuer

TODAY = date(2026, 11, 20)


def a_row(number: str = "2025-0001", **changes: Any) -> HistoricalRow:
    said = {
        "number": number,
        "issued_on": date(2025, 3, 1),
        "due_on": date(2025, 3, 31),
        "currency": "SEK",
        "net_minor": 40_000,
        "tax_minor": 10_000,
        "total_minor": 50_000,
        "open_minor": 12_500,
        "debtor_reference": "F-1",
        "debtor_name": "Skånes Bouledistrikt",
        "debtor_country": "SE",
    }
    return HistoricalRow(**(said | changes))


PLATFORM = an_issuer(a_season("2026"), prefix="INV", issuer_type="platform")


def taken_over(
    *rows: HistoricalRow, issuer: Issuer = PLATFORM, known: tuple[Invoice, ...] = (), debtors: tuple[Debtor, ...] = ()
) -> TakenOver:
    by_id = {each.event.invoice_id if isinstance(each, HistoricalState) else each.invoice_id: each for each in known}  # type: ignore[union-attr]
    around = Around(
        issuer=issuer,
        tenant_id=HERE,
        source="old.csv",
        today=TODAY,
        known=by_id,
        new_id=uuid4,
        debtors={debtor.reference: debtor for debtor in debtors},
    )
    return take_over(rows, around)


def test_an_old_invoice_is_tagged_as_the_platforms() -> None:
    """S002-22: issuer type platform, the original number, and the debtor as an outside party."""
    result = taken_over(a_row())
    (invoice,), (debtor,) = result.invoices, result.debtors
    assert (invoice.issuer_type, invoice.issuer_tenant_id, invoice.number) == ("platform", HERE, "2025-0001")
    assert (debtor.kind, debtor.reference, invoice.debtor_id) == ("outside", "F-1", debtor.debtor_id)


def test_what_is_open_becomes_a_receivable() -> None:
    """S002-22, S003-30: balanced against the opening balances, on the day of the takeover; paid ones post nothing."""
    open_one, settled = taken_over(a_row(), a_row("2025-0002", open_minor=0)).invoices
    entry = entry_of(open_one)
    assert entry is not None
    assert (entry.balance_minor, entry.on, entry.postings[0].amount_minor) == (0, TODAY, 12_500)
    assert entry_of(settled) is None


def test_a_second_import_changes_nothing() -> None:
    """S001-89: duplicate prevention; the name of the file and of the debtor are no facts of the invoice."""
    first = taken_over(a_row())
    debtors = tuple(debtor for event in first.debtors if (debtor := DEBTOR.evolve(None, event)) is not None)
    known = tuple(HistoricalState(event) for event in first.invoices)
    again = taken_over(a_row(debtor_name="Skånes BD"), known=known, debtors=debtors)
    assert (again.invoices, again.debtors, again.unchanged) == ((), (), 1)
    with pytest.raises(AlreadyExists):
        taken_over(a_row(open_minor=0), known=known, debtors=debtors)
    other = DiscardedState(invoice_id=first.invoices[0].invoice_id, issuer_id=PLATFORM.issuer_id)
    with pytest.raises(AlreadyExists):
        taken_over(a_row(), known=(other,), debtors=debtors)


def test_rows_of_one_debtor_share_it() -> None:
    """S002-22: one party, however many invoices; a known one is not registered again."""
    result = taken_over(a_row("A-1"), a_row("A-2", debtor_reference=" F-1"))
    assert len(result.debtors) == 1
    assert len({invoice.debtor_id for invoice in result.invoices}) == 1
    known = a_debtor(reference="F-1")
    assert taken_over(a_row(), debtors=(known,)).invoices[0].debtor_id == known.debtor_id
    erased = DEBTOR.evolve(known, PersonalDataErased(debtor_id=known.debtor_id, ground="x"))
    assert erased is not None
    with pytest.raises(PersonErased):
        taken_over(a_row(), debtors=(erased,))


@pytest.mark.parametrize("number", ["INV-2026-000001", "INV-2026-999999"])
def test_a_number_of_the_living_series_is_refused(number: str) -> None:
    """S003-37, C8: the legacy series never collides with the one that still grows."""
    with pytest.raises(AlreadyExists):
        taken_over(a_row(number))
    assert taken_over(a_row(number.replace("2026", "2025"))).invoices
    continued = replace(PLATFORM, pattern=replace(PLATFORM.pattern, first_number=1_000_000))
    assert taken_over(a_row(number), issuer=continued).invoices


@pytest.mark.parametrize(
    ("rows", "path"),
    [
        ((a_row(), a_row("X", total_minor=1)), ("rows", 1, "total")),
        ((a_row(open_minor=50_001),), ("rows", 0, "open")),
        ((a_row(currency="XBT"),), ("rows", 0, "currency")),
        ((a_row(issued_on=date(2026, 11, 21), due_on=date(2027, 1, 1)),), ("rows", 0, "issuedOn")),
        ((a_row(due_on=date(2025, 2, 1)),), ("rows", 0, "issuedOn")),
        ((a_row(), a_row()), ("rows", 1, "number")),
        ((a_row(number="a\nb"),), ("rows", 0, "number")),
        ((a_row(debtor_country="EL"),), ("rows", 0, "particulars", "address", "country")),
        ((a_row(debtor_reference=""),), ("rows", 0, "debtorReference")),
        ((), ("rows",)),
        (tuple(a_row(f"A-{n}") for n in range(MAX_CHUNK + 1)), ("rows",)),
    ],
)
def test_one_bad_row_keeps_the_whole_chunk_out(rows: tuple[HistoricalRow, ...], path: tuple[Any, ...]) -> None:
    """Issue 2, item 4: an import never does half."""
    with pytest.raises(InvalidValue) as refused:
        taken_over(*rows)
    assert refused.value.path == path


def test_history_belongs_to_the_platform() -> None:
    """S002-22: no federation's own issuer is given invoices of the past."""
    with pytest.raises(IssuerInconsistent):
        platform_issuer(an_issuer())
