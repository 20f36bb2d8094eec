"""Events of the money side with everything filled in that a test does not care about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any
from uuid import UUID, uuid4

from backend.events.credit_notes import CreditNoteIssued
from backend.events.debtors import DebtorRegistered
from backend.events.invoice_parts import IssuedLine, PrintedIssuer, PrintedTemplate, ReferenceRate
from backend.events.invoices import HistoricalInvoiceImported, InvoiceIssued
from backend.events.payments import Allocation, PaymentRegistered
from backend.rules.tax import AppliedTax
from backend.rules.totals import TaxGroup
from backend.values.identifiers import (
    CreditNoteId,
    DebtorId,
    InvoiceId,
    IssuerId,
    OrgNodeId,
    PaymentId,
    TemplateId,
    TenantId,
)
from backend.values.parties import Address, Identity, Particulars

_sequence = count(1)
MOMS = AppliedTax(category_code="S", percent=Decimal(25), rate_code="SE-25")
STOCKHOLM = Address(street="Backstigen 1", postal_code="118 26", city="Stockholm", country="SE")
TENANT = TenantId(UUID(int=1))


@dataclass(frozen=True, slots=True)
class AnIssuer:
    """An issuer as printed: its id and its org node."""

    issuer_id: IssuerId
    node: OrgNodeId | None

    @property
    def printed(self) -> PrintedIssuer:
        template = PrintedTemplate(
            template_id=TemplateId(UUID(int=2)),
            name="plain",
            revision=1,
            primary_colour="#000000",
            secondary_colour="#ffffff",
            logo="",
            logo_media_type="",
            header="",
            footer="",
            payment_instructions="",
        )
        return PrintedIssuer(
            issuer_id=self.issuer_id,
            issuer_type="org_node" if self.node else "tenant",
            issuer_tenant_id=TENANT,
            issuer_org_node_id=self.node,
            identity=Identity(name="Stockholms Bouledistrikt", address=STOCKHOLM),
            account=None,
            time_zone="Europe/Stockholm",
            template=template,
        )


def an_issuer(node: OrgNodeId | None = None) -> AnIssuer:
    return AnIssuer(IssuerId(uuid4()), node)


def a_node() -> OrgNodeId:
    return OrgNodeId(uuid4())


def a_debtor(
    *,
    node: OrgNodeId | None = None,
    reference: str | None = None,
    name: str = "Måns Östlund",
    email: str = "mans@members.example",
    kind: Any = "member",
) -> DebtorRegistered:
    return DebtorRegistered(
        debtor_id=DebtorId(uuid4()),
        kind=kind,
        reference=reference or f"STO-{next(_sequence):06}",
        org_node_id=node,
        billed_tenant_id=None,
        language="sv",
        licence_type="senior",
        particulars=Particulars(name=name, email=email, address=STOCKHOLM),
    )


def an_invoice(
    debtor: DebtorRegistered,
    issuer: AnIssuer,
    *,
    issued_on: date,
    due_on: date | None = None,
    net_minor: int = 10_000,
    tax_minor: int | None = None,
    currency: str = "SEK",
    season: str = "2026",
    series: str = "FAKTURA-2026",
    sequence: int | None = None,
    node: OrgNodeId | None = None,
) -> InvoiceIssued:
    """Issued to `debtor` by `issuer`. `node` is the debtor's org node then, where it is not the one of today."""
    tax = net_minor // 4 if tax_minor is None else tax_minor
    number, due = sequence or next(_sequence), due_on or issued_on + timedelta(days=30)
    line = IssuedLine(
        component="licence",
        quantity=Decimal(1),
        unit_price=Decimal(net_minor) / 100,
        discount_percent=Decimal(0),
        recipient="district",
        account="3010",
        net_minor=net_minor,
        tax_minor=tax,
        discount_minor=0,
        tax=MOMS,
    )
    return InvoiceIssued(
        invoice_id=InvoiceId(uuid4()),
        type="standard",
        number=f"{series}-{number:06}",
        series=series,
        sequence=number,
        season=season,
        issuer=issuer.printed,
        debtor_id=debtor.debtor_id,
        debtor_kind=debtor.kind,
        debtor_reference=debtor.reference,
        debtor_org_node_id=node or debtor.org_node_id,
        debtor_country="SE",
        language="sv",
        issued_on=issued_on,
        due_on=due,
        terms_days=(due - issued_on).days,
        currency=currency,
        lines=(line,),
        tax_groups=(a_tax_group(net_minor, tax),),
        discount_minor=0,
        net_minor=net_minor,
        tax_minor=tax,
        total_minor=net_minor + tax,
        rate=_rate(issued_on),
        reference_counter="account",
        reference_sequence=number,
        ocr_reference="",
        rf_reference="",
        fiscal_position="domestic",
        run_id=None,
        occurrence=1,
        override_reason="",
        attachments=(),
        debtor=debtor.particulars,
        descriptions=("Licence",),
        notes="",
    )


