"""What the lines of an invoice come to: tax for one fiscal position on one day, and totals."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from backend.events.parts import DraftLine, IssuedLine
from backend.rules.accounts import account_of
from backend.rules.tax import TaxMatrix, TaxUndetermined, fiscal_position, resolve
from backend.rules.totals import InvalidDiscount, InvalidLine, PricedLine, totals
from backend.values.money import MAX_DOCUMENT_MINOR, AmountTooLarge, Money
from backend.values.tax import AppliedTax, FiscalPosition, TaxGroup
from backend.values.why import Why
from backend.write.debtors.erase import PersonErased
from backend.write.refusal import InvalidValue, Refusal, RefusalCode
from backend.write.states.debtor import Debtor
from backend.write.states.invoice import Content
from backend.write.states.issuer import Issuer


class InvoiceHasNoLines(Refusal):
    """The invoice has no line, so there is nothing to owe."""

    code = RefusalCode.INVOICE_NO_LINES


class TotalNotPositive(Refusal):
    """The total of the invoice is zero or less: nothing would be owed."""

    code = RefusalCode.INVOICE_TOTAL_NOT_POSITIVE


class TaxNotDetermined(Refusal):
    """The matrix has no rate for this jurisdiction, category and date. Nothing is issued with a guessed tax."""

    code = RefusalCode.TAX_UNDETERMINED


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
        raise InvalidValue.by_rule(wrong, path=("lines",)) from None
    if sums.gross.minor <= 0 or sums.net.minor < 0:
        raise TotalNotPositive(f"the total is {sums.gross}: an invoice must ask for something", path=("lines",))
    if sum(abs(line.net_minor) + abs(line.tax_minor) for line in sums.lines) > MAX_DOCUMENT_MINOR:
        raise InvalidValue(Why.TOO_LARGE, limit=str(Money(MAX_DOCUMENT_MINOR, content.currency)), path=("lines",))
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
