"""`document_view`: all that a document shows, as finished texts. A pure function of its event and the logo's bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from backend.documents.fitting import lines_of
from backend.documents.formats import Formats, city_line
from backend.documents.logo import data_url
from backend.documents.palette import Palette
from backend.documents.payment_view import NOTHING_TO_PAY, PaymentView, payment_view
from backend.documents.printable import Printer
from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import InvoiceIssued
from backend.events.parts import IssuedLine, ReferenceRate
from backend.values.documents import DocumentKind
from backend.values.money import Money
from backend.values.parties import Address, Identity, Particulars
from backend.values.tax import TaxGroup

# The seal of a person's data was destroyed: what the law still wants on file is printed without the person.
ERASED: Final = "\u2014"

# A footer is an imprint, not a contract; what is longer is cut off.
MAX_FOOTER_LINES: Final = 5
FOOTER_POINTS: Final = 7.2
FOOTER_MILLIMETRES: Final = 150
# Characters that fit the columns of the page: up to 999,999,999.99.
_WIDE_NUMBER: Final = 14
_WIDE_TOTAL: Final = 18

Print = Callable[[str | None], str]
# The kinds of documents there is a page for; each says everything in its event.
Printable = InvoiceIssued | CreditNoteIssued


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView:
    """Issuer or debtor. `address` is one line of the envelope each; `country` only where the two differ."""

    name: str
    address: tuple[str, ...]
    organisation_number: str
    vat_number: str
    email: str
    phone: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    description: str
    quantity: str
    unit_price: str
    discount: str
    percent: str
    net: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxGroupView:
    """`category` is the code of EN 16931 (S, Z, E, AE, K, G, O): the template has its words in every language."""

    category: str
    percent: str
    base: str
    tax: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RateView:
    """The ECB rate captured at issue (S002-28); `accounting` is empty where the books are kept in the same currency."""

    published_on: str
    source: str
    eur_to_invoice: str
    accounting_currency: str
    invoice_to_accounting: str
    tax_in_accounting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditedView:
    """The invoice that a credit note takes back. `refund` is what was paid of it, and is the debtor's again."""

    number: str
    issued_on: str
    refund: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """One document, ready to print in `language`. Every text is safe to place; none is HTML.

    `kind` is also the word of its heading. `credited` is there for a credit note only.
    """

    kind: DocumentKind
    language: str
    number: str
    issued_on: str
    due_on: str
    issued: date
    terms_days: int
    season: str
    debtor_reference: str
    issuer: PartyView
    debtor: PartyView
    logo: str
    palette: Palette
    header: str
    footer: str
    payment_instructions: str
    notes: str
    currency: str
    lines: tuple[LineView, ...]
    has_discount: bool
    groups: tuple[TaxGroupView, ...]
    discount: str
    net: str
    tax: str
    total: str
    rate: RateView | None
    payment: PaymentView
    credited: CreditedView | None
    attachments: tuple[str, ...]
    missing_glyphs: frozenset[str]
    # Nobody's document: the page says so across itself.
    preview: bool = False

    @property
    def footer_lines(self) -> int:
        """How many lines the footer text takes: the page leaves that much room at its foot."""
        return min(footer_text_lines(self.footer), MAX_FOOTER_LINES)

    @property
    def wide(self) -> bool:
        """Whether some number is too long for the usual columns."""
        numbers = (text for line in self.lines for text in (line.unit_price, line.discount, line.net))
        return len(self.total) > _WIDE_TOTAL or any(len(number) > _WIDE_NUMBER for number in numbers)


def document_view(
    event: Printable,
    *,
    logo: bytes | None,
    language: str | None = None,
    printed: Printer | None = None,
    due: Money | None = None,
) -> DocumentView:
    """The view of `event`, in `language` where its own has no translation. `logo` has been through `documents.logo`;
    `due` is what is left to pay, for a page that shows the invoice as it stands now."""
    printed = printed or Printer()
    written = language or event.language
    show = Formats.of(written, event.debtor_country)
    template, currency = event.issuer.template, event.currency
    foreign = event.debtor_country != event.issuer.identity.address.country
    own = (
        _of_credit_note(event, show, printed)
        if isinstance(event, CreditNoteIssued)
        else _of_invoice(event, show, printed, due=due)
    )
    return DocumentView(
        **own,
        kind=event.ref.kind,
        language=written,
        number=printed(event.number),
        issued_on=show.date(event.issued_on),
        issued=event.issued_on,
        debtor_reference=printed(event.debtor_reference),
        issuer=_issuer(event.issuer.identity, show, printed, foreign=foreign),
        debtor=_debtor(event.debtor, show, printed, foreign=foreign),
        logo=data_url(logo) if logo else "",
        palette=Palette.of(template.primary_colour, template.secondary_colour),
        header=printed(template.header),
        footer=printed(template.footer),
        currency=currency,
        lines=tuple(
            _line(line, text, event, show, printed)
            for line, text in zip(event.lines, _descriptions(event), strict=True)
        ),
        has_discount=any(line.discount_minor for line in event.lines),
        groups=tuple(_group(group, currency, show, printed) for group in event.tax_groups),
        discount=show.money(-event.discount_minor, currency) if event.discount_minor else "",
        net=show.money(event.net_minor, currency),
        tax=show.money(event.tax_minor, currency),
        total=show.money(event.total_minor, currency),
        rate=_rate(event.rate, event, show),
        # Last, because every text above passes `printed`, which remembers what it could not draw.
        missing_glyphs=frozenset(printed.missing),
    )


