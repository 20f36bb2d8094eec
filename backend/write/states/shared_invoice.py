"""What decisions about links must know of an invoice."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from backend.events.invoices import HistoricalInvoiceImported, InvoiceDrafted, InvoiceIssued
from backend.events.links import InvoiceLinksRevoked, InvoiceViewed
from backend.values.identifiers import DebtorId, IssuerId
from backend.write.states.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """An invoice as far as its links go. `due_on` is `None` for what was never issued here."""

    issuer_id: IssuerId
    debtor_id: DebtorId
    due_on: date | None = None
    zone: str = ""
    generation: int = 0
    viewed_on: date | None = None


def evolve(shared: Shared | None, event: Any) -> Shared | None:
    """One fold over the invoice's stream."""
    match event:
        case InvoiceDrafted() | HistoricalInvoiceImported():
            return Shared(issuer_id=event.issuer_id, debtor_id=event.debtor_id)
        case InvoiceIssued():
            return Shared(
                issuer_id=event.issuer.issuer_id,
                debtor_id=event.debtor_id,
                due_on=event.due_on,
                zone=event.issuer.time_zone,
            )
        case InvoiceLinksRevoked():
            return replace(shared, generation=event.generation) if shared else None
        case InvoiceViewed():
            return replace(shared, viewed_on=event.viewed_on) if shared else None
        case _:
            return shared


SHARED: Final = Aggregate[Shared]("shared invoice", evolve)
