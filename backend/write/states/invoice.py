"""The invoice as decisions see it: its states are types."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from backend.events.documents import DocumentStored
from backend.events.invoices import (
    DraftDiscarded,
    DraftRevised,
    HistoricalInvoiceImported,
    InvoiceCancelled,
    InvoiceDrafted,
    InvoiceIssued,
)
from backend.events.links import InvoiceLinksRevoked, InvoiceViewed
from backend.events.parts import Attachment, DraftLine
from backend.values.documents import InvoiceType
from backend.values.identifiers import CreditNoteId, DebtorId, InvoiceId, IssuerId
from backend.write.states.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What will be printed when the draft is issued. `descriptions` are the texts of `lines`, in their order."""

    lines: tuple[DraftLine, ...]
    descriptions: tuple[str, ...]
    currency: str
    season: str | None
    language: str | None
    terms_days: int | None
    discount_minor: int
    notes: str
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftState:
    """Not yet a document: no number, nothing owed, may be revised and discarded."""

    invoice_id: InvoiceId
    issuer_id: IssuerId
    debtor_id: DebtorId
    type: InvoiceType
    content: Content
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardedState:
    """A draft that was thrown away."""

    invoice_id: InvoiceId
    issuer_id: IssuerId


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedState:
    """A legal document. `event` is what was printed; `document` the digest of the stored bytes, once rendered.

    Links of an older generation than `link_generation` were revoked; `viewed_on` is the last day one was followed.
    """

    event: InvoiceIssued
    document: str = ""
    cancelled_by: CreditNoteId | None = None
    link_generation: int = 0
    viewed_on: date | None = None

    @property
    def cancelled(self) -> bool:
        """Whether a credit note took the invoice back."""
        return self.cancelled_by is not None

    @property
    def issuer_id(self) -> IssuerId:
        """The issuer that is printed on the invoice."""
        return self.event.issuer.issuer_id


@dataclass(frozen=True, slots=True)
class HistoricalState:
    """An invoice of the time before: known, payable, not ours to print or credit."""

    event: HistoricalInvoiceImported

    @property
    def issuer_id(self) -> IssuerId:
        """The issuer that took the invoice over."""
        return self.event.issuer_id


Invoice = DraftState | DiscardedState | IssuedState | HistoricalState


def evolve(invoice: Invoice | None, event: Any) -> Invoice | None:
    """One fold over the invoice's stream."""
    match event:
        case InvoiceDrafted():
            return DraftState(
                invoice_id=event.invoice_id,
                issuer_id=event.issuer_id,
                debtor_id=event.debtor_id,
                type=event.type,
                content=_content(event),
                version=1,
            )
        case DraftRevised():
            assert isinstance(invoice, DraftState)
            return replace(invoice, content=_content(event), version=invoice.version + 1)
        case DraftDiscarded():
            assert isinstance(invoice, DraftState)
            return DiscardedState(invoice_id=event.invoice_id, issuer_id=invoice.issuer_id)
        case InvoiceIssued():
            return IssuedState(event=event)
        case HistoricalInvoiceImported():
            return HistoricalState(event)
        case DocumentStored():
            assert isinstance(invoice, IssuedState)
            return replace(invoice, document=event.digest)
        case InvoiceCancelled():
            assert isinstance(invoice, IssuedState)
            return replace(invoice, cancelled_by=event.credit_note_id)
        case InvoiceLinksRevoked():
            assert isinstance(invoice, IssuedState)
            return replace(invoice, link_generation=event.generation)
        case InvoiceViewed():
            assert isinstance(invoice, IssuedState)
            return replace(invoice, viewed_on=event.viewed_on)
        case _:
            return invoice


def _content(event: InvoiceDrafted | DraftRevised) -> Content:
    return Content(
        lines=event.lines,
        descriptions=event.descriptions or ("",) * len(event.lines),
        currency=event.currency,
        season=event.season,
        language=event.language,
        terms_days=event.terms_days,
        discount_minor=event.discount_minor,
        notes=event.notes or "",
        attachments=event.attachments or (),
    )


INVOICE: Final = Aggregate[Invoice]("invoice", evolve)
