"""The one way from priced lines to an invoice's totals (X9): preview, issue, PDF and e-invoice all call `totals`.

Line nets are rounded, VAT is computed once per (category, rate) on their sum, then handed back to the lines so that
the lines' tax adds up exactly: EN 16931 (BR-CO-10, BR-CO-17) and the sum over the lines are both right.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from typing import Final, Literal

from backend.values.currency import exponent
from backend.values.money import MAX_MINOR, AmountTooLarge, Money, round_ratio, split
from backend.values.tax import AppliedTax, TaxGroup
from backend.values.why import InvalidByRule, Why

# X7: a unit price has up to six decimals. Quantities and percentages get the same, which is finer than anyone measures.
MAX_DECIMALS: Final = 6
# More digits before the point than this cannot end below `MAX_MINOR`, and would only cost time.
MAX_INTEGER_DIGITS: Final = 15

_NO_DISCOUNT: Final = Decimal(0)

# Wide enough for the product of a quantity, a price and a percentage of full length, and it refuses to round.
_EXACT: Final = Context(prec=120, traps=[Inexact])

StepLabel = Literal["line_amount", "line_discount", "document_discount", "group_base", "group_tax", "line_tax", "total"]


class InvalidLine(InvalidByRule):
    """A quantity, price or percentage is not finite, has too many digits, or is out of range."""


class InvalidDiscount(InvalidByRule):
    """The document discount is negative or exceeds what there is to discount."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedLine:
    """What is sold: `unit_price` in major units before tax, `discount_percent` 10 for 10 %. A return is negative."""

    quantity: Decimal
    unit_price: Decimal
    discount_percent: Decimal = _NO_DISCOUNT
    tax: AppliedTax


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTotals:
    """One line in minor units. `net_minor + discount_minor` is quantity x price, rounded; `net + tax` is `gross`.

    `discount_minor` holds the line's own discount and its share of the document discount.
    """

    net_minor: int
    tax_minor: int
    gross_minor: int
    discount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the invoice amounts to. Lines in the order given; groups by descending rate, then category code."""

    lines: tuple[LineTotals, ...]
    groups: tuple[TaxGroup, ...]
    net: Money
    tax: Money
    gross: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the calculation, for people. `line` counts from 1; None where the step concerns all lines.

    A value named `*_minor` is in minor units, `exact_minor` before rounding; the interface words the label.
    """

    label: StepLabel
    line: int | None
    values: tuple[tuple[str, Decimal | int | str], ...]


def totals(lines: Sequence[PricedLine], *, currency: str, document_discount_minor: int = 0) -> Totals:
    """The totals of `lines` in `currency`; `document_discount_minor` is taken off the nets before tax.

    Every rounding is half away from zero, and every calculation before it exact. Raises `InvalidLine`,
    `InvalidDiscount`, `AmountTooLarge` and `UnknownCurrency`.
    """
    scale = 10 ** exponent(currency)
    listed = [_listed_and_net(line, scale) for line in lines]
    nets = [net for _, net in listed]
    if document_discount_minor:
        nets = _after_discount(nets, document_discount_minor)
    groups, taxes = _taxed([line.tax for line in lines], nets)
    net, tax = sum(nets), sum(taxes)
    return Totals(
        lines=tuple(
            LineTotals(net_minor=net_, tax_minor=tax_, gross_minor=net_ + tax_, discount_minor=before - net_)
            for (before, _), net_, tax_ in zip(listed, nets, taxes, strict=True)
        ),
        groups=groups,
        net=Money(net, currency),
        tax=Money(tax, currency),
        gross=Money(net + tax, currency),
    )


def explain(lines: Sequence[PricedLine], result: Totals) -> tuple[Step, ...]:
    """Every minor unit of `result`, step by step: quantity x price, rounding, group, allocation, total.

    `result` is what `totals` made of the same `lines`.
    """
    steps: list[Step] = []
    scale = 10 ** exponent(result.net.currency)
    for number, (line, line_totals) in enumerate(zip(lines, result.lines, strict=True), start=1):
        steps.extend(_line_steps(number, line, line_totals, scale))
    for group in result.groups:
        steps.extend(_group_steps(lines, result, group))
    steps.append(
        _step("total", None, net_minor=result.net.minor, tax_minor=result.tax.minor, gross_minor=result.gross.minor)
    )
    return tuple(steps)


def exact_ratio(value: Decimal) -> tuple[int, int]:
    """`value` as numerator and positive denominator. Raises `InvalidLine` beyond the limits of digits."""
    # The size is looked at first: "1e999999" is a short text and a number of a million digits.
    if value and not -MAX_DECIMALS <= value.adjusted() < MAX_INTEGER_DIGITS:
        raise InvalidLine(Why.ASTRONOMICAL)
    try:
        numerator, denominator = value.as_integer_ratio()
    except (ValueError, OverflowError):
        raise InvalidLine(Why.NOT_A_NUMBER) from None
    if 10**MAX_DECIMALS % denominator:
        raise InvalidLine(Why.TOO_MANY_DECIMALS, limit=MAX_DECIMALS)
    return numerator, denominator


