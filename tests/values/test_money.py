"""Money: parsing, printing, adding, the one rounding and the split that loses nothing."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.values.currency import UnknownCurrency
from backend.values.money import (
    MAX_MINOR,
    AmountTooLarge,
    CurrencyMismatch,
    InvalidAmount,
    Money,
    round_ratio,
    split,
    total,
)

amounts = st.integers(-MAX_MINOR, MAX_MINOR)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=20)


class TestReadingAndPrinting:
    @pytest.mark.parametrize(
        ("text", "currency", "minor"),
        [
            ("119.00", "SEK", 11_900),
            ("119", "SEK", 11_900),
            ("119.5", "EUR", 11_950),
            ("-0.01", "EUR", -1),
            ("0.10000", "EUR", 10),
            ("500", "JPY", 500),
            ("500.00", "JPY", 500),
            ("90000000000000.00", "SEK", MAX_MINOR),
        ],
    )
    def test_an_amount_is_read_in_major_units(self, text: str, currency: str, minor: int) -> None:
        assert Money.parse(text, currency) == Money(minor, currency)

    @pytest.mark.parametrize(
        "text",
        [
            *("", "abc", "1.005", "1,50", "1e3", "1e999999", "NaN", "Infinity", " 1", "1_000", "+1", "1.", ".5", "--1"),
            "١٢",
            # Forty digits that `Decimal` would silently round to 28.
            "1." + "0" * 39 + "1",
        ],
    )
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(InvalidAmount):
            Money.parse(text, "SEK")

    def test_more_decimals_than_the_currency_has_are_refused(self) -> None:
        """X7: minor units everywhere, so a third decimal has nowhere to go."""
        with pytest.raises(InvalidAmount):
            Money.parse("500.5", "JPY")

    def test_an_unknown_currency_is_named_as_such(self) -> None:
        with pytest.raises(UnknownCurrency):
            Money.parse("1.00", "XXX")

    @given(amounts, st.sampled_from(["SEK", "EUR", "JPY"]))
    def test_what_is_printed_can_be_read_again(self, minor: int, currency: str) -> None:
        money = Money(minor, currency)
        assert Money.parse(str(money.decimal), currency) == money
        assert str(money) == f"{money.decimal} {currency}"


class TestArithmetic:
    def test_amounts_of_one_currency_add_up(self) -> None:
        assert Money(100, "SEK") + Money(25, "SEK") - Money(5, "SEK") == Money(120, "SEK")
        assert -Money(100, "SEK") == Money(-100, "SEK")
        assert total([Money(1, "EUR"), Money(2, "EUR")], "EUR") == Money(3, "EUR")
        assert total([], "EUR") == Money.zero("EUR")
        assert not Money.zero("EUR")

    def test_amounts_of_one_currency_compare(self) -> None:
        assert Money(1, "SEK") < Money(2, "SEK") <= Money(2, "SEK")
        assert Money(2, "SEK") > Money(1, "SEK")

    def test_currencies_never_mix(self) -> None:
        for mix in (
            lambda: Money(1, "SEK") + Money(1, "EUR"),
            lambda: Money(1, "SEK") < Money(1, "EUR"),
            lambda: total([Money(1, "SEK")], "EUR"),
        ):
            with pytest.raises(CurrencyMismatch):
                mix()

    def test_an_amount_a_json_reader_could_garble_is_refused(self) -> None:
        """RFC 8785 section 3.2.2.3: integers beyond 2^53 are not safe."""
        assert MAX_MINOR < 2**53
        with pytest.raises(AmountTooLarge):
            Money(MAX_MINOR + 1, "SEK")


class TestRounding:
    @pytest.mark.parametrize(
        ("value", "rounded"),
        [("0.5", 1), ("-0.5", -1), ("1.5", 2), ("2.5", 3), ("-2.5", -3), ("2.4999", 2), ("0", 0), ("-0.4", 0)],
    )
    def test_a_half_goes_away_from_zero(self, value: str, rounded: int) -> None:
        """X9: 2.5 becomes 3, where Python's own `round` says 2."""
        assert round_ratio(*Fraction(value).as_integer_ratio()) == rounded

    @given(st.integers(-(10**30), 10**30), st.integers(1, 10**12))
    def test_rounding_moves_at_most_half_and_mirrors(self, numerator: int, denominator: int) -> None:
        rounded = round_ratio(numerator, denominator)
        assert abs(2 * (rounded * denominator - numerator)) <= denominator
        assert round_ratio(-numerator, denominator) == -rounded

    def test_major_units_are_rounded_once(self) -> None:
        """A value just below the half stays below it, however many digits say so."""
        assert Money.rounded(Decimal("1.005"), "SEK") == Money(101, "SEK")
        assert Money.rounded(Decimal("-1.005"), "SEK") == Money(-101, "SEK")
        assert Money.rounded(Decimal("0.00" + "4" + "9" * 40), "SEK") == Money(0, "SEK")
        assert Money.rounded(Decimal("10.5"), "JPY") == Money(11, "JPY")


class TestSplit:
    def test_a_hundred_over_three(self) -> None:
        assert split(100, [1, 1, 1]) == (34, 33, 33)
        assert split(-100, [1, 1, 1]) == (-34, -33, -33)

    def test_a_weight_of_nothing_gets_nothing(self) -> None:
        assert split(5, [0, 3, 0]) == (0, 5, 0)

    def test_without_proportion_the_first_part_takes_it(self) -> None:
        assert split(5, [0, 0]) == (5, 0)
        assert split(5, [1, -1]) == (5, 0)

    def test_nothing_to_split_over_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="nothing"):
            split(1, [])

    @given(amounts, st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=20))
    def test_the_parts_sum_to_the_amount(self, amount: int, any_weights: list[int]) -> None:
        """C9: credit notes that do not add up to the invoice begin with a split that loses a cent."""
        assert sum(split(amount, any_weights)) == amount

    @given(amounts, weights.filter(any))
    def test_no_part_is_a_whole_unit_from_its_share(self, amount: int, positive: list[int]) -> None:
        whole = sum(positive)
        for part, weight in zip(split(amount, positive), positive, strict=True):
            assert abs(part * whole - amount * weight) < whole

    @given(amounts, weights)
    def test_a_reversal_takes_back_exactly_what_was_given(self, amount: int, any_weights: list[int]) -> None:
        assert split(-amount, any_weights) == tuple(-part for part in split(amount, any_weights))

    @given(amounts.filter(lambda amount: amount >= 0), weights.filter(any))
    def test_a_larger_weight_never_gets_less(self, amount: int, positive: list[int]) -> None:
        by_weight = sorted(zip(positive, split(amount, positive), strict=True), key=lambda pair: pair[0])
        for (lighter, less), (heavier, more) in pairwise(by_weight):
            assert less <= more or lighter == heavier
