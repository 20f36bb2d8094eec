"""Events of the money side with everything filled in that a test does not care about."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any
from uuid import UUID, uuid4

from backend.events.credit_notes import CreditNoteIssued
from backend.events.debtors import DebtorRegistered
from backend.events.invoices import HistoricalInvoiceImported, InvoiceIssued
from backend.events.money import MONEY_EVENTS
from backend.events.parts import CreditedLine, IssuedLine, PaymentSource, PrintedIssuer, PrintedTemplate, ReferenceRate
from backend.events.payments import Allocation, PaymentRegistered
from backend.values.identifiers import CreditNoteId, InvoiceId, IssuerId, OrgNodeId, PaymentId, TemplateId, TenantId
from backend.values.ledger import Entry
from backend.values.parties import Address, Identity
from backend.values.tax import AppliedTax, TaxGroup
from backend.write.ledger import entry_of

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
            jurisdiction="SE",
            identity=Identity(name="Stockholms Bouledistrikt", address=STOCKHOLM),
            account=None,
            time_zone="Europe/Stockholm",
            template=template,
        )


def an_issuer(node: OrgNodeId | None = None) -> AnIssuer:
    return AnIssuer(IssuerId(uuid4()), node)


def a_node() -> OrgNodeId:
    return OrgNodeId(uuid4())


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
        payer_id=debtor.debtor_id,
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
        issuer_org_node_id=issuer.node,
        debtor_id=debtor.debtor_id,
        debtor_org_node_id=debtor.org_node_id,
        taken_over_on=issued_on,
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


AnInvoice = InvoiceIssued | HistoricalInvoiceImported


def a_payment(
    *parts: tuple[AnInvoice, int],
    on: date,
    unallocated_minor: int = 0,
    remaining: Sequence[int] | None = None,
    source: PaymentSource = "manual",
) -> PaymentRegistered:
    """Money for `parts`, each an invoice and how much of it; what is `unallocated_minor` comes on top.

    `remaining` is what stays open on each invoice: all that this payment does not settle, unless it is given.
    """
    first = parts[0][0].facts
    left = remaining or [invoice.total_minor - minor for invoice, minor in parts]
    return PaymentRegistered(
        payment_id=PaymentId(uuid4()),
        issuer_id=first.issuer_id,
        issuer_org_node_id=first.issuer_org_node_id,
        account_id="account",
        debtor_id=first.debtor_id,
        debtor_org_node_id=first.debtor_org_node_id,
        payer_id=first.debtor_id,
        source=source,
        external_id="",
        method="bankgiro",
        received_on=on,
        currency=first.currency,
        amount_minor=sum(minor for _, minor in parts) + unallocated_minor,
        allocations=tuple(
            Allocation(invoice=invoice.facts, amount_minor=minor, remaining_minor=open_minor)
            for (invoice, minor), open_minor in zip(parts, left, strict=True)
            if minor
        ),
        unallocated_minor=unallocated_minor,
        reference="",
        notes="",
    )


def a_credit_note(
    invoice: InvoiceIssued,
    *,
    on: date,
    net_minor: int,
    tax_minor: int,
    applied_minor: int,
    remaining_minor: int = 0,
    sequence: int | None = None,
) -> CreditNoteIssued:
    """A credit note over one line of `net_minor` and `tax_minor`."""
    number = sequence or next(_sequence)
    printed = {each.name: getattr(invoice.lines[0], each.name) for each in fields(IssuedLine)}
    line = CreditedLine(line=1, **printed | {"net_minor": net_minor, "tax_minor": tax_minor})
    return CreditNoteIssued(
        credit_note_id=CreditNoteId(uuid4()),
        number=f"CN-2026-{number:06}",
        series="CN-2026",
        sequence=number,
        invoice=invoice.facts,
        issuer=invoice.issuer,
        debtor_id=invoice.debtor_id,
        payer_id=invoice.payer_id,
        debtor_kind=invoice.debtor_kind,
        debtor_reference=invoice.debtor_reference,
        debtor_country=invoice.debtor_country,
        language=invoice.language,
        issued_on=on,
        currency=invoice.currency,
        lines=(line,),
        tax_groups=(a_tax_group(net_minor, tax_minor),),
        discount_minor=0,
        net_minor=net_minor,
        tax_minor=tax_minor,
        total_minor=net_minor + tax_minor,
        applied_minor=applied_minor,
        remaining_minor=remaining_minor,
        rate=invoice.rate,
        fiscal_position=invoice.fiscal_position,
        debtor=invoice.debtor,
        descriptions=invoice.descriptions,
        reason="test",
    )


def booked(event: Any) -> Entry | None:
    """The entry the commands give to an event."""
    return entry_of(event) if type(event) in MONEY_EVENTS else None


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
                story.append(
                    a_credit_note(
                        made,
                        on=on,
                        net_minor=part - tax,
                        tax_minor=tax,
                        applied_minor=part,
                        remaining_minor=left - part,
                    )
                )
            else:
                extra = random.choice((0, 0, 7))
                if part or extra:
                    paid = a_payment((made, part), on=on, unallocated_minor=extra, remaining=(left - part,))
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
