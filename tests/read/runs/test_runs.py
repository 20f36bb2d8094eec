"""Runs: how far each is, and what became of every debtor."""

from backend.read.catch_up import catch_up
from backend.read.compare import compare
from backend.read.paging import PageRequest
from backend.read.runs.projector import RUNS
from backend.read.runs.queries import run, run_outcomes, runs
from backend.tenants.actor import Reader
from tests.given.past import Past
from tests.given.story import a_story


async def test_progress_and_outcomes(past: Past) -> None:
    """S002-49, issue 2 item 6: totals per run, and each debtor issued with a number or refused with a code."""
    story = await a_story(past)
    await catch_up(past.database, past.keyring, past.tenant_id, projections=(RUNS,))
    reader = Reader(tenant_id=past.tenant_id)
    async with past.database.scope(past.tenant_id) as connection:
        found = await run(connection, reader, run_id=story.run_id)
        assert found is not None
        assert (found.state, found.chunks_done, found.chunks, found.issued, found.refused) == ("completed", 2, 2, 2, 1)
        assert found.total_minor == story.issued["run 1"].total_minor * 2
        # The issuer took another name before the run was started.
        assert (found.issuer_name, found.started_by.said, found.stop_reason) == ("SBD", "user:treasurer", "")
        listed = await runs(connection, reader)
        assert [row.run_id for row in listed.items] == [story.stopped_run_id, story.run_id]
        stopped = await runs(connection, reader, state="stopped", season="2027")
        assert [(row.state, row.stop_reason) for row in stopped.items] == [("stopped", "wrong prices")]
        outcomes = await run_outcomes(connection, reader, run_id=story.run_id)
        assert [(each.outcome, each.number, each.code) for each in outcomes.items] == [
            ("issued", story.issued["run 1"].number, ""),
            ("issued", story.issued["run 2"].number, ""),
            ("refused", "", "TRANSFER_BLOCKED_BY_DEBT"),
        ]
        refused = await run_outcomes(connection, reader, run_id=story.run_id, outcome="refused")
        assert [each.debtor_id for each in refused.items] == [story.cia.debtor_id]
        second = await run_outcomes(
            connection, reader, run_id=story.run_id, page=PageRequest(first=2, after=outcomes.cursors[0])
        )
        assert second.items == outcomes.items[1:]
    assert await compare(past.database, past.keyring, past.tenant_id, projections=(RUNS,), inline=()) == []
