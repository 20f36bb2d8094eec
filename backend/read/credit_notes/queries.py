"""The question about credit notes: what was taken back, by debtor or by invoice."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Final

from backend.read.credit_notes.projector import NAME
from backend.read.paging import FIRST_PAGE, Order, Page, PageRequest, page_of
from backend.read.query import query
from backend.read.where import Where
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import CreditNoteId, DebtorId, InvoiceId, IssuerId


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNoteRow:
    """One credit note; amounts are positive. The reason is empty once the debtor was erased."""

    credit_note_id: CreditNoteId
    position: int
    number: str
    invoice_id: InvoiceId
    invoice_number: str
    issuer_id: IssuerId
    debtor_id: DebtorId
    issued_on: date
    currency: str
    net_minor: int
    tax_minor: int
    total_minor: int
    applied_minor: int
    reason: str
    issued_at: datetime
    issued_by: str


_COLUMNS: Final = tuple(field.name for field in fields(CreditNoteRow))
_NEWEST_FIRST: Final = Order("credit_notes", (("position", "bigint"),), descending=True)


@query(Capability.INVOICES_READ)
async def credit_notes(
    connection: ReadConnection,
    reader: Reader,
    *,
    invoice_id: InvoiceId | None = None,
    debtor_id: DebtorId | None = None,
    page: PageRequest = FIRST_PAGE,
) -> Page[CreditNoteRow]:
    """Credit notes within reach, newest first. Raises `BadCursor` and `BadPage`."""
    where = Where(reader, NAME).within_reach("issuer_org_node_id", "debtor_org_node_id")
    where.equal("invoice_id", invoice_id).equal("debtor_id", debtor_id)
    return await page_of(
        connection,
        ", ".join(_COLUMNS),
        "read_credit_notes",
        where,
        _NEWEST_FIRST,
        page,
        row=lambda values: CreditNoteRow(**dict(zip(_COLUMNS, values, strict=True))),
    )
