"""The rule of the house: how a draft becomes a legal document. Pure; `issue` is the only maker of `InvoiceIssued`.

Decide first, number afterwards: everything that can refuse happens in `assess`, so that no number is ever lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from backend.events.invoice_parts import (
    DraftLine,
    InvoiceType,
    IssuedLine,
    PrintedIssuer,
    PrintedTemplate,
    ReferenceRate,
)
from backend.events.invoices import InvoiceIssued
from backend.events.issuers import TemplateDefined
from backend.inline.counters import Counter
from backend.rules.payment_terms import due_on
from backend.rules.tax import AppliedTax, FiscalPosition, TaxMatrix, TaxUndetermined, fiscal_position, resolve
from backend.rules.totals import InvalidDiscount, InvalidLine, PricedLine, TaxGroup, totals
from backend.values.identifiers import InvoiceId, RunId
from backend.values.languages import in_language
from backend.values.ledger import Entry
from backend.values.money import MAX_DOCUMENT_MINOR, AmountTooLarge, Money
from backend.values.references import ocr_reference, rf_reference
from backend.write.debtors.debtor import Debtor
from backend.write.debtors.refusals import PersonErased
from backend.write.invoices.invoice import Content
from backend.write.invoices.refusals import (
    DateBeforeLast,
    DateInFuture,
    InvoiceHasNoLines,
    IssuerIncomplete,
    SeasonUnknown,
    TaxNotDetermined,
    TotalNotPositive,
)
from backend.write.issuers.issuer import Issuer
from backend.write.issuers.series import invoice_series
from backend.write.ledger.accounts import account_of
from backend.write.ledger.posting import issue_entry
from backend.write.refusal import InvalidValue

# How each type of issuer names itself among the recipients of fee components.
_LEVEL: Final = {"platform": "platform", "tenant": "federation", "org_node": "district"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What the lines come to for one fiscal position, on one day: shared by every invoice of a run that agrees."""

    position: FiscalPosition
    lines: tuple[IssuedLine, ...]
    groups: tuple[TaxGroup, ...]
    net_minor: int
    tax_minor: int
    total_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """The numbers one invoice takes: of its series, and of its payment account."""

    series: str
    sequence: int
    number: str
    reference_counter: str
    reference_sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is the same for every invoice issued by one command: who issues, when, by which rate, in which season."""

    issuer: Issuer
    template: TemplateDefined
    issued_on: date
    season: str
    rate: ReferenceRate
    run_id: RunId | None = None
    override_reason: str = ""


def season_code(issuer: Issuer, wanted: str | None, on: date) -> str:
    """The season that is printed in the number: the one asked for, or the one that holds the issue date."""
    season = issuer.season_named(wanted) if wanted is not None else issuer.season_of(on)
    if season is None:
        missing = f"no season {wanted!r}" if wanted is not None else f"no season that holds {on}"
        raise SeasonUnknown(f"the issuer has {missing}: define it first", path=("season",))
    return season.code


def issue_date(wanted: date | None, today: date) -> date:
    """The invoice date: today, or an earlier day that was asked for."""
    if wanted is not None and wanted > today:
        raise DateInFuture(f"an invoice cannot be issued on {wanted}: today is {today}", path=("issuedOn",))
    return wanted or today


def position_of(issuer: Issuer, debtor: Debtor) -> FiscalPosition:
    """The fiscal position of the two parties (S003-34). Raises `PersonErased`."""
    if debtor.particulars is None:
        raise PersonErased("the debtor's personal data was erased: nothing can be issued to them any more")
    return fiscal_position(
        issuer_country=issuer.jurisdiction,
        issuer_vat_number=issuer.identity.vat_number,
        debtor_country=debtor.particulars.address.country,
        debtor_vat_number=debtor.particulars.vat_number,
        debtor_is_business=debtor.is_business,
        exempt_sport=issuer.exempt_sport,
    )


def assess(content: Content, issuer: Issuer, matrix: TaxMatrix, *, position: FiscalPosition, on: date) -> Assessed:
    """Tax and totals of `content`. Refuses no lines, an undetermined tax, and a total that is not positive."""
    if not content.lines:
        raise InvoiceHasNoLines("Cannot post an invoice with no lines.", path=("lines",))
    taxes = [_tax(line, index, issuer, matrix, position, on) for index, line in enumerate(content.lines)]
    priced = [
        PricedLine(quantity=line.quantity, unit_price=line.unit_price, discount_percent=line.discount_percent, tax=tax)
        for line, tax in zip(content.lines, taxes, strict=True)
    ]
    try:
        sums = totals(priced, currency=content.currency, document_discount_minor=content.discount_minor)
    except (InvalidLine, InvalidDiscount, AmountTooLarge) as wrong:
        raise InvalidValue(str(wrong), path=("lines",)) from None
    if sums.gross.minor <= 0 or sums.net.minor < 0:
        raise TotalNotPositive(f"the total is {sums.gross}: an invoice must ask for something", path=("lines",))
    if sum(abs(line.net_minor) + abs(line.tax_minor) for line in sums.lines) > MAX_DOCUMENT_MINOR:
        raise InvalidValue(f"an invoice is over at most {Money(MAX_DOCUMENT_MINOR, content.currency)}", path=("lines",))
    level = _LEVEL[issuer.issuer_type]
    lines = tuple(
        IssuedLine(
            component=line.component,
            quantity=line.quantity,
            unit_price=line.unit_price,
            discount_percent=line.discount_percent,
            recipient=line.recipient,
            account=account_of(line.recipient, level),
            net_minor=sum_.net_minor,
            tax_minor=sum_.tax_minor,
            discount_minor=sum_.discount_minor,
            tax=tax,
        )
        for line, sum_, tax in zip(content.lines, sums.lines, taxes, strict=True)
    )
    return Assessed(
        position=position,
        lines=lines,
        groups=sums.groups,
        net_minor=sums.net.minor,
        tax_minor=sums.tax.minor,
        total_minor=sums.gross.minor,
    )


def number(around: Circumstances, taken: Mapping[str, Counter], ahead: int = 0) -> Numbered:
    """The next number of the series and of the payment account; `ahead` counts those this command took before.

    Refuses a date earlier than the last one of the series (C4).
    """
    issuer = around.issuer
    if issuer.account is None:
        raise IssuerIncomplete("the issuer has no payment account: set one, so that debtors can pay")
    series, reference = invoice_series(issuer.issuer_id, around.season), reference_counter(issuer)
    not_before_last(taken, series, around.issued_on)
    last, last_reference = taken.get(series), taken.get(reference)
    sequence = (last.last_value + 1 if last else issuer.pattern.first_number) + ahead
    return Numbered(
        series=series,
        sequence=sequence,
        number=issuer.pattern.format(around.season, sequence),
        reference_counter=reference,
        reference_sequence=(last_reference.last_value if last_reference else 0) + 1 + ahead,
    )


def not_before_last(taken: Mapping[str, Counter], series: str, on: date) -> None:
    """Numbers and dates of a series rise together. Raises `DateBeforeLast`."""
    last = taken.get(series)
    if last is not None and on < last.last_on:
        raise DateBeforeLast(
            f"the series already has an invoice of {last.last_on}: issue on that day or later", path=("issuedOn",)
        )


def issue(
    invoice_id: InvoiceId,
    type: InvoiceType,
    content: Content,
    assessed: Assessed,
    debtor: Debtor,
    taken: Numbered,
    around: Circumstances,
    *,
    occurrence: int = 1,
) -> InvoiceIssued:
    """The legal document. Everything that could refuse has been asked before."""
    issuer, language = around.issuer, language_of(around.issuer, debtor, content.language)
    terms = _terms_days(content, around)
    assert debtor.particulars is not None, "position_of refuses erased debtors"
    return InvoiceIssued(
        invoice_id=invoice_id,
        type=type,
        number=taken.number,
        series=taken.series,
        sequence=taken.sequence,
        season=around.season,
        issuer=printed_issuer(issuer, around.template, language),
        debtor_id=debtor.debtor_id,
        debtor_kind=debtor.kind,
        debtor_reference=debtor.reference,
        debtor_org_node_id=debtor.node,
        debtor_country=debtor.particulars.address.country,
        language=language,
        issued_on=around.issued_on,
        due_on=due_on(around.issued_on, terms),
        terms_days=terms,
        currency=content.currency,
        lines=assessed.lines,
        tax_groups=assessed.groups,
        discount_minor=content.discount_minor,
        net_minor=assessed.net_minor,
        tax_minor=assessed.tax_minor,
        total_minor=assessed.total_minor,
        rate=around.rate,
        reference_counter=taken.reference_counter,
        reference_sequence=taken.reference_sequence,
        ocr_reference=ocr_reference(taken.reference_sequence),
        rf_reference=rf_reference(str(taken.reference_sequence)),
        fiscal_position=assessed.position,
        run_id=around.run_id,
        occurrence=occurrence,
        override_reason=around.override_reason,
        attachments=content.attachments,
        debtor=debtor.particulars,
        descriptions=content.descriptions,
        notes=content.notes,
    )


def _terms_days(content: Content, around: Circumstances) -> int:
    """Days to pay: the invoice's own, else the template's, else the issuer's."""
    given = (content.terms_days, around.template.terms_days, around.issuer.terms_days)
    return next(days for days in given if days is not None)


