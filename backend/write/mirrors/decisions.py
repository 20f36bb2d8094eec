"""What is recorded of another tenant's invoice: once, and never backwards. Pure.

Our policy repeats itself after a crash, so each decision compares the sender's journal position with the last seen.
"""

from backend.events.mirrors import DocumentReceived, DocumentUpdated
from backend.write.mirrors.commands import ReceiveDocument, UpdateReceivedDocument
from backend.write.mirrors.received import ReceivedDocument, document_of
from backend.write.refusal import NotFound


def receive(
    earlier: ReceivedDocument | None, command: ReceiveDocument, *, tenant_kind: str | None
) -> DocumentReceived | None:
    """The mirror of an invoice; `None` when it is there already. Refuses a tenant that does not exist."""
    if tenant_kind is None:
        raise NotFound("there is no such tenant: nothing is mirrored to it")
    if earlier is not None:
        return None
    return DocumentReceived(
        document_id=document_of(command.source_tenant_id, command.source_invoice_id),
        source_tenant_id=command.source_tenant_id,
        source_position=command.source_position,
        source_invoice_id=command.source_invoice_id,
        issuer_name=command.issuer_name,
        number=command.number,
        issued_on=command.issued_on,
        due_on=command.due_on,
        currency=command.currency,
        net_minor=command.net_minor,
        tax_minor=command.tax_minor,
        total_minor=command.total_minor,
    )


def update(earlier: ReceivedDocument | None, command: UpdateReceivedDocument) -> DocumentUpdated | None:
    """What became of a mirrored invoice; `None` when it was never mirrored, or nothing newer is said."""
    if earlier is None or command.source_position <= earlier.position:
        return None
    if (earlier.open_minor, earlier.state) == (command.open_minor, command.state):
        return None
    return DocumentUpdated(
        document_id=earlier.document_id,
        source_tenant_id=command.source_tenant_id,
        source_position=command.source_position,
        open_minor=command.open_minor,
        state=command.state,
    )
