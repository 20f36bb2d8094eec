"""A made-up invoice of a real issuer: what a template is looked at with before anybody has been invoiced."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from backend.events.invoices import InvoiceIssued
from backend.events.parts import IssuedLine, PrintedIssuer, PrintedTemplate, ReferenceRate
from backend.rules.totals import LineTotals, PricedLine, totals
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId, OrgNodeId, TenantId
from backend.values.parties import Address, Identity, IssuerType, Particulars, PaymentAccount
from backend.values.references import ocr_reference, rf_reference
from backend.values.tax import AppliedTax

_NOBODY: Final = UUID(int=0)
# Counters begin at one, so this reference is nobody's.
_NO_REFERENCE: Final = 0
_EURO_RATE: Final = Decimal("10.5000")


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleIssuer:
    """Who issues the sample: everything but the branding is as it is now."""

    issuer_id: IssuerId
    issuer_type: IssuerType
    issuer_tenant_id: TenantId
    issuer_org_node_id: OrgNodeId | None
    identity: Identity
    account: PaymentAccount | None
    currency: str
    time_zone: str
    prefix: str
    width: int
    season: str
    terms_days: int
    tax: AppliedTax
    today: date


@dataclass(frozen=True, slots=True)
class _Sample:
    """A reader of one language, and what they are invoiced for. The letters are the hard ones of that language."""

    debtor: Particulars
    lines: tuple[str, str, str]


def _reader(name: str, street: str, postal_code: str, city: str, country: str) -> Particulars:
    return Particulars(
        name=name,
        email="sample@members.example",
        address=Address(street=street, postal_code=postal_code, city=city, country=country),
    )


_SAMPLES: Final[Mapping[str, _Sample]] = {
    "en": _Sample(
        _reader("Siobhán O'Connor-Whitfield", "12 St Mary's Lane", "EH1 2AB", "Edinburgh", "GB"),
        ("Competition licence, senior", "District fee", "Club membership"),
    ),
    "sv": _Sample(
        _reader("Åsa Sjöström-Lindqvist", "Björkvägen 12 A", "903 25", "Umeå", "SE"),
        ("Tävlingslicens senior", "Distriktsavgift", "Medlemsavgift i klubben"),
    ),
    "fr": _Sample(
        _reader("Françoise Lefèvre-Noël", "8, rue de l’Église", "13210", "Saint-Rémy-de-Provence", "FR"),
        ("Licence de compétition senior", "Cotisation départementale", "Adhésion au club"),
    ),
    "de": _Sample(
        _reader("Jürgen Großkopf-Schäfer", "Königstraße 7", "70173", "Stuttgart", "DE"),
        ("Wettkampflizenz Senioren", "Bezirksbeitrag", "Mitgliedsbeitrag des Vereins"),
    ),
    "fi": _Sample(
        _reader("Päivi Hämäläinen-Åkerblom", "Hämeenkatu 5 B", "33100", "Tampere", "FI"),
        ("Kilpailulisenssi, aikuiset", "Piirimaksu", "Seuran jäsenmaksu"),
    ),
    "es": _Sample(
        _reader("Íñigo Muñoz Ibáñez", "Calle de la Peña, 3, 2.º izq.", "31001", "Pamplona", "ES"),
        ("Licencia de competición sénior", "Cuota territorial", "Cuota del club"),
    ),
}
_QUANTITIES: Final = (Decimal(1), Decimal(1), Decimal(2))
_PRICES: Final = (Decimal(360), Decimal(120), Decimal("62.50"))


def sample_invoice(issuer: SampleIssuer, template: PrintedTemplate, language: str) -> InvoiceIssued:
    """An invoice nobody owes, with a number and a reference that are never given out. Amounts by the product's rule."""
    sample = _SAMPLES.get(language, _SAMPLES["en"])
    priced = [
        PricedLine(quantity=quantity, unit_price=price, tax=issuer.tax)
        for quantity, price in zip(_QUANTITIES, _PRICES, strict=True)
    ]
    sums = totals(priced, currency=issuer.currency)
    series = f"{issuer.prefix}-{issuer.season}"
    return InvoiceIssued(
        invoice_id=InvoiceId(_NOBODY),
        type="licence_renewal",
        number=f"{series}-{'0' * issuer.width}",
        series=series,
        sequence=0,
        season=issuer.season,
        issuer=_printed(issuer, template),
        debtor_id=DebtorId(_NOBODY),
        payer_id=DebtorId(_NOBODY),
        debtor_kind="member",
        debtor_reference="P-00000",
        debtor_org_node_id=None,
        debtor_country=sample.debtor.address.country,
        language=language,
        issued_on=issuer.today,
        due_on=issuer.today + timedelta(days=issuer.terms_days),
        terms_days=issuer.terms_days,
        currency=issuer.currency,
        lines=tuple(_line(line, made) for line, made in zip(priced, sums.lines, strict=True)),
        tax_groups=sums.groups,
        discount_minor=0,
        net_minor=sums.net.minor,
        tax_minor=sums.tax.minor,
        total_minor=sums.gross.minor,
        rate=_rate(issuer),
        reference_counter="",
        reference_sequence=_NO_REFERENCE,
        ocr_reference=ocr_reference(_NO_REFERENCE),
        rf_reference=rf_reference(str(_NO_REFERENCE)),
        fiscal_position="domestic",
        run_id=None,
        occurrence=1,
        override_reason="",
        attachments=(),
        debtor=sample.debtor,
        descriptions=sample.lines,
        notes="",
    )


def _printed(issuer: SampleIssuer, template: PrintedTemplate) -> PrintedIssuer:
    return PrintedIssuer(
        issuer_id=issuer.issuer_id,
        issuer_type=issuer.issuer_type,
        issuer_tenant_id=issuer.issuer_tenant_id,
        issuer_org_node_id=issuer.issuer_org_node_id,
        jurisdiction=issuer.identity.address.country,
        identity=issuer.identity,
        account=issuer.account,
        time_zone=issuer.time_zone,
        template=template,
    )


def _line(line: PricedLine, made: LineTotals) -> IssuedLine:
    return IssuedLine(
        component="",
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount_percent=line.discount_percent,
        recipient="",
        account="",
        net_minor=made.net_minor,
        tax_minor=made.tax_minor,
        discount_minor=made.discount_minor,
        tax=line.tax,
    )


def _rate(issuer: SampleIssuer) -> ReferenceRate:
    """The line about the reference rate has its place on the page; its figure is as made up as the rest."""
    return ReferenceRate(
        source="ECB",
        requested_on=issuer.today,
        published_on=issuer.today,
        eur_to_invoice=Decimal(1) if issuer.currency == "EUR" else _EURO_RATE,
        accounting_currency=issuer.currency,
        accounting_published_on=issuer.today,
        invoice_to_accounting=Decimal(1),
    )
