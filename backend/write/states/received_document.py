"""A document received from another tenant, as decisions see it."""

from dataclasses import dataclass, replace
from typing import Any, Final

from backend.events.mirrors import DocumentReceived, DocumentUpdated
from backend.values.identifiers import InvoiceId, ReceivedDocumentId, TenantId, derived_id
from backend.write.states.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedDocument:
    """`position` is how far in the sender's journal this document reflects it."""

    document_id: ReceivedDocumentId
    position: int
    open_minor: int
    state: str


def evolve(document: ReceivedDocument | None, event: Any) -> ReceivedDocument | None:
    """One fold over the document's stream."""
    match event:
        case DocumentReceived():
            return ReceivedDocument(
                document_id=event.document_id,
                position=event.source_position,
                open_minor=event.total_minor,
                state="open",
            )
        case DocumentUpdated():
            assert document is not None, "a document is received before it is updated"
            return replace(document, position=event.source_position, open_minor=event.open_minor, state=event.state)
        case _:
            return document


RECEIVED: Final = Aggregate[ReceivedDocument]("received document", evolve)


def document_of(source: TenantId, invoice_id: InvoiceId) -> ReceivedDocumentId:
    """The one document that mirrors an invoice of `source`: the same on every retry and every machine."""
    return ReceivedDocumentId(derived_id(source, f"mirror:{invoice_id}"))
