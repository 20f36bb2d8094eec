"""One type per kind of identifier, so that a debtor can never be passed where an invoice is meant. All are UUIDs."""

from typing import NewType
from uuid import UUID, uuid5

TenantId = NewType("TenantId", UUID)
OrgNodeId = NewType("OrgNodeId", UUID)
UserId = NewType("UserId", UUID)
IssuerId = NewType("IssuerId", UUID)
TemplateId = NewType("TemplateId", UUID)
DebtorId = NewType("DebtorId", UUID)
InvoiceId = NewType("InvoiceId", UUID)
CreditNoteId = NewType("CreditNoteId", UUID)
PaymentId = NewType("PaymentId", UUID)
TokenId = NewType("TokenId", UUID)
RunId = NewType("RunId", UUID)
DeliveryId = NewType("DeliveryId", UUID)
ReceivedDocumentId = NewType("ReceivedDocumentId", UUID)
StreamId = NewType("StreamId", UUID)


def derived_id(parent: UUID, name: str) -> UUID:
    """The one identifier that follows from `parent` and `name`: the same on every retry and every machine (UUIDv5)."""
    return uuid5(parent, name)


def tenant_stream(tenant_id: TenantId, name: str) -> StreamId:
    """The stream of something a tenant has exactly one of (its tax matrix, its templates, its gate policy)."""
    return StreamId(derived_id(tenant_id, name))
