"""The run as decisions see it, and where the lists of its chunks are kept."""

from dataclasses import dataclass, replace
from typing import Any, Final

from backend.events.renewals import RunChunkIssued, RunCompleted, RunMembersListed, RunStarted, RunStopped
from backend.values.identifiers import DebtorId, RunId, StreamId, derived_id
from backend.write.states.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What was decided at the start, which chunks are done, and what they came to."""

    started: RunStarted
    done: frozenset[int] = frozenset()
    issued: int = 0
    refused: int = 0
    total_minor: int = 0
    open: bool = True


def evolve(run: Run | None, event: Any) -> Run | None:
    """One fold over the run's stream."""
    if isinstance(event, RunStarted):
        return Run(started=event)
    assert run is not None, "a run starts before anything else happens to it"
    match event:
        case RunChunkIssued():
            return replace(
                run,
                done=run.done | {event.chunk},
                issued=run.issued + event.issued,
                refused=run.refused + len(event.refused),
                total_minor=run.total_minor + event.issued_minor,
            )
        case RunCompleted() | RunStopped():
            return replace(run, open=False)
        case _:
            return run


def evolve_list(listed: tuple[DebtorId, ...] | None, event: Any) -> tuple[DebtorId, ...] | None:
    """The debtors of one chunk."""
    return event.debtor_ids if isinstance(event, RunMembersListed) else listed


RUN: Final = Aggregate[Run]("run", evolve)
CHUNK_LIST: Final = Aggregate[tuple[DebtorId, ...]]("chunk", evolve_list)


def chunk_stream(run_id: RunId, chunk: int) -> StreamId:
    """The stream that lists the debtors of one chunk."""
    return StreamId(derived_id(run_id, f"chunk:{chunk}"))
