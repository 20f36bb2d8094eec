"""Catching up: nothing skipped, harmless when several do it, one failing projection alone (I05, I16, F07 to F10)."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Table

from backend.events.debtors import DebtorRegistered
from backend.journal.codec import Recorded
from backend.journal.keys import Keyring
from backend.read import batches
from backend.read.catch_up import Patience, Reached, catch_up, follow
from backend.read.compare import compare
from backend.read.invoices.projector import INVOICES
from backend.read.invoices.tables import parties
from backend.read.projection import Target, key_of
from backend.read.registry import projections
from backend.read.runs.projector import RUNS
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection, Database
from backend.runtime.settings import Settings
from backend.values.books import BOOKS
from tests.given.past import Past
from tests.given.story import a_story
from tests.given.tampering import tamper


@dataclass
class Stubborn:
    """A projection that remembers what it saw, and fails at one position while it is `broken`."""

    breaks_at: int
    by: str = "python"
    broken: bool = True
    name: str = "stubborn"
    tables: tuple[Table, ...] = ()
    handles: frozenset[type] = frozenset({DebtorRegistered})
    seen: list[int] = field(default_factory=list)

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        if self.broken and any(event.position == self.breaks_at for event in events):
            if self.by == "python":
                raise KeyError("Anna Andersson")
            # A constraint: PostgreSQL answers late in a pipeline, when the next statement is on its way already.
            columns = ("tenant_id", "generation", "party_id", "name", "reference", "language", "org_node_id")
            row = (*key_of(target), uuid4(), "Anna Andersson", "", "", None)
            await insert_rows(connection, parties, columns, [row, row])
        self.seen += [event.position for event in events]


async def members(past: Past, count: int) -> None:
    for _ in range(count):
        await past.record(past.a_member())


async def halted_text(past: Past, projection: str) -> str | None:
    async with past.database.scope(past.tenant_id) as connection:
        found = await connection.execute("SELECT halted FROM checkpoints WHERE projection = %s AND live", (projection,))
        row = await found.fetchone()
    assert row is not None
    return str(row[0]) if row[0] is not None else None


async def test_a_tenant_without_events_is_caught_up(database: Database, keyring: Keyring, past: Past) -> None:
    """I16: nothing happened, so nothing is missing."""
    assert set((await catch_up(database, keyring, past.tenant_id)).values()) == {0}


async def test_many_callers_at_once_fold_each_event_once(database: Database, keyring: Keyring, past: Past) -> None:
    """F09: the checkpoint's lock makes concurrent callers harmless; those who ask for a position get it."""
    await a_story(past)
    callers = [catch_up(database, keyring, past.tenant_id, batch_events=5) for _ in range(4)]
    waiting = [catch_up(database, keyring, past.tenant_id, until=40, batch_events=3) for _ in range(4)]
    reached = await asyncio.gather(*callers, *waiting)
    for positions in reached[4:]:
        assert min(positions.values()) >= 40
    await catch_up(database, keyring, past.tenant_id)
    assert await compare(database, keyring, past.tenant_id) == []


async def test_a_client_reads_its_own_write(database: Database, keyring: Keyring, past: Past) -> None:
    """Design D: whoever waits for its position finds it folded, also while others write and fold."""

    async def write_and_read() -> None:
        recorded = await past.record(past.a_member())
        position = recorded[-1].position
        reached = await catch_up(database, keyring, past.tenant_id, until=position)
        assert min(reached.values()) >= position

    await asyncio.gather(*(write_and_read() for _ in range(12)))


@pytest.mark.parametrize("by", ["python", "constraint"])
async def test_a_failing_projection_halts_alone_and_exactly(
    database: Database, keyring: Keyring, past: Past, by: str
) -> None:
    """F10: others go on, the halted one stands right before its event, and the text names no person."""
    await members(past, 11)
    stubborn = Stubborn(breaks_at=7, by=by)
    reached = await catch_up(database, keyring, past.tenant_id, projections=(stubborn, INVOICES))
    assert reached == {("stubborn", "money"): 6, ("invoices", "money"): 11}
    if by == "python":
        assert stubborn.seen == [1, 2, 3, 4, 5, 6]
    text = await halted_text(past, "stubborn")
    assert text is not None
    assert text.startswith("position 7: ")
    assert "Anna" not in text


async def test_a_halted_projection_goes_on_when_it_can(database: Database, keyring: Keyring, past: Past) -> None:
    """F10: nothing is skipped: a worker tries again, and a caller who waits is not held up by it."""
    await members(past, 5)
    stubborn = Stubborn(breaks_at=3)
    await catch_up(database, keyring, past.tenant_id, projections=(stubborn,))
    assert await catch_up(database, keyring, past.tenant_id, until=5, projections=(stubborn,)) == {
        ("stubborn", "money"): 2
    }
    stubborn.broken, stubborn.seen = False, []
    assert await catch_up(database, keyring, past.tenant_id, projections=(stubborn,)) == {("stubborn", "money"): 5}
    assert stubborn.seen == [3, 4, 5]
    assert await halted_text(past, "stubborn") is None


