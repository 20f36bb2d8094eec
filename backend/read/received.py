"""Mirror documents: what other tenants invoiced to this one, and what has become of it.

They are addressed to the tenant as a whole: a limited reach sees none.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Date, DateTime, Index, Text, Uuid

from backend.events.mirrors import DocumentReceived, DocumentUpdated
from backend.read.fact_list import fact_list
from backend.read.paging import FIRST_PAGE, Order, Page, PageRequest, page_of
from backend.read.projection import Recorded
from backend.read.query import query
from backend.read.where import Where
from backend.runtime.database import ReadConnection
from backend.runtime.tables import read_table
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import InvoiceId, ReceivedDocumentId, TenantId

DOCUMENTS: Final = read_table(
    "read_received",
    Column("document_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("source_tenant_id", Uuid, nullable=False),
    Column("source_invoice_id", Uuid, nullable=False),
    Column("source_position", BigInteger, nullable=False),
    Column("issuer_name", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("currency", Text, nullable=False),
    Column("net_minor", BigInteger, nullable=False),
    Column("tax_minor", BigInteger, nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("open_minor", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    key=("document_id",),
)
Index("read_received_position", DOCUMENTS.c.tenant_id, DOCUMENTS.c.generation, DOCUMENTS.c.position)


def _told(row: dict[str, Any], recorded: Recorded) -> None:
    """What the sender told last counts: an update of an older source position than the one known says nothing new."""
    event: DocumentUpdated = recorded.event
    if event.source_position > row["source_position"]:
        row |= {"source_position": event.source_position, "open_minor": event.open_minor, "state": event.state}


RECEIVED: Final = fact_list(
    "received",
    DocumentReceived,
    DOCUMENTS,
    columns={"open_minor": "event.total_minor", "state": lambda _: "issued", "received_at": "at"},
    changes={DocumentUpdated: _told},
)


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


_COLUMNS: Final = tuple(field.name for field in fields(ReceivedRow))
_NEWEST_FIRST: Final = Order(RECEIVED.name, (("position", "bigint"),), descending=True)


@query(Capability.INVOICES_READ)
async def received_documents(
    connection: ReadConnection, reader: Reader, *, state: str | None = None, page: PageRequest = FIRST_PAGE
) -> Page[ReceivedRow]:
    """The documents this tenant received, newest first. Raises `BadCursor` and `BadPage`."""
    where = Where(reader, RECEIVED.name).within_reach().equal("state", state)
    return await page_of(connection, ", ".join(_COLUMNS), "read_received", where, _NEWEST_FIRST, page, row=_row_of)


@query(Capability.INVOICES_READ)
async def received_document(
    connection: ReadConnection, reader: Reader, *, document_id: ReceivedDocumentId
) -> ReceivedRow | None:
    """One received document; None when there is none within reach."""
    where = Where(reader, RECEIVED.name).within_reach().add("document_id = %b", document_id)
    found = await connection.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM read_received WHERE {where.sql}".encode(), where.parameters
    )
    row = await found.fetchone()
    return _row_of(row) if row else None


def _row_of(values: tuple[Any, ...]) -> ReceivedRow:
    return ReceivedRow(**dict(zip(_COLUMNS, values, strict=True)))
