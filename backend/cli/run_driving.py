"""Carrying a run to its end from the command line, whether or not workers are there to help; with a progress bar."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Final
from uuid import UUID

from backend.cli.run_terms import Terms
from backend.cli.with_services import CannotGoOn

if TYPE_CHECKING:
    from rich.progress import Progress

    from backend.documents.renderer import RendererPool
    from backend.outbound.smtp import SmtpPool
    from backend.services import Services
    from backend.values.identifiers import DebtorId, RunId, TenantId
    from backend.write.renewals.start import StartRun

# How often the same members may be run for the same season on the same terms: each time after something was cleared.
MAX_REPEATS: Final = 1_000
POLL_SECONDS: Final = 0.2
# Without a mail getting anywhere for so long, the workers are left alone with the rest.
PATIENCE_SECONDS: Final = 30.0
# Where a delivery stands after its last event.
STATES: Final = {
    "delivery-queued": "waiting",
    "delivery-deferred": "queued",
    "delivery-sent": "sent",
    "delivery-confirmed": "delivered",
    "delivery-bounced": "bounced",
    "delivery-unknown": "unknown",
    "delivery-failed": "failed",
}


async def already_billed(services: Services, terms: Terms, debtors: Sequence[DebtorId]) -> int:
    """How many of the debtors have an invoice for one of these components in this season."""
    from backend.inline.billed import billed_for
    from backend.journal.load import inline_generation

    tenant_id = terms.tenant.tenant_id
    async with services.database.scope(tenant_id) as connection:
        generation = await inline_generation(connection, tenant_id)
        codes = [component.code or component.name for component in terms.components]
        billed = await billed_for(connection, tenant_id, generation, debtors, terms.season, codes)
    return sum(bool(found) for found in billed.values())


async def start_or_resume(services: Services, terms: Terms, debtors: Sequence[DebtorId]) -> RunId:
    """The run of these members on these terms: the one that was interrupted, or a new one.

    Its identifier follows from what is billed, so that a command that was killed and repeated finds its own run.
    """
    from backend.api.dispatch import carry_out
    from backend.tenants.actor import system_actor
    from backend.tenants.capabilities import Capability
    from backend.worker.runs import open_runs
    from backend.write.renewals.start import RunAlreadyStarted

    tenant_id = terms.tenant.tenant_id
    unfinished = {run.run_id for run in await open_runs(services.database, tenant_id)}
    for repeat in range(MAX_REPEATS):
        command = _start(terms, debtors, repeat)
        if command.run_id in unfinished:
            print("  a run of these members was interrupted: it goes on where it stopped")
            return command.run_id
        try:
            await carry_out(services, system_actor(tenant_id, "command-line", Capability.RUNS_START), command)
        except RunAlreadyStarted:
            continue
        return command.run_id
    raise CannotGoOn(f"these members were run {MAX_REPEATS} times on these terms")


async def drive(services: Services, terms: Terms, run_id: RunId, *, members: int) -> None:
    """Issue every chunk, then deliver, each with a bar. Workers may do the same at the same time."""
    from backend.worker.runs import advance, open_runs

    tenant_id = terms.tenant.tenant_id
    with _bars() as progress:
        issuing = progress.add_task("issuing", total=members)
        run = next((run for run in await open_runs(services.database, tenant_id) if run.run_id == run_id), None)
        if run is not None:
            share = -(-members // run.chunks)
            await advance(services, tenant_id, run, after_chunk=lambda _: progress.advance(issuing, share))
        progress.update(issuing, completed=members)
        await _deliver(services, tenant_id, run_id, progress)


async def issued_by(services: Services, tenant_id: TenantId, run_id: RunId) -> list[UUID]:
    """The invoices of a run, from its own record: read models may be a moment behind."""
    from backend.events.renewals import RunChunkIssued
    from backend.journal.keys import PersonKeys
    from backend.journal.load import events_of

    async with services.database.scope(tenant_id) as connection:
        keys = PersonKeys(services.keyring, connection, tenant_id)
        found = await events_of(connection, tenant_id, {run_id: 0}, keys)
    chunks = [recorded.event for recorded in found[run_id] if isinstance(recorded.event, RunChunkIssued)]
    return [invoice_id for chunk in chunks for invoice_id in chunk.invoice_ids]


async def deliveries_of(services: Services, tenant_id: TenantId, invoices: list[UUID]) -> Counter[str]:
    """How many deliveries of the invoices are in each state; `waiting` are those without any outcome yet."""
    from backend.journal.load import last_types
    from backend.values.identifiers import derived_id

    deliveries = [derived_id(invoice, "delivery") for invoice in invoices]
    async with services.database.scope(tenant_id) as connection:
        last = await last_types(connection, tenant_id, deliveries)
    return Counter(STATES[name] for name in last.values())


async def mails_waiting(services: Services, tenant_id: TenantId) -> int:
    """How many documents of the tenant are still to be sent."""
    from backend.inline.outbound_work import waiting

    async with services.database.scope(tenant_id) as connection:
        return await waiting(connection, tenant_id)


async def _deliver(services: Services, tenant_id: TenantId, run_id: RunId, progress: Progress) -> None:
    """Until every mail of the run has an outcome, or waits for a later attempt."""
    from backend.outbound.senders.document_mail import DocumentMail
    from backend.outbound.work import send_due

    invoices = await issued_by(services, tenant_id, run_id)
    counts = await deliveries_of(services, tenant_id, invoices)
    total, waiting = counts.total(), counts["waiting"]
    if not waiting:
        return
    delivering = progress.add_task("delivering", total=total, completed=total - waiting)
    loop = asyncio.get_running_loop()
    moved_at, before = loop.time(), waiting
    async with _outbound(services) as (smtp, renderers):
        while waiting and loop.time() - moved_at < PATIENCE_SECONDS:
            if not await send_due(services, [DocumentMail(services, smtp, renderers)], tenant_id):
                # What is left is in the hands of a worker.
                await asyncio.sleep(POLL_SECONDS)
            waiting = (await deliveries_of(services, tenant_id, invoices))["waiting"]
            progress.update(delivering, completed=total - waiting)
            if waiting != before:
                moved_at, before = loop.time(), waiting


@asynccontextmanager
async def _outbound(services: Services) -> AsyncIterator[tuple[SmtpPool, RendererPool]]:
    from backend.documents.renderer import RendererPool
    from backend.outbound.smtp import SmtpPool, SmtpSettings

    async with AsyncExitStack() as stack:
        smtp = await stack.enter_async_context(SmtpPool(SmtpSettings.from_url(services.settings.smtp_url)))
        yield smtp, await stack.enter_async_context(RendererPool(processes=2))


def _start(terms: Terms, debtors: Sequence[DebtorId], repeat: int) -> StartRun:
    from backend.values.identifiers import RunId, derived_id
    from backend.write.renewals.start import StartRun

    fees = [(each.name, str(each.amount), each.recipient, each.tax_category) for each in terms.components]
    billed = f"{fees}:{sorted(map(str, debtors))}:{terms.season}:{repeat}"
    return StartRun(
        run_id=RunId(derived_id(terms.issuer.issuer_id, billed)),
        issuer_id=terms.issuer.issuer_id,
        kind="licence_renewal",
        components=terms.components,
        debtors=tuple(debtors),
        season=terms.season,
        deliver=terms.deliver,
    )


def _bars() -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    # Where the output is a file, nothing is drawn: the report says everything.
    return Progress(TextColumn("  {task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
