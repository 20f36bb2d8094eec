"""`carreau status`: what every federation of this installation is owed, and where its mails are."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from backend.cli.with_services import run_with_services

if TYPE_CHECKING:
    from backend.cli import Commands
    from backend.services import Services
    from backend.values.identifiers import TenantId


# Columns of a line that is no terminal's.
WIDE: Final = 140


def register(commands: Commands) -> None:
    parser = commands.add_parser("status", help="totals of every tenant: issued, owed, overdue, deliveries")
    parser.add_argument("--tenant", metavar="SLUG", help="this one only")
    parser.set_defaults(run=lambda said: run_with_services(lambda services: status(services, said)))


async def status(services: Services, said: argparse.Namespace) -> int:
    """One table over all tenants. Each is asked in its own scope: no statement sees two of them."""
    from rich.console import Console
    from rich.table import Table

    from backend.cli.tenants import tenants_of

    table = Table("tenant", "currency", "invoices", "issued", "outstanding", "overdue", "deliveries")
    for column in table.columns[2:6]:
        column.justify = "right"
    for slug, tenant_id in await tenants_of(services, said.tenant):
        for line in await _lines(services, slug, tenant_id):
            table.add_row(*line)
    # Into a pipe or a file nothing is cut off.
    Console(width=None if sys.stdout.isatty() else WIDE).print(table)
    return 0


async def _lines(services: Services, slug: str, tenant_id: TenantId) -> list[tuple[str, ...]]:
    from collections import Counter

    from backend.read.catch_up import catch_up
    from backend.read.dashboards.queries import dashboard_totals
    from backend.read.deliveries.queries import delivery_counts
    from backend.read.issuers.queries import issuer_list
    from backend.tenants.actor import Reader
    from backend.values.money import Money

    await catch_up(services.database, services.keyring, tenant_id)
    reader = Reader(tenant_id=tenant_id)
    async with services.database.snapshot(tenant_id) as connection:
        issuers = await issuer_list(connection, reader)
        # Invoices bear the date of their issuer, who may be a day ahead of Greenwich.
        today = max((services.clock.today(issuer.time_zone) for issuer in issuers), default=services.clock.now().date())
        totals = await dashboard_totals(connection, reader, as_of=today)
        delivered = await delivery_counts(connection, reader)
    sums: dict[str, Counter[str]] = {}
    for row in totals:
        sums.setdefault(row.currency, Counter()).update(
            invoices=row.issued_count,
            issued=row.issued_minor,
            outstanding=row.outstanding_minor,
            overdue=row.overdue_minor,
        )
    mails = ", ".join(f"{count} {state}" for state, count in sorted(delivered.items()))
    return [
        (
            slug,
            currency,
            str(found["invoices"]),
            *(str(Money(found[name], currency).decimal) for name in ("issued", "outstanding", "overdue")),
            mails,
        )
        for currency, found in sorted(sums.items())
    ] or [(slug, "", "0", "", "", "", mails)]
