"""What our own policy wants recorded of invoices that another tenant sent to this one."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from backend.values.identifiers import InvoiceId, TenantId

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
