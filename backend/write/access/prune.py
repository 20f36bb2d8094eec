"""Pruning: rows of the access book that are older than its period are deleted. Only our own worker may ask for it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from backend.events.access import AccessBookPruned
from backend.journal.retention import prune, to_be_pruned
from backend.tenants.capabilities import Capability
from backend.values.identifiers import tenant_stream
from backend.write.command import command
from backend.write.states.aggregate import Aggregate
from backend.write.unit_of_work import UnitOfWork

# The head says how far the book is pruned; the stream is loaded for its version only.
_PRUNED: Final = Aggregate[bool]("access book", lambda state, event: True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PruneAccessBook:
    """Delete what was recorded up to checkpoints signed before this day, some days of it at once. The answer says how
    many rows; 0: there is nothing to let go of."""

    signed_before: date


@command(Capability.SYSTEM, book="access")
async def prune_access_book(command: PruneAccessBook, work: UnitOfWork) -> None:
    """Delete the rows up to a checkpoint signed before that day, and record which one."""
    work.authorise(None)
    work.answer = {"pruned": 0}
    upto = await to_be_pruned(work.connection, work.tenant_id, signed_before=command.signed_before)
    if upto is not None:
        stream = tenant_stream(work.tenant_id, "access book")
        await work.load(_PRUNED, stream)
        work.answer = {"pruned": await prune(work.connection, work.tenant_id, upto)}
        work.record(stream, AccessBookPruned(until=upto.position, hash=upto.hash, signed_on=upto.signed_on))