def _of_invoice(event: InvoiceIssued, show: Formats, printed: Print, *, due: Money | None) -> dict[str, Any]:
    """What only an invoice says: when and where to pay."""
    return {
        "due_on": show.date(event.due_on),
        "terms_days": event.terms_days,
        "season": printed(event.season),
        "payment_instructions": printed(event.issuer.template.payment_instructions),
        "notes": printed(event.notes),
        "payment": payment_view(event, show, printed, due=due),
        "credited": None,
        "attachments": tuple(printed(attachment.name) for attachment in event.attachments or ()),
    }


def _of_credit_note(event: CreditNoteIssued, show: Formats, printed: Print) -> dict[str, Any]:
    """What only a credit note says: which invoice it takes back, and why. Nothing is to be paid."""
    refund = event.total_minor - event.applied_minor
    return {
        "due_on": "",
        "terms_days": 0,
        "season": printed(event.invoice.season),
        "payment_instructions": "",
        "notes": printed(event.reason),
        "payment": NOTHING_TO_PAY,
        "credited": CreditedView(
            number=printed(event.invoice.number),
            issued_on=show.date(event.invoice.issued_on),
            refund=show.money(refund, event.currency) if refund else "",
        ),
        "attachments": (),
    }


def footer_text_lines(text: str) -> int:
    """How many lines a text takes in the footer's box."""
    return lines_of(text, points=FOOTER_POINTS, millimetres=FOOTER_MILLIMETRES)


def _descriptions(event: Printable) -> tuple[str, ...]:
    return event.descriptions if event.descriptions is not None else (ERASED,) * len(event.lines)


def _line(line: IssuedLine, description: str, event: Printable, show: Formats, printed: Print) -> LineView:
    # A discount on the whole document is already shared out over the lines, so a line then shows its amount, and
    # quantity x price less discount is the net to the last minor unit.
    discount = ""
    if line.discount_minor and event.discount_minor:
        discount = show.amount(-line.discount_minor, event.currency)
    elif line.discount_percent:
        discount = show.percent(line.discount_percent)
    return LineView(
        description=printed(description),
        quantity=show.quantity(line.quantity),
        unit_price=show.unit_price(line.unit_price, event.currency),
        discount=discount,
        percent=_percent(line.tax.category_code, show.percent(line.tax.percent)),
        net=show.amount(line.net_minor, event.currency),
    )


def _group(group: TaxGroup, currency: str, show: Formats, printed: Print) -> TaxGroupView:
    return TaxGroupView(
        category=group.category_code,
        percent=_percent(group.category_code, show.percent(group.percent)),
        base=show.amount(group.base_minor, currency),
        tax=show.amount(group.tax_minor, currency),
        reason=printed(group.exemption_reason),
    )


def _percent(category: str, percent: str) -> str:
    # "0 %" would say that a rate of zero applies; outside the scope of VAT (O) none does.
    return "\u2013" if category == "O" else percent


def _rate(rate: ReferenceRate, event: Printable, show: Formats) -> RateView | None:
    accounting = rate.accounting_currency
    if event.currency == "EUR" == accounting:
        return None
    differs = accounting != event.currency
    in_accounting = Money(event.tax_minor, event.currency).decimal * rate.invoice_to_accounting
    return RateView(
        published_on=rate.published_on.isoformat(),
        source=rate.source,
        eur_to_invoice=show.rate(rate.eur_to_invoice) if event.currency != "EUR" else "",
        accounting_currency=accounting if differs else "",
        invoice_to_accounting=show.rate(rate.invoice_to_accounting) if differs else "",
        # Directive 2006/112/EC, Article 230: the VAT is also stated in the currency of the books.
        tax_in_accounting=show.money(Money.rounded(in_accounting, accounting).minor, accounting) if differs else "",
    )


def _issuer(identity: Identity, show: Formats, printed: Print, *, foreign: bool) -> PartyView:
    return PartyView(
        name=printed(identity.name),
        address=_address(identity.address, show, printed, foreign=foreign),
        organisation_number=printed(identity.organisation_number),
        vat_number=printed(identity.vat_number),
        email=printed(identity.email),
        phone=printed(identity.phone),
        website=printed(identity.website),
    )


def _debtor(debtor: Particulars | None, show: Formats, printed: Print, *, foreign: bool) -> PartyView:
    if debtor is None:
        return PartyView(name=ERASED, address=(), organisation_number="", vat_number="", email="")
    return PartyView(
        name=printed(debtor.name),
        address=_address(debtor.address, show, printed, foreign=foreign),
        organisation_number=printed(debtor.organisation_number),
        vat_number=printed(debtor.vat_number),
        email=printed(debtor.email),
    )


def _address(address: Address, show: Formats, printed: Print, *, foreign: bool) -> tuple[str, ...]:
    country = show.country(address.country) if foreign else ""
    city = city_line(address.postal_code, address.city, address.country)
    return tuple(line for line in (printed(address.street), printed(city), printed(country)) if line)