async def test_an_event_nobody_can_read_stops_everybody_before_it(
    database: Database, keyring: Keyring, past: Past, settings: Settings
) -> None:
    """F10: an unknown event version is never passed over silently."""
    await members(past, 4)
    await tamper(
        settings,
        "UPDATE journal_events SET envelope = convert_to(replace(convert_from(envelope, 'UTF8'),"
        """ '"type_version":1', '"type_version":9'), 'UTF8') WHERE tenant_id = %b AND position = 3""",
        past.tenant_id,
    )
    assert await catch_up(database, keyring, past.tenant_id, projections=(INVOICES, RUNS)) == {
        ("invoices", "money"): 2,
        ("runs", "money"): 2,
    }
    assert await halted_text(past, "runs") == "position 3, debtor-registered: UnknownEvent"


async def test_batches_are_bounded_in_bytes(
    database: Database, keyring: Keyring, past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C33: a batch holds at least one event, and no more bytes than a worker has room for."""
    await members(past, 6)
    sizes: list[int] = []
    real = batches.fold

    async def counted(connection: Any, projections: Any, tenant_id: Any, events: Sequence[Recorded]) -> None:
        sizes.append(len(events))
        await real(connection, projections, tenant_id, events)

    monkeypatch.setattr(batches, "BATCH_BYTES", 1)
    monkeypatch.setattr("backend.read.catch_up.fold", counted)
    await catch_up(database, keyring, past.tenant_id, projections=(INVOICES,))
    assert sizes == [1] * 6


async def test_when_all_is_current_one_statement_a_book_is_enough(
    database: Database, keyring: Keyring, past: Past
) -> None:
    """Performance design 1: the common case costs a request one round trip."""
    await members(past, 2)
    await catch_up(database, keyring, past.tenant_id)
    asked: list[Any] = []

    class Counting:
        def scope(self, tenant_id: Any) -> Any:
            asked.append(tenant_id)
            return database.scope(tenant_id)

    await follow(Counting(), keyring, past.tenant_id)  # type: ignore[arg-type]
    assert len(asked) == 1
    await catch_up(Counting(), keyring, past.tenant_id)  # type: ignore[arg-type]
    assert len(asked) == 1 + len(BOOKS)


async def test_a_projection_that_is_new_begins_at_the_first_event(
    database: Database, keyring: Keyring, past: Past
) -> None:
    """Design D: a model that is added later sees the whole past."""
    await members(past, 3)
    await catch_up(database, keyring, past.tenant_id, projections=projections()[:2])
    newcomer = replace(Stubborn(breaks_at=0), name="newcomer")
    assert await catch_up(database, keyring, past.tenant_id, projections=(newcomer,)) == {("newcomer", "money"): 3}
    assert newcomer.seen == [1, 2, 3]


async def test_a_request_leaves_a_backlog_to_the_workers(database: Database, keyring: Keyring, past: Past) -> None:
    """ADR 0012: what is more than a request may fold is not begun; the answer says how far behind it is."""
    await members(past, 11)
    strict = Patience(time=timedelta(seconds=5.0), batch=3, backlog=10)
    assert await follow(database, keyring, past.tenant_id, until=11, patience=strict) == Reached(0, 11)
    await catch_up(database, keyring, past.tenant_id, until=1)
    assert await follow(database, keyring, past.tenant_id, until=11, patience=strict) == Reached(11, 0)
    assert await compare(database, keyring, past.tenant_id) == []


async def test_a_request_never_waits_for_whoever_is_folding(database: Database, keyring: Keyring, past: Past) -> None:
    """ADR 0012: the checkpoints are locked by a worker with a long batch; the request looks until its time is up."""
    await members(past, 2)
    await catch_up(database, keyring, past.tenant_id)
    await members(past, 1)
    async with database.scope(past.tenant_id) as worker:
        await (await worker.execute("SELECT FROM checkpoints WHERE live FOR UPDATE")).fetchall()
        brief = Patience(time=timedelta(seconds=0.2), batch=500, backlog=500)
        assert await follow(database, keyring, past.tenant_id, patience=brief) == Reached(2, 1)
    assert await follow(database, keyring, past.tenant_id) == Reached(3, 0)


async def test_a_halted_projection_is_nobodys_lag(database: Database, keyring: Keyring, past: Past) -> None:
    """F10: a request reads the sound projections, and does not wait for one that somebody must repair."""
    await members(past, 4)
    both = (Stubborn(breaks_at=2), INVOICES)
    assert await follow(database, keyring, past.tenant_id, projections=both) == Reached(4, 0)
    assert await halted_text(past, "stubborn") is not None
