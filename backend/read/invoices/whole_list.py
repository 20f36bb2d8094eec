"""The list of invoices from its first row to its last, for files: the same walls, filters and order as the list."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from backend.read.invoices.answers import COLUMNS, row_of
from backend.read.invoices.filters import ANY_INVOICE, NEWEST_FIRST, InvoiceFilter, InvoiceSort, order_of, restrict
from backend.read.invoices.projector import NAME
from backend.read.invoices.queries import within
from backend.read.invoices.search import add_search
from backend.read.query import query
from backend.read.whole import MAX_WHOLE_ROWS, Whole, every_row, position_of
from backend.rules.status import DeliveryState, Status
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DebtorId, IssuerId

_COLUMNS: Final = ", ".join(f"i.{column}" for column in COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedInvoice:
    """What a file says of an invoice. A draft's amounts are before tax."""

    number: str
    type: str
    status: Status
    delivery_state: DeliveryState
    issuer_id: IssuerId
    issuer_name: str
    debtor_id: DebtorId
    debtor_reference: str
    debtor_name: str
    season: str
    issued_on: date | None
    due_on: date | None
    currency: str
    net_minor: int
    tax_minor: int
    total_minor: int
    credited_minor: int
    open_minor: int


@query(Capability.INVOICES_READ)
async def every_invoice(
    connection: ReadConnection,
    reader: Reader,
    *,
    now: datetime,
    filter: InvoiceFilter = ANY_INVOICE,
    sort: InvoiceSort = NEWEST_FIRST,
    limit: int = MAX_WHOLE_ROWS,
) -> Whole[ListedInvoice]:
    """All invoices within reach that match `filter`, in the order of the list. Raises `TooManyRows`."""
    where = await add_search(connection, restrict(within(reader), filter, now), reader, filter.search)
    items = await every_row(
        connection,
        _COLUMNS,
        "read_invoices i",
        where,
        order_of(sort),
        row=lambda values: _listed(values, now),
        limit=limit,
    )
    return Whole(items=items, position=await position_of(connection, NAME))


@query(Capability.INVOICES_READ)
async def issuer_named(connection: ReadConnection, reader: Reader, *, issuer_id: IssuerId) -> str | None:
    """What an issuer is called on the invoices within reach; None when there are none of it."""
    where = within(reader).equal("i.issuer_id", issuer_id)
    found = await connection.execute(
        f"SELECT i.issuer_name FROM read_invoices i WHERE {where.sql} LIMIT 1".encode(), where.parameters
    )
    row = await found.fetchone()
    return row[0] if row else None


def _listed(values: tuple[Any, ...], now: datetime) -> ListedInvoice:
    row = row_of(values, now)
    return ListedInvoice(**{name: getattr(row, name) for name in ListedInvoice.__slots__})
