"""Aging as of any date, and what each debtor owes. The report reads the roll-up, never the invoices."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from backend.read.paging import FIRST_PAGE, Order, Page, PageRequest, page_of
from backend.read.query import query
from backend.read.receivables.answers import AgedDebt, AgingReport, AgingRow, Debt, DebtorAging
from backend.read.receivables.buckets import aging_row, bucket_parameters, bucket_sums
from backend.read.receivables.tables import open_by_due_date
from backend.read.rollup import side_in_reach, up_to
from backend.read.where import Where
from backend.read.whole import MAX_WHOLE_ROWS, TooManyRows, Whole, position_of
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DebtorId, IssuerId

_PROJECTION: Final = "receivables"
_NODES: Final = ("issuer_org_node_id", "debtor_org_node_id")
_BY_REFERENCE: Final = Order("reference", (("d.reference", "text"), ("d.debtor_id", "uuid")))
_BY_AMOUNT: Final = Order(
    "amount", (("open_minor", "bigint"), ("currency", "text"), ("debtor_id", "uuid")), descending=True
)


@query(Capability.REPORTS_READ)
async def aging_report(
    connection: ReadConnection, reader: Reader, *, as_of: date, issuer_id: IssuerId | None = None
) -> AgingReport:
    """What was open at the end of `as_of`, by currency and bucket."""
    where = side_in_reach(Where(reader, _PROJECTION), reader).equal("issuer_id", issuer_id)
    source = up_to(open_by_due_date, where, as_of)
    found = await connection.execute(
        f"SELECT currency, {bucket_sums('open_minor', 'open_count')} FROM {source.sql}"
        " GROUP BY currency ORDER BY currency".encode(),
        [*bucket_parameters(as_of), *source.parameters],
    )
    rows = (aging_row(currency, sums) for currency, *sums in await found.fetchall())
    return AgingReport(as_of=as_of, rows=tuple(row for row in rows if any(row.minor) or any(row.invoices)))


@query(Capability.REPORTS_READ)
async def aging_by_debtor(
    connection: ReadConnection,
    reader: Reader,
    *,
    as_of: date,
    issuer_id: IssuerId | None = None,
    page: PageRequest = FIRST_PAGE,
) -> Page[DebtorAging]:
    """The debtors who had something open at the end of `as_of`, in order of their reference. Raises `BadCursor`."""
    open_then = _entries(reader, as_of, issuer_id)
    # The page walks the references and stops when it is full: what lies behind it costs nothing.
    where = Where(reader, _PROJECTION, alias="d").add(
        f"EXISTS (SELECT FROM read_receivables_entries WHERE {open_then.sql} AND debtor_id = d.debtor_id"
        " GROUP BY invoice_id HAVING sum(open_delta) <> 0)",
        *open_then.parameters,
    )
    found = await page_of(
        connection,
        "d.debtor_id, d.reference, d.name",
        "read_receivables_debtors d",
        where,
        _BY_REFERENCE,
        page,
        row=lambda each: each,
    )
    rows = await _rows_of(connection, reader, as_of, issuer_id, [debtor_id for debtor_id, _, _ in found.items])
    items = tuple(
        DebtorAging(debtor_id=debtor_id, reference=reference, name=name, rows=tuple(row for row, _ in rows[debtor_id]))
        for debtor_id, reference, name in found.items
    )
    return Page(items, found.cursors, found.has_next, found.has_previous)


@query(Capability.REPORTS_READ)
async def every_debt(
    connection: ReadConnection,
    reader: Reader,
    *,
    as_of: date,
    issuer_id: IssuerId | None = None,
    only_overdue: bool = False,
    largest_first: bool = False,
    limit: int = MAX_WHOLE_ROWS,
) -> Whole[AgedDebt]:
    """The whole report by debtor, for files (S000-35): by reference, or the largest amount first.

    Raises `TooManyRows`.
    """
    open_then = _entries(reader, as_of, issuer_id)
    statement = (
        f"SELECT d.reference, d.name, a.* FROM ({_by_debtor(open_then)}) a JOIN read_receivables_debtors d"
        " ON d.tenant_id = %b AND d.generation = a.generation AND d.debtor_id = a.debtor_id"
        f"{' WHERE a.oldest < %b' if only_overdue else ''}"
        " ORDER BY d.reference, d.debtor_id, a.currency LIMIT %b"
    )
    late = [as_of] if only_overdue else []
    parameters = [*bucket_parameters(as_of), *open_then.parameters, reader.tenant_id, *late, limit + 1]
    found = await (await connection.execute(statement.encode(), parameters)).fetchall()
    if len(found) > limit:
        raise TooManyRows(limit)
    items = [_aged(row) for row in found]
    if largest_first:
        items.sort(key=lambda each: -each.row.open_minor)
    return Whole(items=tuple(items), position=await position_of(connection, _PROJECTION))


@query(Capability.REPORTS_READ)
async def debts(
    connection: ReadConnection,
    reader: Reader,
    *,
    as_of: date,
    issuer_id: IssuerId | None = None,
    currency: str | None = None,
    only_overdue: bool = False,
    page: PageRequest = FIRST_PAGE,
) -> Page[Debt]:
    """Debtors by what they owed at the end of `as_of`, the largest open amount first. Raises `BadCursor`."""
    simple = reader.reach.nodes is None and issuer_id is None and not only_overdue
    if simple and await _nothing_after(connection, reader, as_of):
        source = "read_receivables_balances"
        where = Where(reader, _PROJECTION).add("open_minor <> 0")
    else:
        inner = _entries(reader, as_of, issuer_id)
        source = (
            "(SELECT tenant_id, generation, debtor_id, currency, sum(open_delta)::bigint AS open_minor,"
            " coalesce(sum(open_delta) FILTER (WHERE due_on < %b), 0)::bigint AS overdue_minor"
            f" FROM read_receivables_entries WHERE {inner.sql} GROUP BY 1, 2, 3, 4) AS owed"
        )
        where = Where(reader, _PROJECTION).add("open_minor <> 0" + (" AND overdue_minor <> 0" if only_overdue else ""))
        where.parameters[:0] = [as_of, *inner.parameters]
    found = await page_of(
        connection,
        "debtor_id, currency",
        source,
        where.equal("currency", currency),
        _BY_AMOUNT,
        page,
        row=lambda each: each,
    )
    items = await _debts_of(connection, reader, as_of, issuer_id, found.items)
    return Page(items, found.cursors, found.has_next, found.has_previous)


def _entries(reader: Reader, as_of: date, issuer_id: IssuerId | None) -> Where:
    where = Where(reader, _PROJECTION).within_reach(*_NODES).equal("issuer_id", issuer_id)
    return where.add("effective_on <= %b AND invoice_id IS NOT NULL", as_of)


def _by_debtor(where: Where) -> str:
    """Open invoices of the entries in `where`, summed by debtor and currency. Invoice by invoice, to count them."""
    return (
        f"SELECT generation, debtor_id, currency, min(due_on) AS oldest, {bucket_sums('open_minor', '1')} FROM"
        " (SELECT generation, debtor_id, currency, due_on, sum(open_delta) AS open_minor FROM read_receivables_entries"
        f" WHERE {where.sql} GROUP BY generation, debtor_id, currency, due_on, invoice_id HAVING sum(open_delta) <> 0)"
        " AS open_invoices GROUP BY generation, debtor_id, currency"
    )


async def _rows_of(
    connection: ReadConnection, reader: Reader, as_of: date, issuer_id: IssuerId | None, debtors: list[UUID]
) -> dict[UUID, list[tuple[AgingRow, date]]]:
    """For each of `debtors`, its row per currency with the oldest due date."""
    where = _entries(reader, as_of, issuer_id).add("debtor_id = ANY(%b)", debtors)
    found = await connection.execute(
        f"{_by_debtor(where)} ORDER BY currency".encode(), [*bucket_parameters(as_of), *where.parameters]
    )
    result: dict[UUID, list[tuple[AgingRow, date]]] = {debtor_id: [] for debtor_id in debtors}
    for _, debtor_id, currency, oldest, *sums in await found.fetchall():
        result[debtor_id].append((aging_row(currency, sums), oldest))
    return result


async def _debts_of(
    connection: ReadConnection,
    reader: Reader,
    as_of: date,
    issuer_id: IssuerId | None,
    keys: tuple[tuple[Any, ...], ...],
) -> tuple[Debt, ...]:
    debtors = list({debtor_id for debtor_id, _ in keys})
    where = Where(reader, _PROJECTION).add("debtor_id = ANY(%b)", debtors)
    named = await connection.execute(
        f"SELECT debtor_id, reference, name FROM read_receivables_debtors WHERE {where.sql}".encode(), where.parameters
    )
    rows = await _rows_of(connection, reader, as_of, issuer_id, debtors)
    names = {debtor_id: (reference, name) for debtor_id, reference, name in await named.fetchall()}
    by_key = {(debtor_id, row.currency): (row, oldest) for debtor_id, many in rows.items() for row, oldest in many}
    return tuple(_debt(DebtorId(key[0]), *names[key[0]], *by_key[key]) for key in keys if key in by_key)


def _debt(debtor_id: DebtorId, reference: str, name: str, row: AgingRow, oldest: date) -> Debt:
    return Debt(
        debtor_id=debtor_id,
        reference=reference,
        name=name,
        currency=row.currency,
        open_minor=row.open_minor,
        overdue_minor=row.overdue_minor,
        open_invoices=row.open_invoices,
        oldest_due_on=oldest,
    )


async def _nothing_after(connection: ReadConnection, reader: Reader, as_of: date) -> bool:
    """Whether the balances of now are those of `as_of`: nothing takes effect later."""
    where = Where(reader, _PROJECTION).add("effective_on > %b", as_of)
    found = await connection.execute(
        f"SELECT NOT EXISTS (SELECT FROM read_receivables_entries WHERE {where.sql})".encode(), where.parameters
    )
    row = await found.fetchone()
    return bool(row and row[0])


def _aged(found: tuple[Any, ...]) -> AgedDebt:
    reference, name, _, debtor_id, currency, oldest, *sums = found
    return AgedDebt(
        debtor_id=debtor_id, reference=reference, name=name, oldest_due_on=oldest, row=aging_row(currency, sums)
    )
