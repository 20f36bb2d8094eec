"""The questions of the console."""

from typing import Final, get_args

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.money import Money, money
from backend.api.graphql.paging import Connection, connection
from backend.api.graphql.paging import page as page_asked
from backend.api.graphql.scalars import BigInt
from backend.api.graphql.sizes import listed
from backend.api.platform.invoices import FoundInvoice, invoices_of
from backend.api.platform.looking import governed, operator
from backend.api.platform.types import PlatformSwitch, PlatformTenant, newest, switch_of
from backend.api.problems import Fault, Malformed
from backend.read.invoices.filters import InvoiceFilter
from backend.read.paging import Order, Page
from backend.rules.status import Status
from backend.runtime.due import DUE
from backend.runtime.telemetry import counted
from backend.tenants.platform import MAX_SEARCH, halted_since
from backend.values.identifiers import TenantId

_BY_SLUG: Final = Order("platform-tenants", (("slug", "text"),))
# A draft is nobody's business but its author's: it is shown only when it is asked for by its status.
_SHOWN: Final[tuple[Status, ...]] = tuple(status for status in get_args(Status) if status != "draft")
MAX_STATUSES: Final = 9
# Reasons of failed renderings, and the like: a handful by construction.
MAX_COUNTS: Final = 50


@output
class PlatformInvoice:
    """An invoice of one of the tenants, as its own people see it in their list."""

    id: strawberry.ID
    tenant_id: strawberry.ID
    tenant_name: str
    number: str
    status: Status
    issuer_name: str
    debtor_name: str
    issued_on: str
    total: Money
    open: Money


@output
class PlatformQueue:
    """Calls of the workers that wait in a queue."""

    name: str
    waiting: int


@output
class PlatformCount:
    """How often something ended in this way."""

    outcome: str
    count: int


@output
class PlatformHealth:
    """The service as a whole. Counts are since it was started, over all its processes; `queuesKnown` is false when
    Valkey does not answer."""

    switch: PlatformSwitch
    queues: list[PlatformQueue] = listed(4, 10)
    queues_known: bool
    issuing: list[PlatformCount] = listed(3, MAX_COUNTS)
    rendered: int
    rendering_failed: list[PlatformCount] = listed(3, MAX_COUNTS)
    dispatching: list[PlatformCount] = listed(6, MAX_COUNTS)


@output
class PlatformQueries:
    """The questions of the console: for operators of the platform only."""

    @resolved
    async def platform_tenants(
        self,
        info: Info,
        search: str = "",
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[PlatformTenant]:
        """The tenants of this platform, by their short name. Read forwards only."""
        size = _forwards(first, after, last, before)
        beyond = _BY_SLUG.read(after)[0] if after else ""
        rows = await governed(info, search=search.strip()[:MAX_SEARCH], beyond=beyond, limit=size + 1)
        shown = rows[:size]
        page = Page(
            items=shown,
            cursors=tuple(_BY_SLUG.write((row.slug,)) for row in shown),
            has_next=len(rows) > size,
            has_previous=after is not None,
        )
        return connection(page, PlatformTenant.of)

    @resolved
    async def platform_tenant(self, info: Info, id: TenantId) -> PlatformTenant | None:
        """One of them; null for any other."""
        rows = await governed(info, wanted=[id])
        return PlatformTenant.of(rows[0]) if rows else None

    @resolved
    async def platform_invoices(
        self,
        info: Info,
        tenant_id: TenantId | None = None,
        search: str = "",
        status: list[Status] | None = None,
        currency: str | None = None,
        total_from: BigInt | None = None,
        total_to: BigInt | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[PlatformInvoice]:
        """Invoices of the tenants you have entered (or of one of them), the newest first. Read forwards only."""
        size = _forwards(first, after, last, before)
        services = info.context.services
        tenants = await governed(info, wanted=None if tenant_id is None else [tenant_id])
        chosen = tuple(dict.fromkeys(status or ()))[:MAX_STATUSES]
        wanted = InvoiceFilter(
            status=chosen or _SHOWN, currency=currency, total_from=total_from, total_to=total_to, search=search
        )
        found = await invoices_of(
            services, await operator(info), tenants, wanted=wanted, now=services.clock.now(), size=size, after=after
        )
        return connection(found, _invoice)

    @resolved
    async def platform_health(self, info: Info) -> PlatformHealth:
        """How the service fares: its switch, its queues, what failed."""
        await governed(info, limit=1)
        services, here = info.context.services, info.context.actor.tenant_id
        async with services.database.snapshot(here) as connected:
            halted = await halted_since(connected)
        waiting = await services.doorbell.waiting(sorted(DUE))
        return PlatformHealth(
            switch=switch_of(halted is None, await newest(info, here, "platform-switch-turned")),
            queues=[PlatformQueue(name=name, waiting=count) for name, count in waiting.items()],
            queues_known=bool(waiting),
            issuing=_counts("carreau_invoices_issued_total"),
            rendered=int(sum(counted("carreau_pdf_seconds_count").values())),
            rendering_failed=_counts("carreau_pdf_errors_total"),
            dispatching=_counts("carreau_deliveries_total"),
        )


def _counts(name: str) -> list[PlatformCount]:
    found = sorted(counted(name).items())
    return [PlatformCount(outcome=outcome, count=int(count)) for outcome, count in found[:MAX_COUNTS]]


def _forwards(first: int | None, after: str | None, last: int | None, before: str | None) -> int:
    """The size of the page. Several tenants are read in one direction only."""
    if last is not None or before is not None:
        raise Malformed(Fault(detail="this list is read forwards: say first and after", path=("last",)))
    return page_asked(first, after, None, None).size


def _invoice(found: FoundInvoice) -> PlatformInvoice:
    row = found.row
    return PlatformInvoice(
        id=encoded("Invoice", row.invoice_id),
        tenant_id=encoded("Tenant", found.tenant.tenant_id),
        tenant_name=found.tenant.name,
        number=row.number,
        status=row.status,
        issuer_name=row.issuer_name,
        debtor_name=row.debtor_name,
        issued_on=row.issued_on.isoformat() if row.issued_on else "",
        total=money(row.total_minor, row.currency),
        open=money(row.open_minor, row.currency),
    )
