"""A run's chunks say exactly which invoices they issued, each chunk once, and the end says their sum."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import InvoiceCancelled, InvoiceIssued
from backend.events.renewals import RunChunkIssued, RunCompleted, RunStarted
from backend.journal.checks.finding import Finding, unequal
from backend.journal.codec import Recorded

NAME: Final = "runs"


@dataclass(slots=True)
class _Run:
    chunks: int
    done: set[int] = field(default_factory=set)
    invoices: list[UUID] = field(default_factory=list)
    invoices_minor: int = 0
    issued: int = 0
    refused: int = 0
    total_minor: int = 0


@dataclass(slots=True)
class RunsCheck:
    """Remembers the totals of runs that are not finished, and the invoices of the chunk that is being written.

    Also that a cancellation stands right behind its credit note: the two are one decision.
    """

    name: str = NAME
    open: dict[UUID, _Run] = field(default_factory=dict)
    note: CreditNoteIssued | None = None

    def see(self, recorded: Recorded) -> Iterable[Finding]:
        """The findings about one event, given those before it."""
        match recorded.event:
            case RunStarted() as e:
                self.open[e.run_id] = _Run(e.chunks)
            case InvoiceIssued(run_id=run_id) as e if run_id in self.open:
                run = self.open[run_id]
                run.invoices.append(e.invoice_id)
                run.invoices_minor += e.total_minor
            case RunChunkIssued(run_id=run_id) as e if run_id in self.open:
                yield from _chunk(recorded, e, self.open[run_id])
            case RunCompleted(run_id=run_id) as e if run_id in self.open:
                yield from _completed(recorded, e, self.open.pop(run_id))
            case InvoiceCancelled() as e:
                found = self.note.credit_note_id if self.note is not None else None
                yield from unequal(
                    NAME, recorded, f"invoice {e.invoice_id}", ("right behind credit note", e.credit_note_id, found)
                )
        self.note = recorded.event if isinstance(recorded.event, CreditNoteIssued) else None


def _chunk(recorded: Recorded, event: RunChunkIssued, run: _Run) -> Iterator[Finding]:
    yield from unequal(
        NAME,
        recorded,
        f"run {event.run_id} chunk {event.chunk}",
        ("done before", False, event.chunk in run.done),
        ("invoices of the chunk", sorted(run.invoices), sorted(event.invoice_ids)),
        ("issued", len(run.invoices), event.issued),
        ("their sum", run.invoices_minor, event.issued_minor),
    )
    run.done.add(event.chunk)
    run.issued += event.issued
    run.refused += len(event.refused)
    run.total_minor += event.issued_minor
    run.invoices, run.invoices_minor = [], 0


def _completed(recorded: Recorded, event: RunCompleted, run: _Run) -> Iterator[Finding]:
    yield from unequal(
        NAME,
        recorded,
        f"run {event.run_id}",
        ("chunks", run.chunks, len(run.done)),
        ("issued", run.issued, event.issued),
        ("refused", run.refused, event.refused),
        ("sum", run.total_minor, event.total_minor),
    )
