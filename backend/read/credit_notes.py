"""Credit notes: what was taken back of which invoice, and why."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Final

from sqlalchemy import BigInteger, Column, Date, DateTime, Index, Text, Uuid

from backend.events.credit_notes import CreditNoteIssued
from backend.read.fact_list import fact_list
from backend.read.paging import FIRST_PAGE, Order, Page, PageRequest, page_of
from backend.read.query import query
from backend.read.where import Where
from backend.runtime.database import ReadConnection
from backend.runtime.tables import read_table
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import CreditNoteId, DebtorId, InvoiceId, IssuerId

NOTES: Final = read_table(
    "read_credit_notes",
    Column("credit_note_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("number", Text, nullable=False),
    Column("invoice_id", Uuid, nullable=False),
    Column("invoice_number", Text, nullable=False),
    Column("issuer_id", Uuid, nullable=False),
    Column("debtor_id", Uuid, nullable=False),
    Column("issuer_org_node_id", Uuid),
    Column("debtor_org_node_id", Uuid),
    Column("issued_on", Date, nullable=False),
    Column("currency", Text, nullable=False),
    Column("net_minor", BigInteger, nullable=False),
    Column("tax_minor", BigInteger, nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("applied_minor", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("issued_at", DateTime(timezone=True), nullable=False),
    Column("issued_by", Text, nullable=False),
    key=("credit_note_id",),
)
_KEY: Final = (NOTES.c.tenant_id, NOTES.c.generation)
Index("read_credit_notes_position", *_KEY, NOTES.c.position)
Index("read_credit_notes_invoice", *_KEY, NOTES.c.invoice_id, NOTES.c.position)
Index("read_credit_notes_debtor", *_KEY, NOTES.c.debtor_id, NOTES.c.position)

CREDIT_NOTES: Final = fact_list(
    "credit_notes",
    CreditNoteIssued,
    NOTES,
    columns={
        "invoice_id": "event.invoice.invoice_id",
        "invoice_number": "event.invoice.number",
        "issuer_org_node_id": "event.invoice.issuer_org_node_id",
        "issued_at": "at",
        "issued_by": "actor",
    },
    blanked=("reason",),
)


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
_NEWEST_FIRST: Final = Order(CREDIT_NOTES.name, (("position", "bigint"),), descending=True)


@query(Capability.INVOICES_READ)
async def credit_notes(
    connection: ReadConnection,
    reader: Reader,
    *,
    invoice_id: InvoiceId | None = None,
    debtor_id: DebtorId | None = None,
    credit_note_id: CreditNoteId | None = None,
    page: PageRequest = FIRST_PAGE,
) -> Page[CreditNoteRow]:
    """Credit notes within reach, newest first; or only one. Raises `BadCursor` and `BadPage`."""
    where = Where(reader, CREDIT_NOTES.name).within_reach("issuer_org_node_id", "debtor_org_node_id")
    where.equal("invoice_id", invoice_id).equal("debtor_id", debtor_id).equal("credit_note_id", credit_note_id)
    return await page_of(
        connection,
        ", ".join(_COLUMNS),
        "read_credit_notes",
        where,
        _NEWEST_FIRST,
        page,
        row=lambda values: CreditNoteRow(**dict(zip(_COLUMNS, values, strict=True))),
    )
