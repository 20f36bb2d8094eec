"""The hot questions about invoices are answered by index as the application role (design "indexes under RLS", C33)."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from backend.read.activity.queries import ActivityFilter, activity
from backend.read.catch_up import catch_up
from backend.read.deliveries.queries import deliveries
from backend.read.invoices.filters import InvoiceFilter, InvoiceSort
from backend.read.invoices.queries import invoice, invoices
from backend.runtime.database import connect
from backend.runtime.settings import Settings
from backend.tenants.actor import Reader
from backend.values.identifiers import RunId
from tests.given.past import START, Past
from tests.read.test_plans import plan_of

TODAY = START.date() + timedelta(days=3)


async def test_hot_questions_read_by_index(past: Past, settings: Settings) -> None:
    """List, due dates, numbers, one debtor, one run, search, detail, dispatches and activity of one thing."""
    members = [past.a_member(f"Namn{index} Östlund{index}") for index in range(300)]
    await past.record(*members)
    issued = [past.an_issue(member) for member in members]
    await past.record(*[event for each in issued for event in (each, past.a_delivery(each))])
    await catch_up(past.database, past.keyring, past.tenant_id)
    async with await connect(settings.owner_database_url) as owner:
        await owner.execute("ANALYZE read_invoices, read_invoice_words, read_deliveries, read_activity")
    reader, one = Reader(tenant_id=past.tenant_id), issued[7]
    run_id = RunId(past.issuer_id)
    expected: dict[str, Callable[[Any], Awaitable[Any]]] = {
        "read_invoices_position": lambda c: invoices(c, reader, now=START),
        "read_invoices_due": lambda c: invoices(c, reader, now=START, sort=InvoiceSort("due_on", False)),
        "read_invoices_number": lambda c: invoices(c, reader, now=START, sort=InvoiceSort("number", False)),
        "read_invoices_debtor": lambda c: invoices(c, reader, now=START, filter=InvoiceFilter(debtor_id=one.debtor_id)),
        "read_invoices_run": lambda c: invoices(c, reader, now=START, filter=InvoiceFilter(run_id=run_id)),
        "read_invoice_words_pkey": lambda c: invoices(c, reader, now=START, filter=InvoiceFilter(search="ostlund7")),
        "read_invoice_documents_pkey": lambda c: invoice(c, reader, invoice_id=one.invoice_id, now=START),
        "read_invoice_history_pkey": lambda c: invoice(c, reader, invoice_id=one.invoice_id, now=START),
        "read_deliveries_invoice": lambda c: deliveries(c, reader, invoice_id=one.invoice_id),
        "read_activity_subject": lambda c: activity(c, reader, filter=ActivityFilter(subject_id=one.invoice_id)),
    }
    for index, ask in expected.items():
        plan = await plan_of(past.database, past, ask)  # type: ignore[arg-type]
        assert index in plan, plan
