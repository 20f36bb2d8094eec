"""What a list of invoices can be asked for, and how that reads in SQL: a status is stored axes and a moment."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from backend.read.paging import Kind, Order
from backend.read.where import Where
from backend.rules.status import Status
from backend.values.identifiers import DebtorId, IssuerId, RunId

SortField = Literal["created", "number", "issued_on", "due_on", "total", "open", "debtor"]

# A draft has no dates yet: it comes after everything that has.
_NO_DATE: Final = "DATE '9999-12-31'"
_SORTS: Final[dict[SortField, tuple[tuple[str, Kind], ...]]] = {
    "created": (("i.position", "bigint"),),
    "number": (("i.number", "text"), ("i.invoice_id", "uuid")),
    "issued_on": ((f"coalesce(i.issued_on, {_NO_DATE})", "date"), ("i.position", "bigint")),
    "due_on": ((f"coalesce(i.due_on, {_NO_DATE})", "date"), ("i.position", "bigint")),
    "total": (("i.total_minor", "bigint"), ("i.position", "bigint")),
    "open": (("i.open_minor", "bigint"), ("i.position", "bigint")),
    "debtor": (("i.debtor_name", "text"), ("i.position", "bigint")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFilter:
    """What invoices are wanted; None and the empty tuple ask for nothing. Dates and amounts are inclusive.

    `search` finds beginnings of words in the number, the references, the debtor's name and the member number.
    """

    status: tuple[Status, ...] = ()
    something_paid: bool | None = None
    issuer_id: IssuerId | None = None
    debtor_id: DebtorId | None = None
    season: str | None = None
    run_id: RunId | None = None
    issued_from: date | None = None
    issued_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    currency: str | None = None
    total_from: int | None = None
    total_to: int | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceSort:
    """The order of the list: the newest first unless said otherwise."""

    field: SortField = "created"
    descending: bool = True


ANY_INVOICE: Final = InvoiceFilter()
NEWEST_FIRST: Final = InvoiceSort()


def order_of(sort: InvoiceSort) -> Order:
    name = f"invoices-{sort.field}-{'down' if sort.descending else 'up'}"
    return Order(name, _SORTS[sort.field], descending=sort.descending)


def restrict(where: Where, wanted: InvoiceFilter, now: datetime) -> Where:
    """Add the conditions of `wanted` on the table `read_invoices`, called `i`; all but the search (`search.py`)."""
    where.equal("i.issuer_id", wanted.issuer_id).equal("i.debtor_id", wanted.debtor_id)
    where.equal("i.season", wanted.season).equal("i.run_id", wanted.run_id).equal("i.currency", wanted.currency)
    if wanted.something_paid is not None:
        # A credit note makes less of an invoice; what else is not open was paid.
        paid = "i.document_state <> 'draft' AND i.open_minor < i.total_minor - i.credited_minor"
        where.add(f"({paid})" if wanted.something_paid else f"NOT ({paid})")
    where.between("i.issued_on", wanted.issued_from, wanted.issued_to)
    where.between("i.due_on", wanted.due_from, wanted.due_to)
    where.between("i.total_minor", wanted.total_from, wanted.total_to)
    if wanted.status:
        add_status(where, wanted.status, now)
    return where


def add_status(where: Where, wanted: tuple[Status, ...], now: datetime) -> Where:
    """One of these words, as `rules.status.derived_status` would say it at this moment."""
    conditions = [status_sql(status) for status in dict.fromkeys(wanted)]
    moments = sum(condition.count("%b") for condition in conditions)
    return where.add(f"({' OR '.join(conditions)})", *[now] * moments)


def status_sql(status: Status) -> str:
    """The condition for one word; each `%b` is the moment."""
    issued = "i.document_state = 'issued'"
    owing = f"{issued} AND i.open_minor > 0"
    late, in_time = "i.overdue_from <= %b", "(i.overdue_from IS NULL OR i.overdue_from > %b)"
    untouched = f"{owing} AND {in_time} AND i.open_minor >= i.total_minor - i.credited_minor"
    conditions: dict[Status, str] = {
        "cancelled": "i.document_state = 'cancelled'",
        "draft": "i.document_state = 'draft'",
        "paid": f"{issued} AND i.open_minor <= 0",
        "overdue": f"{owing} AND {late}",
        "partially_paid": f"{owing} AND {in_time} AND i.open_minor < i.total_minor - i.credited_minor",
        "viewed": f"{untouched} AND i.delivery_state = 'viewed'",
        "sent": f"{untouched} AND i.delivery_state IN ('sent', 'delivered')",
        "issued": f"{untouched} AND i.delivery_state NOT IN ('viewed', 'sent', 'delivered')",
    }
    return f"({conditions[status]})"
