"""The totals of an invoice: examples one can check by hand, then the properties that must hold for any invoice."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.rules.totals import InvalidDiscount, InvalidLine, PricedLine, Totals, explain, totals
from backend.values.currency import UnknownCurrency, exponent
from backend.values.money import MAX_MINOR, AmountTooLarge, Money
from backend.values.tax import AppliedTax


def half_away(value: Fraction) -> int:
    """The nearest integer, a half away from zero, by its definition."""
    return int(abs(value) + Fraction(1, 2)) * (1 if value >= 0 else -1)


def vat(percent: str = "25", code: str = "S", reason: str = "", exemption_code: str = "") -> AppliedTax:
    return AppliedTax(
        category_code=code,
        percent=Decimal(percent),
        rate_code=f"X-{percent}",
        exemption_reason=reason,
        exemption_code=exemption_code,
    )


def line(price: str, quantity: str = "1", *, off: str = "0", tax: AppliedTax | None = None) -> PricedLine:
    return PricedLine(
        quantity=Decimal(quantity), unit_price=Decimal(price), discount_percent=Decimal(off), tax=tax or vat()
    )


def sek(*lines: PricedLine, discount: int = 0) -> Totals:
    return totals(lines, currency="SEK", document_discount_minor=discount)


class TestByHand:
    def test_one_licence_with_25_percent(self) -> None:
        """S002-3, S002-4, S002-49: line tax, then subtotal, tax total and total."""
        result = sek(line("450.00"))
        assert (result.net, result.tax, result.gross) == (
            Money(45_000, "SEK"),
            Money(11_250, "SEK"),
            Money(56_250, "SEK"),
        )
        assert result.lines[0].gross_minor == 56_250

    def test_the_tax_of_a_group_is_rounded_once(self) -> None:
        """X9, C10: three lines of 0.10 at 25 %: 0.30 x 25 % = 0.075, rounded 0.08; per line it would be 0.09."""
        result = sek(line("0.10"), line("0.10"), line("0.10"))
        assert result.tax == Money(8, "SEK")
        assert [each.tax_minor for each in result.lines] == [3, 3, 2]

    def test_a_group_per_category_and_rate_highest_first(self) -> None:
        """EN 16931 BG-23: one breakdown per category and rate, whatever the order of the lines."""
        lines = (
            line("10", tax=vat("6")),
            line("20"),
            line("30", tax=vat("0", "E", "Exempt")),
            line("5", tax=vat("6.0")),
        )
        groups = sek(*lines).groups
        assert [(group.category_code, group.percent, group.base_minor, group.tax_minor) for group in groups] == [
            ("S", Decimal(25), 2000, 500),
            ("S", Decimal(6), 1500, 90),
            ("E", Decimal(0), 3000, 0),
        ]

    def test_a_half_goes_away_from_zero_in_both_directions(self) -> None:
        """X9: 0.5 x 0.01 is half an öre."""
        assert sek(line("0.01", "0.5")).net == Money(1, "SEK")
        assert sek(line("0.01", "-0.5")).net == Money(-1, "SEK")

    def test_a_price_has_up_to_six_decimals(self) -> None:
        """X7: 1,000,000 pieces at 0.000001."""
        assert sek(line("0.000001", "1000000")).net == Money(100, "SEK")

    def test_a_line_discount_is_rounded_once_with_the_line(self) -> None:
        """3 x 33.335 = 100.005; 10 % off is 90.0045. The discount shown is the difference of the two shown amounts."""
        result = sek(line("33.335", "3", off="10")).lines[0]
        assert (result.net_minor, result.discount_minor) == (9000, 1001)

    def test_a_document_discount_is_split_over_the_lines_before_tax(self) -> None:
        """One krona off 200 and 100 kronor: 67 and 33 öre, so VAT is computed on what is paid."""
        result = sek(line("200"), line("100"), discount=100)
        assert [each.discount_minor for each in result.lines] == [67, 33]
        assert (result.net.minor, result.tax.minor) == (29_900, 7475)

    def test_a_discount_leaves_a_return_alone(self) -> None:
        result = sek(line("200"), line("50", "-1"), discount=15_000)
        assert [each.net_minor for each in result.lines] == [5000, -5000]
        assert result.gross.minor == 0

    def test_yen_have_no_decimals(self) -> None:
        result = totals([line("333.5", tax=vat("10"))], currency="JPY")
        assert (result.net.minor, result.tax.minor) == (334, 33)

    def test_no_lines_are_nothing(self) -> None:
        assert sek() == Totals(lines=(), groups=(), net=Money(0, "SEK"), tax=Money(0, "SEK"), gross=Money(0, "SEK"))

    def test_different_reasons_share_the_one_breakdown(self) -> None:
        """BR-E-01: one breakdown for E, so both texts stand in it and neither code is claimed for the other."""
        same = vat("0", "E", "Sport", "VATEX-EU-132-1M")
        assert sek(line("1", tax=same), line("1", tax=same)).groups[0].exemption_code == "VATEX-EU-132-1M"
        mixed = sek(line("1", tax=same), line("1", tax=vat("0", "E", "Culture", "VATEX-EU-132-1N"))).groups
        assert [(group.exemption_reason, group.exemption_code) for group in mixed] == [("Sport; Culture", "")]


class TestRefused:
    @pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "0.0000001", "1e15", "1e999999", "1e-999999"])
    def test_a_number_without_limit(self, number: str) -> None:
        for wrong in (line(number), line("1", number), line("1", off=number)):
            with pytest.raises(InvalidLine):
                sek(wrong)

    @pytest.mark.parametrize("off", ["-1", "100.01"])
    def test_a_discount_out_of_range(self, off: str) -> None:
        with pytest.raises(InvalidLine):
            sek(line("100", off=off))

    @pytest.mark.parametrize("discount", [-1, 10_001])
    def test_a_document_discount_beyond_the_net(self, discount: int) -> None:
        with pytest.raises(InvalidDiscount):
            sek(line("100"), discount=discount)

    def test_a_discount_on_nothing(self) -> None:
        with pytest.raises(InvalidDiscount):
            sek(discount=1)

    def test_an_amount_beyond_the_limit(self) -> None:
        with pytest.raises(AmountTooLarge):
            sek(line("999999999999", "999999"), line("999999999999", "-999999"))

    def test_an_unknown_currency(self) -> None:
        with pytest.raises(UnknownCurrency):
            totals([line("1")], currency="XXX")


taxes = st.sampled_from([vat("25"), vat("12"), vat("6"), vat("25.5"), vat("5.5"), vat("0", "E", "Exempt"), vat("19.6")])
priced = st.builds(
    PricedLine,
    quantity=st.decimals(-1000, 1000, places=3),
    unit_price=st.decimals(0, 10_000, places=6),
    discount_percent=st.decimals(0, 100, places=2),
    tax=taxes,
)
invoices = st.lists(priced, max_size=12)


class TestAnyInvoice:
    @given(invoices, st.sampled_from(["SEK", "JPY"]))
    def test_lines_groups_and_totals_agree(self, lines: list[PricedLine], currency: str) -> None:
        """C9, C11, S001-165: BR-CO-10 and BR-CO-14, and the lines' tax sums exactly to the total."""
        result = totals(lines, currency=currency)
        assert sum(each.net_minor for each in result.lines) == sum(each.base_minor for each in result.groups)
        assert sum(each.net_minor for each in result.lines) == result.net.minor
        assert sum(each.tax_minor for each in result.lines) == sum(each.tax_minor for each in result.groups)
        assert sum(each.tax_minor for each in result.lines) == result.tax.minor
        assert sum(each.gross_minor for each in result.lines) == result.gross.minor
        assert result.net + result.tax == result.gross

    @given(invoices)
    def test_against_the_definition_in_fractions(self, lines: list[PricedLine]) -> None:
        """X9 word by word, with exact fractions: BT-131 per line, then BR-CO-17 per group."""
        result = sek(*lines)
        for each, done in zip(lines, result.lines, strict=True):
            listed = Fraction(each.quantity) * Fraction(each.unit_price) * 10 ** exponent("SEK")
            assert done.net_minor == half_away(listed * (1 - Fraction(each.discount_percent) / 100))
            assert done.net_minor + done.discount_minor == half_away(listed)
        for group in result.groups:
            assert group.tax_minor == half_away(Fraction(group.base_minor) * Fraction(group.percent) / 100)

    @given(invoices)
    def test_no_line_is_a_whole_minor_unit_from_its_own_tax(self, lines: list[PricedLine]) -> None:
        for each, done in zip(lines, sek(*lines).lines, strict=True):
            assert abs(done.tax_minor - Fraction(done.net_minor) * Fraction(each.tax.percent) / 100) < 1
            assert done.net_minor or not done.tax_minor

    @given(st.lists(priced.filter(lambda each: each.quantity > 0), max_size=12))
    def test_the_reversal_of_an_invoice_is_its_mirror(self, lines: list[PricedLine]) -> None:
        """A full credit takes back, line by line, what was charged."""
        reversal = [
            PricedLine(
                quantity=-each.quantity,
                unit_price=each.unit_price,
                discount_percent=each.discount_percent,
                tax=each.tax,
            )
            for each in lines
        ]
        for charged, taken in zip(sek(*lines).lines, sek(*reversal).lines, strict=True):
            assert (taken.net_minor, taken.tax_minor) == (-charged.net_minor, -charged.tax_minor)

    @given(st.lists(priced.filter(lambda each: each.quantity > 0), min_size=1, max_size=12), st.data())
    def test_a_document_discount_comes_off_exactly(self, lines: list[PricedLine], data: st.DataObject) -> None:
        before = sek(*lines)
        discount = data.draw(st.integers(0, before.net.minor))
        after = sek(*lines, discount=discount)
        assert before.net.minor - after.net.minor == discount
        for line_before, line_after in zip(before.lines, after.lines, strict=True):
            assert 0 <= line_after.net_minor <= line_before.net_minor
            assert line_after.discount_minor - line_before.discount_minor == (
                line_before.net_minor - line_after.net_minor
            )

    @given(st.lists(priced, min_size=2, max_size=8), st.randoms(use_true_random=False))
    def test_the_order_of_lines_does_not_change_the_sums(self, lines: list[PricedLine], random: object) -> None:
        shuffled = list(lines)
        random.shuffle(shuffled)  # type: ignore[attr-defined]
        one, other = sek(*lines), sek(*shuffled)
        assert (one.net, one.tax, one.gross, one.groups) == (other.net, other.tax, other.gross, other.groups)


