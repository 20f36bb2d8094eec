"""The questions about received documents. They are addressed to the tenant as a whole: a limited reach sees none."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from backend.read.paging import FIRST_PAGE, Order, Page, PageRequest, page_of
from backend.read.query import query
from backend.read.received.projector import NAME
from backend.read.where import Where
from backend.runtime.database import Connection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import InvoiceId, ReceivedDocumentId, TenantId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedRow:
    """One invoice another tenant sent to this one. `state` and `open_minor` are what that tenant last told."""

    document_id: ReceivedDocumentId
    source_tenant_id: TenantId
    source_invoice_id: InvoiceId
    issuer_name: str
    number: str
    issued_on: date
    due_on: date
    currency: str
    net_minor: int
    tax_minor: int
    total_minor: int
    open_minor: int
    state: str
    received_at: datetime


_COLUMNS: Final = (
    "document_id",
    "source_tenant_id",
    "source_invoice_id",
    "issuer_name",
    "number",
    "issued_on",
    "due_on",
    "currency",
    "net_minor",
    "tax_minor",
    "total_minor",
    "open_minor",
    "state",
    "received_at",
)
_NEWEST_FIRST: Final = Order("received", (("position", "bigint"),), descending=True)


@query(Capability.INVOICES_READ)
async def received_documents(
    connection: Connection, reader: Reader, *, state: str | None = None, page: PageRequest = FIRST_PAGE
) -> Page[ReceivedRow]:
    """The documents this tenant received, newest first. Raises `BadCursor` and `BadPage`."""
    where = Where(reader, NAME).within_reach().equal("state", state)
    return await page_of(connection, ", ".join(_COLUMNS), "read_received", where, _NEWEST_FIRST, page, row=_row_of)


@query(Capability.INVOICES_READ)
async def received_document(
    connection: Connection, reader: Reader, *, document_id: ReceivedDocumentId
) -> ReceivedRow | None:
    """One received document; None when there is none within reach."""
    where = Where(reader, NAME).within_reach().add("document_id = %b", document_id)
    found = await connection.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM read_received WHERE {where.sql}".encode(), where.parameters
    )
    row = await found.fetchone()
    return _row_of(row) if row else None


def _row_of(values: tuple[Any, ...]) -> ReceivedRow:
    return ReceivedRow(**dict(zip(_COLUMNS, values, strict=True)))
