"""The demo's past: invoices issued, paid, half paid, forgotten and cancelled, in the order in which it happened."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from backend.inline.debtors import debtors_by_reference
from backend.journal.load import inline_generation
from backend.seed.planting import Garden
from backend.seed.world import DemoBill
from backend.values.identifiers import CreditNoteId, DebtorId, InvoiceId, PaymentId, derived_id
from backend.write.credit_notes import CancelInvoice
from backend.write.invoices.draft import DraftInvoice, WantedContent, WantedLine
from backend.write.invoices.issue import IssueInvoice
from backend.write.payments import RegisterPayment

# How many days after the issue it happened.
PAID_AFTER: Final = 9
PARTLY_PAID_AFTER: Final = 20
CANCELLED_AFTER: Final = 4

Step = tuple[int, Callable[[], Awaitable[None]]]


async def live_through(garden: Garden, *, now: datetime) -> None:
    """Carry out what happened, oldest first: numbers and dates of a series rise together."""
    debtors = await _debtors(garden)
    steps: list[Step] = []
    for index, bill in enumerate(garden.tenant.bills):
        steps.extend(_steps(garden, index, bill, debtors[bill.debtor]))
    for days_ago, step in sorted(steps, key=lambda each: -each[0]):
        moment = now - timedelta(days=days_ago)
        if moment > garden.clock.now():
            garden.clock.travel_to(moment)
        await step()
    garden.clock.travel_to(max(now, garden.clock.now()))


def _steps(garden: Garden, index: int, bill: DemoBill, debtor_id: DebtorId) -> Iterator[Step]:
    invoice_id = InvoiceId(derived_id(garden.tenant_id, f"bill:{index}"))

    async def draft() -> None:
        await garden.do(f"draft:{index}", _draft(garden, invoice_id, bill, debtor_id))

    async def issue() -> None:
        await draft()
        # Mails of long ago would drown those of the visitor's own first run.
        await garden.do(f"issue:{index}", IssueInvoice(invoice_id=invoice_id, deliver=False))

    async def pay(share: Decimal) -> None:
        await _pay(garden, index, invoice_id, share)

    async def cancel() -> None:
        credit_note_id = CreditNoteId(derived_id(invoice_id, "credit-note"))
        command = CancelInvoice(credit_note_id=credit_note_id, invoice_id=invoice_id, reason="Medlemmen har flyttat")
        await garden.do(f"cancel:{index}", command)

    yield bill.days_ago, draft if bill.fate == "draft" else issue
    match bill.fate:
        case "paid":
            yield max(bill.days_ago - PAID_AFTER, 0), lambda: pay(Decimal(1))
        case "partly_paid":
            yield max(bill.days_ago - PARTLY_PAID_AFTER, 0), lambda: pay(Decimal("0.4"))
        case "cancelled":
            yield max(bill.days_ago - CANCELLED_AFTER, 0), cancel
        case _:
            pass


def _draft(garden: Garden, invoice_id: InvoiceId, bill: DemoBill, debtor_id: DebtorId) -> DraftInvoice:
    line = WantedLine(description=bill.description, unit_price=bill.amount, quantity=Decimal(bill.quantity))
    return DraftInvoice(
        invoice_id=invoice_id,
        issuer_id=garden.issuer(bill.issuer),
        debtor_id=debtor_id,
        content=WantedContent(lines=(line,), terms_days=bill.terms_days),
    )


async def _pay(garden: Garden, index: int, invoice_id: InvoiceId, share: Decimal) -> None:
    # Asking again answers as the first time: this is how a replay learns what the invoice came to.
    issued = await garden.do(f"issue:{index}", IssueInvoice(invoice_id=invoice_id, deliver=False))
    assert issued is not None, "the command of an issue names no date"
    total, currency = int(issued.answer["total_minor"]), str(issued.answer["currency"])
    issuer = next(each for each in garden.tenant.issuers if each.key == garden.tenant.bills[index].issuer)
    await garden.do(
        f"pay:{index}",
        RegisterPayment(
            payment_id=PaymentId(derived_id(invoice_id, "payment")),
            invoice_id=invoice_id,
            amount_minor=int(total * share),
            currency=currency,
            method="bankgiro" if issuer.account.bankgiro else "bank_transfer",
            received_on=garden.clock.today(issuer.time_zone),
        ),
    )


async def _debtors(garden: Garden) -> dict[str, DebtorId]:
    """Registered debtors have the identifiers we gave them; imported members got their own."""
    wanted = sorted({bill.debtor for bill in garden.tenant.bills})
    async with garden.write.database.scope(garden.tenant_id) as connection:
        generation = await inline_generation(connection, garden.tenant_id)
        return await debtors_by_reference(connection, garden.tenant_id, generation, wanted)
