"""Money that arrived: each payment with the invoices it settled."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, DateTime, Index, Integer, Text, Uuid

from backend.events.payments import PaymentRegistered
from backend.read.fact_list import Parts, fact_list
from backend.read.paging import FIRST_PAGE, Order, Page, PageRequest, page_of
from backend.read.projection import live
from backend.read.query import query
from backend.read.where import Where
from backend.runtime.database import ReadConnection
from backend.runtime.tables import read_table
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DebtorId, InvoiceId, PaymentId
from backend.values.payments import PaymentMethod

PAID: Final = read_table(
    "read_payments",
    Column("payment_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("debtor_id", Uuid, nullable=False),
    # Both sides when the money came: what no invoice took belongs there.
    Column("issuer_org_node_id", Uuid),
    Column("debtor_org_node_id", Uuid),
    Column("method", Text, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("currency", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("unallocated_minor", BigInteger, nullable=False),
    Column("reference", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("registered_at", DateTime(timezone=True), nullable=False),
    Column("registered_by", Text, nullable=False),
    key=("payment_id",),
)
_KEY: Final = (PAID.c.tenant_id, PAID.c.generation)
Index("read_payments_position", *_KEY, PAID.c.position)
Index("read_payments_debtor", *_KEY, PAID.c.debtor_id, PAID.c.position)

ALLOCATIONS: Final = read_table(
    "read_payment_allocations",
    Column("payment_id", Uuid, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("invoice_id", Uuid, nullable=False),
    Column("number", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("issuer_org_node_id", Uuid),
    Column("debtor_org_node_id", Uuid),
    key=("payment_id", "seq"),
)
Index(
    "read_payment_allocations_invoice",
    ALLOCATIONS.c.tenant_id,
    ALLOCATIONS.c.generation,
    ALLOCATIONS.c.invoice_id,
    ALLOCATIONS.c.payment_id,
)

PAYMENTS: Final = fact_list(
    "payments",
    PaymentRegistered,
    PAID,
    columns={"registered_at": "at", "registered_by": "actor"},
    blanked=("reference", "notes"),
    parts=Parts(
        table=ALLOCATIONS,
        of="allocations",
        columns={
            "invoice_id": "part.invoice.invoice_id",
            "number": "part.invoice.number",
            "issuer_org_node_id": "part.invoice.issuer_org_node_id",
            "debtor_org_node_id": "part.invoice.debtor_org_node_id",
        },
    ),
)

# Of one payment: what a bulk transfer may settle. The rest is counted in its amount.
MAX_ALLOCATIONS: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRow:
    """How much of the payment settled one invoice."""

    invoice_id: InvoiceId
    number: str
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """One payment, with those of its allocations that lie within reach. Texts are empty once the debtor was erased."""

    payment_id: PaymentId
    position: int
    debtor_id: DebtorId
    method: PaymentMethod
    received_on: date
    currency: str
    amount_minor: int
    unallocated_minor: int
    reference: str
    notes: str
    registered_at: datetime
    registered_by: str
    allocations: tuple[AllocationRow, ...]


_COLUMNS: Final = (
    "payment_id",
    "position",
    "debtor_id",
    "method",
    "received_on",
    "currency",
    "amount_minor",
    "unallocated_minor",
    "reference",
    "notes",
    "registered_at",
    "registered_by",
)
_NEWEST_FIRST: Final = Order(PAYMENTS.name, (("position", "bigint"),), descending=True)
_PARTS: Final = (
    f"SELECT payment_id FROM read_payment_allocations WHERE tenant_id = %b AND generation = {live(PAYMENTS.name)} AND "
)
_THERE: Final = "(issuer_org_node_id = ANY(%b) OR debtor_org_node_id = ANY(%b))"


@query(Capability.INVOICES_READ)
async def payments(
    connection: ReadConnection,
    reader: Reader,
    *,
    invoice_id: InvoiceId | None = None,
    debtor_id: DebtorId | None = None,
    page: PageRequest = FIRST_PAGE,
) -> Page[PaymentRow]:
    """Payments within reach, newest first: whoever sees an invoice sees what was paid on it.

    Raises `BadCursor` and `BadPage`.
    """
    where, nodes = Where(reader, PAYMENTS.name).equal("debtor_id", debtor_id), reader.reach.array
    if nodes is not None:
        where.add(
            f"({_THERE} OR payment_id = ANY(ARRAY({_PARTS}{_THERE})))", nodes, nodes, reader.tenant_id, nodes, nodes
        )
    if invoice_id is not None:
        where.add(f"payment_id = ANY(ARRAY({_PARTS}invoice_id = %b))", reader.tenant_id, invoice_id)
    found = await page_of(
        connection, ", ".join(_COLUMNS), "read_payments", where, _NEWEST_FIRST, page, row=lambda values: values
    )
    parts = await _allocations(connection, reader, [row[0] for row in found.items])
    return Page(
        items=tuple(_payment(row, parts.get(row[0], [])) for row in found.items),
        cursors=found.cursors,
        has_next=found.has_next,
        has_previous=found.has_previous,
    )


async def _allocations(connection: ReadConnection, reader: Reader, ids: list[UUID]) -> dict[UUID, list[AllocationRow]]:
    if not ids:
        return {}
    where = Where(reader, PAYMENTS.name).within_reach("issuer_org_node_id", "debtor_org_node_id")
    where.add("payment_id = ANY(%b)", ids).add("seq < %b", MAX_ALLOCATIONS)
    found = await connection.execute(
        "SELECT payment_id, invoice_id, number, amount_minor FROM read_payment_allocations"
        f" WHERE {where.sql} ORDER BY payment_id, seq".encode(),
        where.parameters,
    )
    parts: dict[UUID, list[AllocationRow]] = {}
    for payment_id, invoice_id, number, minor in await found.fetchall():
        part = AllocationRow(invoice_id=invoice_id, number=number, amount_minor=minor)
        parts.setdefault(payment_id, []).append(part)
    return parts


def _payment(row: tuple[Any, ...], parts: list[AllocationRow]) -> PaymentRow:
    return PaymentRow(**dict(zip(_COLUMNS, row, strict=True)), allocations=tuple(parts))
