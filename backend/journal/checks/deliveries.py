"""One delivery record and one Message-ID per automatically delivered invoice, recorded together with it (I06)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from backend.events.deliveries import DeliveryQueued
from backend.events.invoices import InvoiceIssued
from backend.events.renewals import RunStarted
from backend.journal.checks.finding import Finding, unequal
from backend.journal.codec import Recorded
from backend.values.identifiers import derived_id

NAME: Final = "deliveries"


@dataclass(slots=True)
class DeliveriesCheck:
    """Remembers which runs deliver, and the invoice just before.

    A dispatch of the same transaction stands right behind its invoice and takes its identifier from it; only a later
    command adds another one.
    """

    name: str = NAME
    delivering: set[UUID] = field(default_factory=set)
    before: InvoiceIssued | None = None

    def see(self, recorded: Recorded) -> Iterable[Finding]:
        """The findings about one event, given those before it."""
        issued, event = self.before, recorded.event
        if issued is not None and self._must_deliver(issued) and not _dispatches(event, issued):
            yield Finding(
                check=NAME,
                position=recorded.position,
                subject=issued.number,
                expected="its delivery record",
                found=recorded.type,
            )
        if isinstance(event, DeliveryQueued):
            yield from self._queued(recorded, event)
        if isinstance(event, RunStarted) and event.deliver:
            self.delivering.add(event.run_id)
        self.before = event if isinstance(event, InvoiceIssued) else None

    def _must_deliver(self, issued: InvoiceIssued) -> bool:
        # Of an erased debtor nobody can tell any more whether there was an address.
        return issued.run_id in self.delivering and issued.debtor is not None and bool(issued.debtor.email)

    def _queued(self, recorded: Recorded, event: DeliveryQueued) -> Iterator[Finding]:
        subject = f"delivery {event.delivery_id}"
        yield from unequal(
            NAME,
            recorded,
            subject,
            ("first of its stream, version", 1, recorded.version),
            ("Message-ID of this delivery alone", f"<{event.delivery_id}", event.message_id.partition("@")[0]),
        )
        if event.delivery_id == derived_id(event.document.id, "delivery"):
            found = self.before.invoice_id if self.before is not None else None
            yield from unequal(NAME, recorded, subject, ("right behind invoice", event.document.id, found))


def _dispatches(event: object, issued: InvoiceIssued) -> bool:
    return isinstance(event, DeliveryQueued) and event.document.id == issued.invoice_id
