"""Starting a run: everything about it is frozen, and what would refuse every invoice refuses the run."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from backend.events.renewals import RunStarted
from backend.values.identifiers import DebtorId, RunId
from backend.write.refusal import InvalidValue, RefusalCode
from backend.write.renewals import start as starting
from backend.write.renewals.start import (
    CHUNK_SIZE,
    MAX_COMPONENTS,
    RunAlreadyStarted,
    StartRun,
    WantedComponent,
    chunks_of,
    never_started,
    start,
)
from backend.write.states.run import RUN
from tests.given.issuing import TODAY, an_issuer_ready_to_issue

ISSUER = an_issuer_ready_to_issue()
LICENCE = WantedComponent(name="Licens senior", amount=Decimal(400))


def members(count: int) -> tuple[DebtorId, ...]:
    return tuple(DebtorId(uuid4()) for _ in range(count))


def a_run(**changes: Any) -> StartRun:
    said = {
        "run_id": RunId(uuid4()),
        "issuer_id": ISSUER.issuer_id,
        "kind": "licence_renewal",
        "components": (LICENCE,),
        "debtors": members(3),
    }
    return StartRun(**(said | changes))


def started(command: StartRun) -> RunStarted:
    return start(command, ISSUER, default_category="standard", season="2026", on=TODAY)


def test_a_run_is_frozen_when_it_starts() -> None:
    """S002-49: members, prices, season and day."""
    event = started(
        a_run(components=(LICENCE, WantedComponent(name="Försäkring", amount=Decimal("50.50"), code="ins")))
    )
    assert (event.season, event.issued_on, event.currency, event.members) == ("2026", TODAY, "SEK", 3)
    assert [(c.code, c.amount, c.tax_category) for c in event.components] == [
        ("Licens senior", Decimal(400), "standard"),
        ("ins", Decimal("50.50"), "standard"),
    ]


def test_the_digest_tells_runs_apart() -> None:
    """S001-51: whoever repeats a request repeats this run, and no other one."""
    command = a_run()
    assert started(command).digest == started(replace(command, run_id=RunId(uuid4()))).digest
    for other in (
        replace(command, debtors=members(3)),
        replace(command, kind="affiliation"),
        replace(command, components=(replace(LICENCE, amount=Decimal(401)),)),
    ):
        assert started(other).digest != started(command).digest


@pytest.mark.parametrize(("count", "chunks"), [(1, 1), (CHUNK_SIZE, 1), (CHUNK_SIZE + 1, 2), (3 * CHUNK_SIZE, 3)])
def test_every_member_is_in_one_chunk(count: int, chunks: int) -> None:
    """S002-49: nobody is left out, in the order given."""
    command = a_run(debtors=members(count))
    event = started(command)
    listed = list(chunks_of(command, event.chunk_size))
    assert (event.chunks, [each.chunk for each in listed]) == (chunks, list(range(chunks)))
    assert tuple(debtor for each in listed for debtor in each.debtor_ids) == command.debtors


@pytest.mark.parametrize(
    ("issuer", "wanted", "mailed"), [(True, None, True), (False, None, False), (True, False, False)]
)
def test_the_issuer_decides_about_mail_unless_the_run_does(issuer: bool, wanted: bool | None, mailed: bool) -> None:
    command = a_run(deliver=wanted)
    event = start(command, replace(ISSUER, auto_delivery=issuer), default_category="standard", season="2026", on=TODAY)
    assert event.deliver is mailed


def test_a_run_is_started_once() -> None:
    """S001-51: RUN_ALREADY_STARTED; what was frozen is not frozen anew."""
    never_started(None)
    with pytest.raises(RunAlreadyStarted) as refused:
        never_started(RUN.fold((started(a_run()),)))
    assert (refused.value.code, refused.value.status) == (RefusalCode.RUN_ALREADY_STARTED, 409)


TWICE = members(1) * 2


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"kind": "standard"}, ("kind",)),
        ({"debtors": ()}, ("members",)),
        ({"debtors": TWICE}, ("members",)),
        ({"components": ()}, ("feeComponents",)),
        ({"components": (LICENCE, LICENCE)}, ("feeComponents",)),
        ({"components": tuple(replace(LICENCE, code=str(n)) for n in range(MAX_COMPONENTS + 1))}, ("feeComponents",)),
        ({"components": (replace(LICENCE, amount=Decimal(-1)),)}, ("feeComponents", 0, "amount")),
        ({"components": (replace(LICENCE, amount=Decimal("0.0000001")),)}, ("feeComponents", 0, "amount")),
        ({"components": (replace(LICENCE, name=" "),)}, ("feeComponents", 0, "name")),
        ({"components": (replace(LICENCE, code="x" * 61),)}, ("feeComponents", 0, "code")),
        ({"components": (replace(LICENCE, recipient="x" * 61),)}, ("feeComponents", 0, "recipientType")),
        ({"override_reason": "x" * 501}, ("overrideReason",)),
    ],
)
def test_what_is_wrong_is_pointed_at(changes: dict[str, Any], path: tuple[str | int, ...]) -> None:
    with pytest.raises(InvalidValue) as refused:
        started(a_run(**changes))
    assert refused.value.path == path


def test_a_run_has_a_limited_number_of_members(monkeypatch: pytest.MonkeyPatch) -> None:
    """E.9: one more than the limit is refused."""
    monkeypatch.setattr(starting, "MAX_MEMBERS", 3)
    assert started(a_run(debtors=members(3))).members == 3
    with pytest.raises(InvalidValue) as refused:
        started(a_run(debtors=members(4)))
    assert refused.value.path == ("members",)
