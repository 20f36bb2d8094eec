"""An issuer that may issue, and what issuing is decided from, without a database."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import uuid4

from backend.events.issuers import TemplateDefined
from backend.rules.billed import Billed
from backend.rules.gate import Receivable
from backend.rules.numbering import Counter
from backend.rules.reference_rate import Publication
from backend.rules.tax import TaxMatrix
from backend.rules.tax_history import DEFAULT_RATES
from backend.values.dates import Season
from backend.values.gate import DEFAULT_POLICY
from backend.values.identifiers import DebtorId, InvoiceId, TemplateId
from backend.write.invoices.circumstances import Circumstances
from backend.write.invoices.draft import DraftInvoice, WantedContent, WantedLine, draft
from backend.write.invoices.gate import Debts
from backend.write.invoices.issuing import IssuingFacts
from backend.write.issuers.templates import define
from backend.write.rates import captured
from backend.write.states.debtor import Debtor
from backend.write.states.invoice import INVOICE, DraftState, Invoice
from backend.write.states.issuer import Issuer
from backend.write.states.template_book import TemplateBook
from tests.given.parties import a_debtor, a_season, a_template, an_account, an_issuer

TODAY: Final = date(2026, 11, 20)
MATRIX: Final = TaxMatrix(DEFAULT_RATES)
RATES: Final = {"SEK": Publication(currency="SEK", per_euro=Decimal("11.0205"), published_on=date(2026, 11, 19))}


def an_issuer_ready_to_issue(*seasons: Season, **changes: Any) -> Issuer:
    """With an account to be paid on, and the season of 2026."""
    return replace(an_issuer(*(seasons or (a_season(),))), account=an_account(), **changes)


def a_defined_template(**changes: Any) -> TemplateDefined:
    return define(TemplateBook(), TemplateId(uuid4()), None, a_template(**changes))


def a_line(price: str = "400", **changes: Any) -> WantedLine:
    return WantedLine(**({"description": "Licens senior", "unit_price": Decimal(price)} | changes))


def some_content(*prices: str, **changes: Any) -> WantedContent:
    """One line for each price; of 400 kronor, if none is said."""
    return WantedContent(**({"lines": tuple(a_line(price) for price in prices or ("400",))} | changes))


def a_wanted_draft(issuer: Issuer, debtor: Debtor, content: WantedContent, **changes: Any) -> DraftInvoice:
    return DraftInvoice(
        invoice_id=InvoiceId(uuid4()),
        issuer_id=issuer.issuer_id,
        debtor_id=debtor.debtor_id,
        content=content,
        **changes,
    )


def an_invoice_with(*history: Any) -> Invoice:
    """The state of an invoice that had this history."""
    invoice = INVOICE.fold(history)
    assert invoice is not None
    return invoice


def a_draft(
    content: WantedContent | None = None, *, issuer: Issuer | None = None, debtor: Debtor | None = None, **changes: Any
) -> DraftState:
    """A draft as it was decided."""
    issuer, debtor = issuer or an_issuer_ready_to_issue(), debtor or a_debtor()
    wanted = a_wanted_draft(issuer, debtor, content or some_content(), **changes)
    drafted = an_invoice_with(draft(wanted, issuer, a_defined_template(), debtor))
    assert isinstance(drafted, DraftState)
    return drafted


def circumstances(issuer: Issuer | None = None, *, issued_on: date = TODAY, **changes: Any) -> Circumstances:
    """Issued today in the season of 2026, at the ECB's last rate."""
    issuer = issuer or an_issuer_ready_to_issue()
    said = {
        "template": a_defined_template(),
        "season": "2026",
        "rate": captured(
            RATES, invoice_currency=issuer.currency, accounting_currency=issuer.accounting_currency, on=TODAY
        ),
    }
    return Circumstances(issuer=issuer, issued_on=issued_on, **(said | changes))


def issuing_facts(
    *debtors: Debtor,
    around: Circumstances | None = None,
    billed: Mapping[DebtorId, Sequence[Billed]] | None = None,
    owed: Mapping[DebtorId, Sequence[Receivable]] | None = None,
    matrix: TaxMatrix = MATRIX,
    counters: Mapping[str, Counter] | None = None,
) -> IssuingFacts:
    """What is known of `debtors`: nobody was billed before or owes anything, unless it is said."""
    nothing: dict[DebtorId, Sequence[Any]] = {debtor.debtor_id: () for debtor in debtors}
    return IssuingFacts(
        around=around or circumstances(),
        matrix=matrix,
        counters=counters or {},
        billed={**nothing, **(billed or {})},
        debts=Debts(owed={**nothing, **(owed or {})}, policy=DEFAULT_POLICY, day=TODAY),
    )


def a_debt(number: str = "F-9", open_minor: int = 50_000, due_on: date = TODAY) -> Receivable:
    return Receivable(
        invoice_id=InvoiceId(uuid4()), number=number, open_minor=open_minor, currency="SEK", due_on=due_on
    )


def a_counter(last_value: int, last_on: date = TODAY) -> Counter:
    return Counter(last_value=last_value, last_on=last_on)
