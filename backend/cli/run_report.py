"""What a run came to: totals, numbers from first to last, refusals by code, deliveries by state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from backend.cli.run_driving import deliveries_of, issued_by
from backend.cli.run_terms import Terms

if TYPE_CHECKING:
    from backend.read.runs.queries import RunOutcome
    from backend.services import Services
    from backend.values.identifiers import DebtorId, RunId

REASONS_SHOWN: Final = 3
PAGE: Final = 100


async def report(services: Services, terms: Terms, run_id: RunId, by_debtor: Mapping[DebtorId, str]) -> int:
    """Print it. The exit code is 1 only when the run did not get to its end."""
    from backend.read.paging import PageRequest
    from backend.read.runs.queries import run, run_outcomes
    from backend.tenants.actor import Reader
    from backend.values.money import Money

    tenant_id = terms.tenant.tenant_id
    await caught_up(services, terms)
    reader = Reader(tenant_id=tenant_id)
    async with services.database.snapshot(tenant_id) as connection:
        row = await run(connection, reader, run_id=run_id)
        assert row is not None, "the run was started, and its read model is caught up"
        first = await run_outcomes(connection, reader, run_id=run_id, outcome="issued", page=PageRequest(first=1))
        last = await run_outcomes(connection, reader, run_id=run_id, outcome="issued", page=PageRequest(last=1))
    print()
    if row.issued:
        total = Money(row.total_minor, row.currency)
        print(f"Issued {row.issued} invoices, {total} in all: {first.items[0].number} to {last.items[0].number}")
    else:
        print("Issued no invoice.")
    if row.refused:
        _tell_refusals(await _refusals(services, terms, run_id), by_debtor)
    invoices = await issued_by(services, tenant_id, run_id)
    _tell_deliveries(await deliveries_of(services, tenant_id, invoices), services.settings.mailbox_url)
    if row.state != "completed":
        done = f"{row.chunks_done} of {row.chunks} chunks done"
        print(f"The run is {row.state}, with {done}: repeat the command to go on")
        return 1
    return 0


async def caught_up(services: Services, terms: Terms) -> None:
    """Let the read models see everything that was recorded up to now."""
    from backend.journal.load import head_position
    from backend.read.catch_up import catch_up

    async with services.database.scope(terms.tenant.tenant_id) as connection:
        head = await head_position(connection, terms.tenant.tenant_id, "money")
    await catch_up(services.database, services.keyring, terms.tenant.tenant_id, book="money", until=head)


async def _refusals(services: Services, terms: Terms, run_id: RunId) -> list[RunOutcome]:
    from backend.read.paging import PageRequest
    from backend.read.runs.queries import run_outcomes
    from backend.tenants.actor import Reader

    reader = Reader(tenant_id=terms.tenant.tenant_id)
    found: list[RunOutcome] = []
    page = PageRequest(first=PAGE)
    async with services.database.snapshot(terms.tenant.tenant_id) as connection:
        while True:
            got = await run_outcomes(connection, reader, run_id=run_id, outcome="refused", page=page)
            found.extend(got.items)
            if not got.has_next:
                return found
            page = PageRequest(first=PAGE, after=got.end_cursor)


def _tell_refusals(refusals: list[RunOutcome], by_debtor: Mapping[DebtorId, str]) -> None:
    by_code: dict[str, list[RunOutcome]] = defaultdict(list)
    for refusal in refusals:
        by_code[refusal.code].append(refusal)
    for code, found in sorted(by_code.items(), key=lambda each: -len(each[1])):
        print(f"Refused {len(found)}: {code}")
        for refusal in found[:REASONS_SHOWN]:
            print(f"  {by_debtor.get(refusal.debtor_id, refusal.debtor_id)}: {refusal.message}")
        if len(found) > REASONS_SHOWN:
            print(f"  … and {len(found) - REASONS_SHOWN} more")


def _tell_deliveries(counts: Counter[str], mailbox_url: str) -> None:
    if not counts:
        return
    said = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
    where = f"; read them at {mailbox_url}" if mailbox_url and counts["sent"] else ""
    print(f"Deliveries: {said}{where}")
    if counts["waiting"]:
        print("  the workers go on with those that wait (./carreau up, or ./carreau work)")