def entry_of(issued: InvoiceIssued) -> Entry:
    """The double entry an issued invoice carries."""
    return issue_entry(
        on=issued.issued_on,
        currency=issued.currency,
        tax_minor=issued.tax_minor,
        total_minor=issued.total_minor,
        credits=((line.account, line.net_minor) for line in issued.lines),
    )


def language_of(issuer: Issuer, debtor: Debtor, wanted: str | None) -> str:
    """Platform invoices are locked to English (S002-26); else what was asked for, the debtor's, the issuer's (X28)."""
    if issuer.issuer_type == "platform":
        return "en"
    return wanted or debtor.language or issuer.language


def printed_issuer(issuer: Issuer, template: TemplateDefined, language: str) -> PrintedIssuer:
    """Issuer and branding as they are today, with the texts of one language (or else English, or else any)."""
    return PrintedIssuer(
        issuer_id=issuer.issuer_id,
        issuer_type=issuer.issuer_type,
        issuer_tenant_id=issuer.issuer_tenant_id,
        issuer_org_node_id=issuer.node,
        identity=issuer.identity,
        account=issuer.account,
        time_zone=issuer.time_zone,
        template=PrintedTemplate(
            template_id=template.template_id,
            name=template.name,
            revision=template.revision,
            primary_colour=template.primary_colour,
            secondary_colour=template.secondary_colour,
            logo=template.logo,
            logo_media_type=template.logo_media_type,
            header=in_language(template.header, language),
            footer=in_language(template.footer, language),
            payment_instructions=in_language(template.payment_instructions, language),
        ),
    )


def reference_counter(issuer: Issuer) -> str:
    """The name of the counter of the payment account, shared by all issuers that are paid on it."""
    assert issuer.account is not None
    return f"reference:{issuer.account.account_id}"


def _tax(
    line: DraftLine, index: int, issuer: Issuer, matrix: TaxMatrix, position: FiscalPosition, on: date
) -> AppliedTax:
    try:
        return resolve(matrix, position=position, jurisdiction=issuer.jurisdiction, category=line.tax_category, on=on)
    except TaxUndetermined as unknown:
        raise TaxNotDetermined(
            f"{unknown}: add the rate to the tax matrix; nothing is issued with a guessed tax",
            path=("lines", index, "taxCategory"),
        ) from None
