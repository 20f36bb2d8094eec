"""Goal `pdf`: an invoice of three lines with its QR codes, against WeasyPrint on the same page."""

import asyncio
import importlib
import importlib.util
import multiprocessing
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

from backend.bench.bench import Bench, clocked
from backend.bench.goals import PDF, Outcome, Round
from backend.bench.world import a_draft, a_tenant, members
from backend.documents.fonts import fontconfig
from backend.documents.html import print_html
from backend.documents.render import chosen_for, render
from backend.documents.renderer import RendererPool
from backend.documents.view import document_view
from backend.events.invoices import InvoiceIssued
from backend.journal.keys import PersonKeys
from backend.journal.load import events_of
from backend.write.execute import execute
from backend.write.invoices.issue import IssueInvoice

PROCESSES: Final = 2


async def measure_pdf(bench: Bench) -> tuple[Outcome, ...]:
    """From the event to the PDF by ours; from ready HTML to the PDF by WeasyPrint, which is the smaller task."""
    if (missing := await asyncio.to_thread(_missing)) is not None:
        return (Outcome(goal=PDF, skipped=missing),)
    event, logo = await _issued(bench)
    html = print_html(document_view(event, logo=logo, language=chosen_for(event).language), chosen_for(event))
    bench.tell("pdf: ours")
    ours = await _ours(event, logo, warm_up=20, pages=bench.size(400, 150))
    bench.tell("pdf: WeasyPrint")
    theirs = await _weasyprint(html, warm_up=2, pages=bench.size(24, 10))
    remarks = (
        f"{len(event.lines)} lines; one page takes ours {PROCESSES / ours * 1000:.0f} ms of a process",
        "our page nests flex boxes, which WeasyPrint lays out again and again; a page of tables takes it about 200 ms",
    )
    return (Outcome(goal=PDF, rounds=(Round(figure=ours, floor=theirs),), remarks=remarks),)


def _missing() -> str | None:
    """Why WeasyPrint cannot be measured here."""
    if importlib.util.find_spec("weasyprint") is None:
        return "weasyprint is not installed: it is a development dependency"
    try:
        importlib.import_module("weasyprint")
    except OSError as error:
        # It loads Pango from the machine: apt-get install libpango-1.0-0 libpangoft2-1.0-0
        return f"weasyprint cannot be loaded: {str(error).splitlines()[0]}"
    return None


async def _issued(bench: Bench) -> tuple[InvoiceIssued, bytes | None]:
    services, tenant = bench.services, await a_tenant(bench.services)
    invoice_id = await a_draft(tenant, (await members(tenant, 1))[0], lines=3)
    await execute(services.write, tenant.actor, IssueInvoice(invoice_id=invoice_id, deliver=False))
    async with services.database.scope(tenant.tenant_id) as connection:
        keys = PersonKeys(services.keyring, connection, tenant.tenant_id)
        found = await events_of(connection, tenant.tenant_id, {invoice_id: 1}, keys)
    event = found[invoice_id][0].event
    assert isinstance(event, InvoiceIssued)
    logo = event.issuer.template.logo
    return event, await services.store.get(tenant.tenant_id, logo) if logo else None


async def _ours(event: InvoiceIssued, logo: bytes | None, *, warm_up: int, pages: int) -> float:
    async with RendererPool(processes=PROCESSES) as pool:
        places = asyncio.Semaphore(2 * PROCESSES)

        async def one() -> None:
            async with places:
                await render(event, pool=pool, logo=logo)

        await asyncio.gather(*(one() for _ in range(warm_up)))
        seconds, _ = await clocked(asyncio.gather(*(one() for _ in range(pages))))
    return pages / seconds


async def _weasyprint(html: str, *, warm_up: int, pages: int) -> float:
    spawn = multiprocessing.get_context("spawn")
    loop = asyncio.get_running_loop()
    with tempfile.TemporaryDirectory() as folder:
        fonts = str(fontconfig(Path(folder)))
        with ProcessPoolExecutor(PROCESSES, mp_context=spawn, initializer=_choose_fonts, initargs=(fonts,)) as pool:
            # Twice as many as there are processes, so that each of them has started and has read its fonts.
            await asyncio.gather(*(loop.run_in_executor(pool, _print, html) for _ in range(warm_up * PROCESSES)))
            work = asyncio.gather(*(loop.run_in_executor(pool, _print, html) for _ in range(pages)))
            seconds, _ = await clocked(work)
    return pages / seconds


def _choose_fonts(configuration: str) -> None:
    os.environ["FONTCONFIG_FILE"] = configuration


def _print(html: str) -> int:
    weasyprint = importlib.import_module("weasyprint")
    return len(weasyprint.HTML(string=html).write_pdf())