def _listed_and_net(line: PricedLine, scale: int) -> tuple[int, int]:
    """Minor units before and after the line's own discount, each rounded once from the exact value."""
    quantity, quantity_scale = exact_ratio(line.quantity)
    price, price_scale = exact_ratio(line.unit_price)
    numerator, denominator = quantity * price * scale, quantity_scale * price_scale
    listed = net = round_ratio(numerator, denominator)
    if line.discount_percent:
        percent, percent_scale = exact_ratio(line.discount_percent)
        if not 0 <= percent <= 100 * percent_scale:
            raise InvalidLine(Why.OUT_OF_RANGE, lowest=0, highest=100)
        net = round_ratio(numerator * (100 * percent_scale - percent), denominator * 100 * percent_scale)
    if not -MAX_MINOR <= listed <= MAX_MINOR:
        raise AmountTooLarge(Why.ASTRONOMICAL)
    return listed, net


def _after_discount(nets: Sequence[int], discount: int) -> list[int]:
    # Only lines that cost something can become cheaper; a return keeps its amount.
    costs = [max(net, 0) for net in nets]
    if not 0 <= discount <= sum(nets):
        raise InvalidDiscount(Why.DISCOUNT_TOO_LARGE)
    return [net - share for net, share in zip(nets, split(discount, costs), strict=True)]


def _taxed(taxes: Sequence[AppliedTax], nets: Sequence[int]) -> tuple[tuple[TaxGroup, ...], list[int]]:
    """The groups, and the tax of each line."""
    members: dict[tuple[str, Decimal], list[int]] = {}
    for index, tax in enumerate(taxes):
        members.setdefault((tax.category_code, tax.percent), []).append(index)
    groups: list[TaxGroup] = []
    line_taxes = [0] * len(nets)
    for (category_code, percent), indexes in members.items():
        shares = allocated_tax([nets[index] for index in indexes], percent)
        for index, share in zip(indexes, shares, strict=True):
            line_taxes[index] = share
        groups.append(
            TaxGroup(
                category_code=category_code,
                percent=percent,
                exemption_reason=_joined(taxes[index].exemption_reason for index in indexes),
                exemption_code=_only(taxes[index].exemption_code for index in indexes),
                base_minor=sum(nets[index] for index in indexes),
                tax_minor=sum(shares),
            )
        )
    if len(groups) > 1:
        groups.sort(key=lambda group: (-group.percent, group.category_code))
    return tuple(groups), line_taxes


def allocated_tax(nets: Sequence[int], percent: Decimal) -> list[int]:
    """The tax of each line of one group: it sums to the rounded tax of the whole base (BR-CO-17).

    Largest remainder on each line's exact tax, so that no line is a whole minor unit away from its own tax, lines of
    both signs can stand in one group, and a line without amount never carries tax. Equal remainders go to the earlier.
    """
    numerator, denominator = exact_ratio(percent)
    denominator *= 100
    base = sum(nets)
    tax = round_ratio(base * numerator, denominator)
    if len(nets) == 1:
        return [tax]
    # Turned to a positive base, so that a reversal is allocated exactly like what it reverses.
    sign = -1 if base < 0 else 1
    exact = [divmod(sign * net * numerator, denominator) for net in nets]
    shares = [quotient for quotient, _ in exact]
    missing = sign * tax - sum(shares)
    for index in sorted(range(len(shares)), key=lambda i: (-exact[i][1], i))[:missing]:
        shares[index] += 1
    return [sign * share for share in shares]


def _joined(reasons: Iterable[str]) -> str:
    # EN 16931 allows one breakdown per category and rate (BR-E-01), so different reasons share its one text.
    return "; ".join(dict.fromkeys(reason for reason in reasons if reason))


def _only(codes: Iterable[str]) -> str:
    distinct = set(codes)
    return distinct.pop() if len(distinct) == 1 else ""


def _line_steps(number: int, line: PricedLine, result: LineTotals, scale: int) -> Iterator[Step]:
    listed, net = _listed_and_net(line, scale)
    exact = _EXACT.multiply(_EXACT.multiply(line.quantity, line.unit_price), scale)
    yield _step(
        "line_amount",
        number,
        quantity=line.quantity,
        unit_price=line.unit_price,
        exact_minor=exact,
        rounded_minor=listed,
    )
    if line.discount_percent:
        rest = _EXACT.divide(_EXACT.multiply(exact, _EXACT.subtract(Decimal(100), line.discount_percent)), Decimal(100))
        yield _step(
            "line_discount", number, discount_percent=line.discount_percent, exact_minor=rest, rounded_minor=net
        )
    if net != result.net_minor:
        yield _step("document_discount", number, share_minor=net - result.net_minor, net_minor=result.net_minor)


def _group_steps(lines: Sequence[PricedLine], result: Totals, group: TaxGroup) -> Iterator[Step]:
    def exact_tax(base_minor: int) -> Decimal:
        return _EXACT.divide(_EXACT.multiply(group.percent, base_minor), Decimal(100))

    yield _step(
        "group_base", None, category_code=group.category_code, percent=group.percent, base_minor=group.base_minor
    )
    yield _step(
        "group_tax", None, percent=group.percent, exact_minor=exact_tax(group.base_minor), rounded_minor=group.tax_minor
    )
    for number, (line, line_totals) in enumerate(zip(lines, result.lines, strict=True), start=1):
        if (line.tax.category_code, line.tax.percent) == (group.category_code, group.percent):
            net = line_totals.net_minor
            yield _step(
                "line_tax", number, net_minor=net, exact_minor=exact_tax(net), allocated_minor=line_totals.tax_minor
            )


def _step(label: StepLabel, line: int | None, **values: Decimal | int | str) -> Step:
    return Step(label=label, line=line, values=tuple(values.items()))
