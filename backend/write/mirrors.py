"""Documents received from other tenants: recorded once, and never backwards.

Our policy repeats itself after a crash, so each decision compares the sender's journal position with the last seen.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from backend.events.mirrors import DocumentReceived, DocumentUpdated
from backend.tenants.capabilities import Capability
from backend.tenants.nodes import kind_of_tenant
from backend.values.identifiers import InvoiceId, TenantId
from backend.write.command import command
from backend.write.refusal import NotFound
from backend.write.states.received_document import RECEIVED, ReceivedDocument, document_of
from backend.write.unit_of_work import UnitOfWork

MirrorState = Literal["open", "partially_paid", "paid", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveDocument:
    """Record an invoice of another tenant. `source_position` is where it stands in that tenant's journal."""

    source_tenant_id: TenantId
    source_position: int
    source_invoice_id: InvoiceId
    issuer_name: str
    number: str
    issued_on: date
    due_on: date
    currency: str
    net_minor: int
    tax_minor: int
    total_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateReceivedDocument:
    """Record what has become of it since: its open amount there, and whether it was cancelled."""

    source_tenant_id: TenantId
    source_position: int
    source_invoice_id: InvoiceId
    open_minor: int
    state: MirrorState


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


@command(Capability.SYSTEM)
async def receive_document(command: ReceiveDocument, work: UnitOfWork) -> None:
    """Load the mirror, and record the invoice of another tenant once."""
    work.authorise(None)
    document_id = document_of(command.source_tenant_id, command.source_invoice_id)
    kind = await kind_of_tenant(work.connection, work.tenant_id)
    earlier = await work.load(RECEIVED, document_id)
    event = receive(earlier, command, tenant_kind=kind)
    work.record(document_id, event)
    work.answer = {"document_id": str(document_id), "recorded": int(event is not None)}


@command(Capability.SYSTEM)
async def update_received_document(command: UpdateReceivedDocument, work: UnitOfWork) -> None:
    """Load the mirror, and record what its sender says of it now."""
    work.authorise(None)
    document_id = document_of(command.source_tenant_id, command.source_invoice_id)
    earlier = await work.load(RECEIVED, document_id)
    event = update(earlier, command)
    work.record(document_id, event)
    work.answer = {"document_id": str(document_id), "recorded": int(event is not None)}
