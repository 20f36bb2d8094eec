"""Issued invoices to render: `an_invoice()` is a Swedish licence renewal; arguments change what a test is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from backend.events.invoices import InvoiceIssued
from backend.events.parts import IssuedLine, PrintedIssuer, PrintedTemplate, ReferenceRate
from backend.rules.totals import PricedLine, totals
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId, OrgNodeId, TemplateId, TenantId
from backend.values.parties import Address, Identity, Particulars, PaymentAccount
from backend.values.references import ocr_reference, rf_reference
from backend.values.tax import AppliedTax

MOMS = AppliedTax(category_code="S", percent=Decimal(25), rate_code="SE-STANDARD")
SPORT = AppliedTax(
    category_code="E",
    percent=Decimal(0),
    rate_code="SE-SPORT",
    exemption_code="VATEX-EU-132-1M",
    exemption_reason="Undantag från skatteplikt, 3 kap. 11 a § mervärdesskattelagen",
)

STOCKHOLM = Identity(
    name="Stockholms Bouledistrikt",
    address=Address(street="Fiskartorpsvägen 15 A", postal_code="114 33", city="Stockholm", country="SE"),
    organisation_number="802412-3456",
    vat_number="SE802412345601",
    email="kansli@stockholmboule.example",
    phone="+46 8 123 45 67",
    website="stockholmboule.example",
)
BANKGIRO = PaymentAccount(
    account_id="stockholm",
    holder="Stockholms Bouledistrikt",
    iban="SE4550000000058398257466",
    bic="ESSESESS",
    bankgiro="5050-1055",
    swish="1231234567",
    reference="ocr",
)
SEPA = PaymentAccount(
    account_id="ffpjp", holder="Fédération de Pétanque", iban="FR1420041010050500013M02606", bic="PSSTFRPPPAR"
)

MANS = Particulars(
    name="Måns Östlund",
    email="mans@members.example",
    address=Address(street="Backstigen 1", postal_code="518 84", city="Norrköping", country="SE"),
)

LINES = (
    ("Seniorlicens 2026", "1", "360.00", "0", MOMS),
    ("Distriktsavgift Stockholm", "1", "120.00", "0", MOMS),
    ("Medlemsavgift Stockholm Boule Club", "1", "250.00", "0", SPORT),
)


def an_invoice(
    *,
    language: str = "sv",
    currency: str = "SEK",
    lines: tuple[tuple[str, str, str, str, AppliedTax], ...] = LINES,
    debtor: Particulars | None = MANS,
    country: str = "SE",
    account: PaymentAccount | None = BANKGIRO,
    identity: Identity = STOCKHOLM,
    issuer_type: str = "org_node",
    discount_minor: int = 0,
    notes: str = "",
    sequence: int = 1234,
    template: dict[str, str] | None = None,
    **changes: Any,
) -> InvoiceIssued:
    """An invoice as the event tells it; its amounts come from the product's own rule."""
    priced = [
        PricedLine(quantity=Decimal(quantity), unit_price=Decimal(price), discount_percent=Decimal(discount), tax=tax)
        for _, quantity, price, discount, tax in lines
    ]
    sums = totals(priced, currency=currency, document_discount_minor=discount_minor)
    event = InvoiceIssued(
        invoice_id=InvoiceId(UUID(int=1)),
        type="licence_renewal",
        number=f"FAKTURA-2026-{sequence:06}",
        series="FAKTURA-2026",
        sequence=sequence,
        season="2026",
        issuer=_issuer(identity, account, issuer_type, template or {}),
        debtor_id=DebtorId(UUID(int=2)),
        payer_id=DebtorId(UUID(int=2)),
        debtor_kind="member",
        debtor_reference="STO-00001",
        debtor_org_node_id=None,
        debtor_country=country,
        language=language,
        issued_on=date(2026, 11, 20),
        due_on=date(2026, 12, 20),
        terms_days=30,
        currency=currency,
        lines=tuple(
            IssuedLine(
                component=f"component-{index}",
                quantity=line.quantity,
                unit_price=line.unit_price,
                discount_percent=line.discount_percent,
                recipient="district",
                account="3010",
                net_minor=made.net_minor,
                tax_minor=made.tax_minor,
                discount_minor=made.discount_minor,
                tax=line.tax,
            )
            for index, (line, made) in enumerate(zip(priced, sums.lines, strict=True))
        ),
        tax_groups=sums.groups,
        discount_minor=discount_minor,
        net_minor=sums.net.minor,
        tax_minor=sums.tax.minor,
        total_minor=sums.gross.minor,
        rate=_rate(currency),
        reference_counter="stockholm",
        reference_sequence=sequence,
        ocr_reference=ocr_reference(100_000 + sequence),
        rf_reference=rf_reference(100_000 + sequence),
        fiscal_position="domestic",
        run_id=None,
        occurrence=1,
        override_reason="",
        attachments=(),
        debtor=debtor,
        descriptions=tuple(text for text, *_ in lines),
        notes=notes,
    )
    return replace(event, **changes)


def _issuer(
    identity: Identity, account: PaymentAccount | None, issuer_type: str, template: dict[str, str]
) -> PrintedIssuer:
    branding = {
        "name": "standard",
        "primary_colour": "#0b4f6c",
        "secondary_colour": "#f2b134",
        "logo": "",
        "logo_media_type": "",
        "header": "Petanque i Stockholm sedan 1964",
        "footer": "Godkänd för F-skatt. Dröjsmålsränta enligt räntelagen.",
        "payment_instructions": "Ange OCR-numret vid betalning.",
    } | template
    return PrintedIssuer(
        issuer_id=IssuerId(UUID(int=3)),
        issuer_type=issuer_type,
        issuer_tenant_id=TenantId(UUID(int=4)),  # type: ignore[arg-type]
        issuer_org_node_id=OrgNodeId(UUID(int=5)),
        jurisdiction=identity.address.country,
        identity=identity,
        account=account,
        time_zone="Europe/Stockholm",
        template=PrintedTemplate(template_id=TemplateId(UUID(int=6)), revision=1, **branding),
    )


def _rate(currency: str) -> ReferenceRate:
    to_invoice = Decimal(1) if currency == "EUR" else Decimal("11.0123")
    return ReferenceRate(
        source="ECB",
        requested_on=date(2026, 11, 20),
        published_on=date(2026, 11, 19),
        eur_to_invoice=to_invoice,
        accounting_currency=currency,
        accounting_published_on=date(2026, 11, 19),
        invoice_to_accounting=Decimal(1),
    )
