"""What money events mean in the books: every one carries a balanced entry of its issuer (ADR 5). Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import HistoricalInvoiceImported, InvoiceIssued
from backend.events.parts import IssuedLine, PrintedIssuer
from backend.events.payments import PaymentRegistered
from backend.rules.accounts import BANK, DEBTOR_CREDIT, OPENING_BALANCES, RECEIVABLES, tax_code, vat_account
from backend.values.documents import DocumentRef
from backend.values.identifiers import DebtorId
from backend.values.ledger import Entry, Posting
from backend.values.tax import TaxGroup

MoneyEvent = InvoiceIssued | HistoricalInvoiceImported | PaymentRegistered | CreditNoteIssued


def entry_of(event: MoneyEvent) -> Entry | None:
    """The double entry a money event carries. An old invoice that was paid before it came to us has none."""
    match event:
        case InvoiceIssued():
            return _entry(event, event.issued_on, _issued(event))
        case CreditNoteIssued():
            return _entry(event, event.issued_on, _credited(event))
        case PaymentRegistered():
            return _entry(event, event.received_on, _paid(event))
        case HistoricalInvoiceImported():
            return _entry(event, event.taken_over_on, _taken_over(event)) if event.open_minor else None


def _entry(event: MoneyEvent, on: date, postings: Iterable[Posting]) -> Entry:
    return Entry(
        issuer_id=event.issuer_id,
        on=on,
        currency=event.currency,
        postings=tuple(posting for posting in postings if posting.amount_minor),
    )


def _issued(event: InvoiceIssued) -> Iterator[Posting]:
    """The debtor owes the total; revenue (or what is collected for others) and output VAT are credited."""
    yield _receivable(event.total_minor, event.debtor_id, event.ref)
    yield from _sold(event.issuer, event.lines, event.tax_groups, sign=-1)


def _credited(event: CreditNoteIssued) -> Iterator[Posting]:
    """The mirror image of the invoice. What exceeds the open balance is owed to the debtor."""
    invoice = DocumentRef(kind="invoice", id=event.invoice.invoice_id, number=event.invoice.number)
    yield from _sold(event.issuer, event.lines, event.tax_groups, sign=1)
    yield _receivable(-event.applied_minor, event.debtor_id, invoice)
    yield _credit(event.total_minor - event.applied_minor, event.debtor_id, event.ref)


def _paid(event: PaymentRegistered) -> Iterator[Posting]:
    """The bank holds the money, the allocated parts settle receivables, the rest is the debtor's credit."""
    yield Posting(account=BANK, amount_minor=event.amount_minor)
    for part in event.allocations:
        invoice = DocumentRef(kind="invoice", id=part.invoice.invoice_id, number=part.invoice.number)
        yield _receivable(-part.amount_minor, part.invoice.debtor_id, invoice)
    yield _credit(event.unallocated_minor, event.debtor_id, None)


def _taken_over(event: HistoricalInvoiceImported) -> Iterator[Posting]:
    """What was still open on the day of the takeover, against the opening balances of the books."""
    yield _receivable(event.open_minor, event.debtor_id, event.ref)
    yield Posting(account=OPENING_BALANCES, amount_minor=-event.open_minor)


def _sold(
    issuer: PrintedIssuer, lines: Sequence[IssuedLine], groups: Sequence[TaxGroup], *, sign: int
) -> Iterator[Posting]:
    """One posting for each account and tax of the lines' nets, and one for the tax of each group."""
    nets = Counter[tuple[str, str]]()
    for line in lines:
        code = tax_code(issuer.jurisdiction, line.tax.category_code, line.tax.percent)
        nets[line.account, code] += line.net_minor
    for (account, code), minor in nets.items():
        yield Posting(account=account, amount_minor=sign * minor, tax_code=code)
    for group in groups:
        yield Posting(
            account=vat_account(issuer.jurisdiction, group.percent),
            amount_minor=sign * group.tax_minor,
            tax_code=tax_code(issuer.jurisdiction, group.category_code, group.percent),
        )


def _receivable(minor: int, debtor_id: DebtorId, document: DocumentRef) -> Posting:
    return Posting(account=RECEIVABLES, amount_minor=minor, debtor_id=debtor_id, document=document)


def _credit(minor: int, debtor_id: DebtorId, document: DocumentRef | None) -> Posting:
    """What the debtor gets to have in credit: a debt of the issuer, so a credit in the books."""
    return Posting(account=DEBTOR_CREDIT, amount_minor=-minor, debtor_id=debtor_id, document=document)