def a_historical_invoice(
    debtor: DebtorRegistered,
    issuer: AnIssuer,
    *,
    issued_on: date,
    due_on: date,
    total_minor: int,
    open_minor: int,
    currency: str = "SEK",
) -> HistoricalInvoiceImported:
    return HistoricalInvoiceImported(
        invoice_id=InvoiceId(uuid4()),
        issuer_id=issuer.issuer_id,
        issuer_type="platform",
        issuer_tenant_id=TENANT,
        debtor_id=debtor.debtor_id,
        number=f"OLD-{next(_sequence)}",
        issued_on=issued_on,
        due_on=due_on,
        currency=currency,
        net_minor=total_minor,
        tax_minor=0,
        total_minor=total_minor,
        open_minor=open_minor,
        source="import",
        debtor_name="Måns Östlund",
    )


def a_payment(
    debtor_id: DebtorId, *parts: tuple[InvoiceId, int], on: date, currency: str = "SEK", unallocated_minor: int = 0
) -> PaymentRegistered:
    """Money for `parts`, each an invoice and how much of it; what is `unallocated_minor` comes on top."""
    return PaymentRegistered(
        payment_id=PaymentId(uuid4()),
        debtor_id=debtor_id,
        method="bankgiro",
        received_on=on,
        currency=currency,
        amount_minor=sum(minor for _, minor in parts) + unallocated_minor,
        allocations=tuple(Allocation(invoice_id=invoice, amount_minor=minor) for invoice, minor in parts),
        unallocated_minor=unallocated_minor,
        reference="",
        notes="",
    )


def a_credit_note(
    invoice: InvoiceIssued, *, on: date, net_minor: int, tax_minor: int, applied_minor: int, sequence: int | None = None
) -> CreditNoteIssued:
    number = sequence or next(_sequence)
    return CreditNoteIssued(
        credit_note_id=CreditNoteId(uuid4()),
        number=f"CN-2026-{number:06}",
        series="CN-2026",
        sequence=number,
        invoice_id=invoice.invoice_id,
        invoice_number=invoice.number,
        issuer_id=invoice.issuer.issuer_id,
        debtor_id=invoice.debtor_id,
        issued_on=on,
        currency=invoice.currency,
        lines=(),
        tax_groups=(a_tax_group(net_minor, tax_minor),),
        net_minor=net_minor,
        tax_minor=tax_minor,
        total_minor=net_minor + tax_minor,
        applied_minor=applied_minor,
        reason="test",
    )


def a_tax_group(net_minor: int, tax_minor: int) -> TaxGroup:
    return TaxGroup(
        category_code="S",
        percent=Decimal(25),
        exemption_reason="",
        exemption_code="",
        base_minor=net_minor,
        tax_minor=tax_minor,
    )


def a_busy_year(
    random: Random, debtors: Sequence[DebtorRegistered], issuers: Sequence[AnIssuer], *, invoices: int
) -> list[Any]:
    """Invoices, payments and credit notes in a random order, with money before the invoice and notes recorded late.

    No invoice is ever settled beyond its total.
    """
    story: list[Any] = []
    owed: dict[InvoiceId, tuple[InvoiceIssued | HistoricalInvoiceImported, int]] = {}
    while len(owed) < invoices or random.random() < 0.9:
        if not owed or (len(owed) < invoices and random.random() < 0.5):
            made = _a_random_invoice(random, random.choice(debtors), random.choice(issuers))
            minor = made.open_minor if isinstance(made, HistoricalInvoiceImported) else made.total_minor
            owed[made.invoice_id] = (made, minor)
            story.append(made)
        else:
            made, left = owed[random.choice(list(owed))]
            part = left if random.random() < 0.5 else random.randint(0, left)
            on = made.issued_on + timedelta(days=random.randint(-20, 200))
            if random.random() < 0.3 and isinstance(made, InvoiceIssued) and part:
                tax = part // 5
                story.append(a_credit_note(made, on=on, net_minor=part - tax, tax_minor=tax, applied_minor=part))
            else:
                extra = random.choice((0, 0, 7))
                paid = a_payment(
                    made.debtor_id, (made.invoice_id, part), on=on, currency=made.currency, unallocated_minor=extra
                )
                story.append(paid)
            owed[made.invoice_id] = (made, left - part)
    return story


def _a_random_invoice(
    random: Random, debtor: DebtorRegistered, issuer: AnIssuer
) -> InvoiceIssued | HistoricalInvoiceImported:
    issued = date(2025, 1, 1) + timedelta(days=random.randint(0, 700))
    due, minor, currency = issued + timedelta(days=random.choice((0, 10, 30))), random.randint(1, 50_000), "SEK"
    if random.random() < 0.1:
        return a_historical_invoice(
            debtor, issuer, issued_on=issued, due_on=due, total_minor=minor, open_minor=random.randint(0, minor)
        )
    currency = random.choice(("SEK", "SEK", "EUR"))
    return an_invoice(
        debtor, issuer, issued_on=issued, due_on=due, net_minor=minor, currency=currency, season=str(issued.year)
    )


def _rate(on: date) -> ReferenceRate:
    return ReferenceRate(
        source="ECB",
        requested_on=on,
        published_on=on,
        accounting_published_on=on,
        eur_to_invoice=Decimal("11.5"),
        accounting_currency="SEK",
        invoice_to_accounting=Decimal(1),
    )