class TestExplain:
    """S001-82, C12: every öre of the total can be followed from quantity and price."""

    def test_a_small_invoice_step_by_step(self) -> None:
        lines = [line("33.335", "3", off="10"), line("0.10")]
        steps = explain(lines, sek(*lines, discount=10))
        assert [(step.label, step.line) for step in steps] == [
            ("line_amount", 1),
            ("line_discount", 1),
            ("document_discount", 1),
            ("line_amount", 2),
            ("group_base", None),
            ("group_tax", None),
            ("line_tax", 1),
            ("line_tax", 2),
            ("total", None),
        ]
        assert dict(steps[0].values) == {
            "quantity": Decimal(3),
            "unit_price": Decimal("33.335"),
            "exact_minor": Decimal("10000.500"),
            "rounded_minor": 10_001,
        }
        assert dict(steps[1].values)["exact_minor"] == Decimal("9000.45")
        assert dict(steps[2].values) == {"share_minor": 10, "net_minor": 8990}
        assert dict(steps[5].values) == {"percent": 25, "exact_minor": Decimal("2250"), "rounded_minor": 2250}
        assert dict(steps[-1].values) == {"net_minor": 9000, "tax_minor": 2250, "gross_minor": 11_250}

    @settings(max_examples=50)
    @given(invoices)
    def test_the_steps_end_in_the_result(self, lines: list[PricedLine]) -> None:
        result = sek(*lines)
        steps = explain(lines, result)
        allocated = [dict(step.values)["allocated_minor"] for step in steps if step.label == "line_tax"]
        rounded = [dict(step.values)["rounded_minor"] for step in steps if step.label == "group_tax"]
        assert sum(allocated) == sum(rounded) == result.tax.minor  # type: ignore[arg-type]

    def test_the_longest_numbers_are_still_exact(self) -> None:
        lines = [line("599999999.999999", "99999.999999", off="0.000001", tax=vat("25.123456"))]
        result = sek(*lines)
        assert result.net.minor < MAX_MINOR
        assert dict(explain(lines, result)[-1].values)["gross_minor"] == result.gross.minor
