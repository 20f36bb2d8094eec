"""Invoices of many tenants as one list, the newest first: each tenant is asked for its own page in its own scope, and
the pages are merged here. A tenant that the operator has not entered is not asked at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from backend.api.platform.looking import each
from backend.read.invoices.answers import InvoiceRow
from backend.read.invoices.filters import InvoiceFilter, InvoiceSort, order_of
from backend.read.invoices.queries import invoices
from backend.read.paging import Order, Page, PageRequest
from backend.services import Services
from backend.tenants.actor import Reader
from backend.tenants.platform import GovernedTenant, open_look
from backend.values.identifiers import UserId

_SORT: Final = InvoiceSort(field="issued_on", descending=True)
_WITHIN: Final = order_of(_SORT)
# Within one tenant the day and the journal's position name an invoice; over all of them the tenant does as well.
_OVER_ALL: Final = Order(
    "platform-invoices", (("day", "date"), ("position", "bigint"), ("tenant", "uuid")), descending=True
)
MAX_POSITION: Final = (1 << 63) - 1

Key = tuple[date, int, str]


@dataclass(frozen=True, slots=True)
class FoundInvoice:
    """An invoice, and whose it is."""

    tenant: GovernedTenant
    row: InvoiceRow


async def invoices_of(
    services: Services,
    who: UserId,
    tenants: Sequence[GovernedTenant],
    *,
    wanted: InvoiceFilter,
    now: datetime,
    size: int,
    after: str | None,
) -> Page[FoundInvoice]:
    """One page over `tenants`. Raises `BadCursor`."""
    beyond: Key | None = None
    if after is not None:
        day, position, tenant = _OVER_ALL.read(after)
        beyond = (day, position, str(tenant))

    async def of_one(tenant: GovernedTenant) -> tuple[list[tuple[Key, FoundInvoice]], bool]:
        request = PageRequest(first=size, after=_cursor_within(tenant, beyond))
        async with services.database.snapshot(tenant.tenant_id) as connection:
            # In one moment with the rows: without an open look there are none.
            if await open_look(connection, tenant.tenant_id, who, at=services.clock.now()) is None:
                return [], False
            page = await invoices(
                connection, Reader(tenant_id=tenant.tenant_id), now=now, filter=wanted, sort=_SORT, page=request
            )
        keys = [_WITHIN.read(cursor) for cursor in page.cursors]
        found = [
            ((day, position, str(tenant.tenant_id)), FoundInvoice(tenant, row))
            for (day, position), row in zip(keys, page.items, strict=True)
        ]
        return found, page.has_next

    pages = await each(tenants, of_one)
    merged = sorted((item for found, _ in pages for item in found), key=lambda item: item[0], reverse=True)
    shown = merged[:size]
    return Page(
        items=tuple(found for _, found in shown),
        cursors=tuple(_OVER_ALL.write(key) for key, _ in shown),
        has_next=len(merged) > size or any(more for _, more in pages),
        has_previous=after is not None,
    )


def _cursor_within(tenant: GovernedTenant, beyond: Key | None) -> str | None:
    """Where this tenant's rows go on after `beyond`. Of two invoices with the same day and position the one of the
    greater tenant comes first; so in a lesser one that very key is still to come."""
    if beyond is None:
        return None
    day, position, last = beyond
    if str(tenant.tenant_id) < last:
        position = min(position + 1, MAX_POSITION)
    return _WITHIN.write((day, position))
