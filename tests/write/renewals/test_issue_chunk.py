"""Issuing a chunk of a run, without a database: each member is decided by themselves, and numbers have no gap."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from backend.events.renewals import RunChunkIssued, RunCompleted, RunStarted
from backend.rules.billed import Billed
from backend.rules.tax import TaxMatrix
from backend.values.identifiers import DebtorId, RunId
from backend.write.invoices.issuing import IssuingFacts
from backend.write.invoices.numbers import reference_counter
from backend.write.issuers.series import invoice_series
from backend.write.refusal import ReasonRequired, RefusalCode
from backend.write.renewals.issue_chunk import ChunkIssuer, completed, is_due, issued_on
from backend.write.renewals.start import StartRun, WantedComponent, start
from backend.write.renewals.stop import RunNotOpen, stop
from backend.write.states.debtor import Debtor
from backend.write.states.run import RUN, Run
from tests.given.issuing import TODAY, a_counter, a_debt, an_issuer_ready_to_issue, circumstances, issuing_facts
from tests.given.parties import a_debtor

ISSUER = an_issuer_ready_to_issue()
SERIES = invoice_series(ISSUER.issuer_id, "2026")


def a_run(*debtors: Debtor, kind: str = "licence_renewal", reason: str = "") -> RunStarted:
    command = StartRun(
        run_id=RunId(uuid4()),
        issuer_id=ISSUER.issuer_id,
        kind=kind,
        components=(WantedComponent(name="Licens senior", amount=Decimal(400)),),
        debtors=tuple(debtor.debtor_id for debtor in debtors) or (DebtorId(uuid4()),),
        override_reason=reason,
    )
    return start(command, ISSUER, default_category="standard", season="2026", on=TODAY)


def facts(*debtors: Debtor, reason: str = "", **known: Any) -> IssuingFacts:
    counters = {SERIES: a_counter(10), reference_counter(ISSUER): a_counter(20)}
    around = circumstances(ISSUER, override_reason=reason)
    return issuing_facts(*debtors, around=around, counters=counters, **known)


def issued(
    run: RunStarted, known: IssuingFacts, debtors: Sequence[Debtor], listed: Sequence[DebtorId] = ()
) -> tuple[list[int], RunChunkIssued]:
    """The numbers that were taken, and what the chunk came to."""
    issuing = ChunkIssuer(run, known, {debtor.debtor_id: debtor for debtor in debtors}, uuid4)
    taken = [invoice.sequence for invoice in issuing.invoices(listed or [debtor.debtor_id for debtor in debtors])]
    return taken, issuing.outcome(0)


def some(count: int) -> list[Debtor]:
    return [a_debtor(reference=f"STO-{n}") for n in range(count)]


def test_everybody_gets_one_invoice_and_the_next_number() -> None:
    """S002-49, C3."""
    members = some(3)
    numbers, outcome = issued(a_run(*members), facts(*members), members)
    assert numbers == [11, 12, 13]
    assert (outcome.issued, outcome.issued_minor, outcome.refused) == (3, 3 * 50_000, ())


def test_a_refused_member_takes_no_number_and_stops_nobody() -> None:
    """S002-49: each refusal has its code, in the order of the list."""
    first, erased, billed, indebted, last = some(5)
    erased = replace(erased, particulars=None)
    everybody, stranger = (first, erased, billed, indebted, last), DebtorId(uuid4())
    known = facts(
        *everybody,
        billed={billed.debtor_id: (Billed(billed.debtor_id, "Licens senior", 1, "F-8"),)},
        owed={indebted.debtor_id: (a_debt(),)},
    )
    listed = [first.debtor_id, erased.debtor_id, billed.debtor_id, indebted.debtor_id, stranger, last.debtor_id]
    numbers, outcome = issued(a_run(*everybody), known, everybody, listed)
    assert numbers == [11, 12]
    assert [(each.debtor_id, each.code) for each in outcome.refused] == [
        (erased.debtor_id, "PERSON_ERASED"),
        (billed.debtor_id, "ALREADY_BILLED"),
        (indebted.debtor_id, "RENEWAL_BLOCKED_BY_DEBT"),
        (stranger, "NOT_FOUND"),
    ]


def test_debt_stands_in_the_way_of_licences_only() -> None:
    """X16: a club in debt is billed for its affiliation all the same."""
    (club,) = some(1)
    known = facts(club, owed={club.debtor_id: (a_debt(),)})
    _, outcome = issued(a_run(club, kind="affiliation"), known, (club,))
    assert (outcome.issued, outcome.refused) == (1, ())


def test_with_a_reason_somebody_is_billed_again() -> None:
    """S001-3: the reason stands on the invoice, which counts on."""
    (member,) = some(1)
    billed = {member.debtor_id: (Billed(member.debtor_id, "Licens senior", 1, "F-8"),)}
    run, known = a_run(member, reason="lost card"), facts(member, billed=billed, reason="lost card")
    issuing = ChunkIssuer(run, known, {member.debtor_id: member}, uuid4)
    (invoice,) = issuing.invoices((member.debtor_id,))
    assert (invoice.occurrence, invoice.type) == (2, "licence_renewal")


def test_without_a_rate_nobody_gets_an_invoice() -> None:
    """Issue 2, item 5: TAX_UNDETERMINED for each of them, and no number is taken."""
    members = some(2)
    known = facts(*members, matrix=TaxMatrix())
    numbers, outcome = issued(a_run(*members), known, members)
    assert (numbers, [each.code for each in outcome.refused]) == ([], ["TAX_UNDETERMINED"] * 2)


def test_a_run_that_goes_on_after_midnight_moves_its_date_forward() -> None:
    """C4, F04: dates never go back in a series, and nobody who is left is refused for it."""
    run, tomorrow = a_run(), TODAY + timedelta(days=1)
    assert issued_on(run, None) == issued_on(run, a_counter(1, TODAY - timedelta(days=3))) == TODAY
    assert issued_on(run, a_counter(1, tomorrow)) == tomorrow


def started(chunks: int) -> Run:
    run = RUN.fold((replace(a_run(), chunks=chunks),))
    assert run is not None
    return run


def outcome(run: Run, chunk: int, *, count: int = 2) -> RunChunkIssued:
    return RunChunkIssued(
        run_id=run.started.run_id, chunk=chunk, issued=count, issued_minor=100 * count, invoice_ids=(), refused=()
    )


def after(run: Run, *events: Any) -> Run:
    for event in events:
        run = RUN.evolve(run, event) or pytest.fail("the run is gone")
    return run


def test_a_chunk_is_issued_once() -> None:
    """S001-51: a retry storm makes no second invoice."""
    run = started(2)
    assert is_due(run, 0)
    run = after(run, outcome(run, 0))
    assert not is_due(run, 0)
    assert is_due(run, 1)


def test_the_last_chunk_ends_the_run_with_the_sums_of_all() -> None:
    """In whatever order they were done."""
    run = started(2)
    assert completed(run, outcome(run, 1)) is None
    run = after(run, outcome(run, 1))
    end = completed(run, outcome(run, 0, count=3))
    assert end == RunCompleted(run_id=run.started.run_id, issued=5, refused=0, total_minor=500)
    assert not after(run, outcome(run, 0, count=3), end).open


def test_a_stopped_run_issues_nothing_more() -> None:
    """S002-49: RUN_NOT_OPEN; what is done stays done, and may be asked for again."""
    run = started(3)
    run = after(run, outcome(run, 0), stop(run, "wrong price"))
    assert not is_due(run, 0)
    with pytest.raises(RunNotOpen) as refused:
        is_due(run, 1)
    assert (refused.value.code, refused.value.status) == (RefusalCode.RUN_NOT_OPEN, 409)


def test_a_run_is_stopped_once_and_with_a_reason() -> None:
    """E.9: people will ask."""
    run = started(1)
    with pytest.raises(ReasonRequired):
        stop(run, " ")
    with pytest.raises(RunNotOpen):
        stop(after(run, stop(run, "wrong price")), "wrong price")
    done = after(run, outcome(run, 0), completed(run, outcome(run, 0)))
    with pytest.raises(RunNotOpen):
        stop(done, "too late")
