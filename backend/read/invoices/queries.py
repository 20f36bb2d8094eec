"""The questions about invoices: the list, one in detail, its printable document, how many of each status."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast, get_args

from backend.events.invoices import InvoiceIssued
from backend.read.invoices.answers import COLUMNS, InvoiceDetail, InvoiceRow, detail_of, history_of, row_of
from backend.read.invoices.filters import (
    ANY_INVOICE,
    NEWEST_FIRST,
    InvoiceFilter,
    InvoiceSort,
    order_of,
    restrict,
    status_sql,
)
from backend.read.invoices.projector import NAME, decode_document
from backend.read.invoices.search import add_search
from backend.read.paging import FIRST_PAGE, Page, PageRequest, page_of
from backend.read.projection import live
from backend.read.query import query
from backend.read.where import Where
from backend.rules.status import Status
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.tenants.principals import named
from backend.values.identifiers import InvoiceId

# An invoice with more changes than this has a fault; the newest are shown.
HISTORY_LIMIT: Final = 500

_COLUMNS: Final = ", ".join(f"i.{column}" for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class PrintableDocument:
    """The event an issued invoice is printed from, and the SHA-256 of its stored bytes (empty until rendered)."""

    issued: InvoiceIssued
    digest: str


@query(Capability.INVOICES_READ)
async def invoices(
    connection: ReadConnection,
    reader: Reader,
    *,
    now: datetime,
    filter: InvoiceFilter = ANY_INVOICE,
    sort: InvoiceSort = NEWEST_FIRST,
    page: PageRequest = FIRST_PAGE,
) -> Page[InvoiceRow]:
    """The invoices within reach that match `filter`. `now` decides what is overdue.

    Raises `BadCursor` and `BadPage`.
    """
    where = await add_search(connection, restrict(within(reader), filter, now), reader, filter.search)
    return await page_of(
        connection, _COLUMNS, "read_invoices i", where, order_of(sort), page, row=lambda values: row_of(values, now)
    )


@query(Capability.INVOICES_READ)
async def invoice(
    connection: ReadConnection, reader: Reader, *, invoice_id: InvoiceId, now: datetime
) -> InvoiceDetail | None:
    """One invoice with everything on it and its history; None when there is none within reach."""
    where = within(reader).add("i.invoice_id = %b", invoice_id)
    found = await connection.execute(
        f"SELECT {_COLUMNS}, d.kind, d.document FROM read_invoices i JOIN read_invoice_documents d"
        f" USING (tenant_id, generation, invoice_id) WHERE {where.sql}".encode(),
        where.parameters,
    )
    history = await connection.execute(
        "SELECT position, axis, from_status, to_status, changed_by, reason, at FROM read_invoice_history"
        f" WHERE tenant_id = %b AND generation = {live(NAME)} AND invoice_id = %b"
        " ORDER BY position DESC, axis LIMIT %b".encode(),
        (reader.tenant_id, invoice_id, HISTORY_LIMIT),
    )
    row = await found.fetchone()
    if row is None:
        return None
    entries = await history.fetchall()
    principals = await named(connection, reader.tenant_id, {by for _, _, _, _, by, _, _ in entries})
    changes = tuple(history_of(each, principals) for each in reversed(entries))
    return detail_of(row_of(row[:-2], now), decode_document(row[-2], row[-1]), changes)


@query(Capability.INVOICES_READ)
async def invoice_document(
    connection: ReadConnection, reader: Reader, *, invoice_id: InvoiceId
) -> PrintableDocument | None:
    """What the page of an issued invoice is printed from; None for a draft, and for one beyond reach."""
    where = within(reader).add("i.invoice_id = %b", invoice_id)
    found = await connection.execute(
        "SELECT d.document, i.document_digest FROM read_invoices i JOIN read_invoice_documents d"
        f" USING (tenant_id, generation, invoice_id) WHERE {where.sql} AND d.kind = 'issued'".encode(),
        where.parameters,
    )
    row = await found.fetchone()
    return PrintableDocument(decode_document("issued", row[0]), row[1]) if row else None


@query(Capability.INVOICES_READ)
async def invoice_counts(
    connection: ReadConnection, reader: Reader, *, now: datetime, filter: InvoiceFilter = ANY_INVOICE
) -> Mapping[Status, int]:
    """How many invoices within reach there are of each status."""
    statuses = cast(tuple[Status, ...], get_args(Status))
    counts = ", ".join(f"count(*) FILTER (WHERE {status_sql(status)})" for status in statuses)
    where = await add_search(connection, restrict(within(reader), filter, now), reader, filter.search)
    found = await connection.execute(
        f"SELECT {counts} FROM read_invoices i WHERE {where.sql}".encode(),
        [*[now] * counts.count("%b"), *where.parameters],
    )
    row = await found.fetchone()
    assert row is not None
    return dict(zip(statuses, row, strict=True))


def within(reader: Reader) -> Where:
    """An invoice is seen from both sides: by who issued it, and by the org node of who owes it. A draft is not: until
    it is issued, it is the issuer's own paper."""
    return Where(reader, NAME, alias="i").seen_from_both_sides(
        "i.issuer_org_node_id", "i.debtor_org_node_id", private="i.document_state = 'draft'"
    )
