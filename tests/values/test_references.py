"""Payment references and QR texts against the examples of their standards."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.values.money import Money
from backend.values.references import (
    MAX_OCR,
    InvalidPaymentCode,
    InvalidReference,
    epc_payload,
    grouped,
    is_iban,
    is_ocr,
    is_rf,
    ocr_reference,
    rf_reference,
    swish_payload,
)

counters = st.integers(0, 10**20)


class TestOcr:
    def test_check_digit_and_length_digit(self) -> None:
        """The published examples: 123 becomes 1230, and 12351 with a length digit (five digits in all)."""
        assert ocr_reference(123, length_digit=False) == "1230"
        assert ocr_reference(123) == "12351"

    def test_the_length_digit_keeps_only_the_last_figure(self) -> None:
        """Ten digits in all are written as 0 in the second last place."""
        assert ocr_reference(12_345_678)[-2] == "0"

    @given(counters, st.booleans())
    def test_every_reference_passes_the_soft_check(self, counter: int, length_digit: bool) -> None:
        reference = ocr_reference(counter, length_digit=length_digit)
        assert is_ocr(reference)
        assert is_ocr(grouped(reference))
        assert reference.startswith(str(counter))

    @given(counters, st.data())
    def test_one_mistyped_digit_is_always_noticed(self, counter: int, data: st.DataObject) -> None:
        reference = ocr_reference(counter)
        place = data.draw(st.integers(0, len(reference) - 1))
        wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != reference[place]]))
        assert not is_ocr(reference[:place] + wrong + reference[place + 1 :])

    @given(st.integers(0, 10**9), st.integers(0, 10**9))
    def test_two_counters_never_share_a_reference(self, one: int, other: int) -> None:
        assert (ocr_reference(one) == ocr_reference(other)) == (one == other)

    def test_at_most_25_digits(self) -> None:
        assert len(ocr_reference(10**22)) == MAX_OCR
        with pytest.raises(InvalidReference):
            ocr_reference(10**23)
        with pytest.raises(InvalidReference):
            ocr_reference(-1)

    @pytest.mark.parametrize("text", ["", "0", "12a51", "１２３５１", "12352", "1" * 26, "RF18539007547034"])
    def test_what_is_no_ocr_reference(self, text: str) -> None:
        assert not is_ocr(text)


class TestRf:
    def test_the_example_of_the_standard(self) -> None:
        assert rf_reference("539007547034") == "RF18539007547034"
        assert grouped("RF18539007547034") == "RF18 5390 0754 7034"
        assert is_rf("RF18 5390 0754 7034")
        assert is_rf("rf18539007547034")

    def test_a_counter_or_an_invoice_number(self) -> None:
        assert rf_reference(1234) == rf_reference("1234")
        assert rf_reference("Faktura-2026-000001").endswith("FAKTURA2026000001")

    @given(st.text("ABCXYZ0123456789", min_size=1, max_size=21))
    def test_every_reference_is_valid(self, body: str) -> None:
        assert is_rf(rf_reference(body))
        assert is_rf(grouped(rf_reference(body)))

    @given(st.text("0123456789", min_size=2, max_size=21))
    def test_swapped_digits_are_always_noticed(self, body: str) -> None:
        """A digit and a letter can be swapped unnoticed (3X and X3 are both 333): references from counters cannot."""
        reference = rf_reference(body)
        for place in range(4, len(reference) - 1):
            left, right = reference[place], reference[place + 1]
            swapped = reference[:place] + right + left + reference[place + 2 :]
            assert is_rf(swapped) == (left == right)

    @pytest.mark.parametrize("body", ["", "A" * 22, "Å1", "1.2", "١٢"])
    def test_what_cannot_become_a_reference(self, body: str) -> None:
        with pytest.raises(InvalidReference):
            rf_reference(body)

    @pytest.mark.parametrize("text", ["", "RF18", "RF19539007547034", "RF00539007547034", "12351"])
    def test_what_is_no_reference(self, text: str) -> None:
        assert not is_rf(text)


class TestIban:
    @pytest.mark.parametrize(
        "iban",
        [
            "SE4550000000058398257466",
            "FR1420041010050500013M02606",
            "FI2112345600000785",
            "DE89 3704 0044 0532 0130 00",
            "ES9121000418450200051332",
            "NO9386011117947",
            "DK5000400440116243",
            "CH9300762011623852957",
            "EE382200221020145685",
            "BE68539007547034",
            "GB29NWBK60161331926819",
            "MT84MALT011000012345MTLCAST001S",
        ],
    )
    def test_the_examples_of_the_registry(self, iban: str) -> None:
        assert is_iban(iban)
        assert is_iban(iban.lower())

    @pytest.mark.parametrize(
        "iban",
        [
            "",
            "SE4550000000058398257467",
            "SE455000000005839825746",
            "SE0150000000058398257466",
            "BR1800360305000010009795493C1",
            "SE45-5000-0000-0583-9825-7466",
            "SE٤٥50000000058398257466",
            "BG06664661538107479633",
        ],
        ids=[
            "empty",
            "wrong check digit",
            "too short",
            "impossible check digits",
            "outside SEPA",
            "hyphens",
            "digits of another script",
            "not shaped as in its country",
        ],
    )
    def test_what_is_no_iban(self, iban: str) -> None:
        assert not is_iban(iban)


def epc(
    *,
    name: str = "Red Cross of Belgium",
    iban: str = "BE72000000001616",
    bic: str = "BPOTBEB1",
    amount: Money = Money(2000, "EUR"),  # noqa: B008 - immutable
    reference: str = "RF18 5390 0754 7034",
) -> str:
    return epc_payload(name=name, iban=iban, bic=bic, amount=amount, reference=reference)


class TestEpcCode:
    def test_a_structured_reference_is_the_tenth_line(self) -> None:
        assert epc().split("\n") == [
            "BCD",
            "002",
            "1",
            "SCT",
            "BPOTBEB1",
            "Red Cross of Belgium",
            "BE72000000001616",
            "EUR20.00",
            "",
            "RF18539007547034",
        ]

    def test_any_other_reference_is_the_eleventh(self) -> None:
        assert epc(reference="Faktura 7").split("\n")[8:] == ["", "", "Faktura 7"]

    def test_nothing_follows_the_last_element(self) -> None:
        assert epc(reference="").endswith("\nEUR20.00")

    def test_the_bic_may_be_left_out_within_the_economic_area_only(self) -> None:
        assert epc(bic="").split("\n")[4] == ""
        with pytest.raises(InvalidPaymentCode, match="BIC"):
            epc(bic="", iban="CH9300762011623852957")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"amount": Money(2000, "SEK")},
            {"amount": Money(0, "EUR")},
            {"amount": Money(100_000_000_000, "EUR")},
            {"iban": "BE72000000001617"},
            {"bic": "BPOT"},
            {"name": " "},
            {"name": "x" * 71},
            {"reference": "x" * 141},
            {"reference": "å" * 140, "name": "ö" * 70},
        ],
        ids=["not euro", "zero", "too much", "iban", "bic", "no name", "long name", "long text", "331 bytes"],
    )
    def test_what_the_standard_refuses(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(InvalidPaymentCode):
            epc(**wrong)

    @pytest.mark.parametrize("breaker", ["\n", "\r", "\u2028", "\x85", "\x00"])
    def test_no_text_can_add_a_line(self, breaker: str) -> None:
        """Otherwise a name could bring its own IBAN."""
        with pytest.raises(InvalidPaymentCode):
            epc(name=f"Club{breaker}SE4550000000058398257466")
        with pytest.raises(InvalidPaymentCode):
            epc(reference=f"Faktura{breaker}7")

    def test_the_smallest_and_largest_amount(self) -> None:
        assert "\nEUR0.01" in epc(amount=Money(1, "EUR"))
        assert "\nEUR999999999.99" in epc(amount=Money(99_999_999_999, "EUR"))


class TestSwishCode:
    def test_the_example_of_the_manual(self) -> None:
        assert (
            swish_payload(number="1237856901", amount=Money(10_000, "SEK"), message="12229445")
            == "C1237856901;100,00;12229445;0"
        )

    def test_number_with_spaces_and_message_with_any_character(self) -> None:
        payload = swish_payload(number="123 785 69 01", amount=Money(11_905, "SEK"), message="Licens; åäö")
        assert payload == "C1237856901;119,05;Licens%3B%20%C3%A5%C3%A4%C3%B6;0"

    @pytest.mark.parametrize(
        ("number", "amount", "message"),
        [
            ("5551231231", Money(100, "SEK"), ""),
            ("123785690", Money(100, "SEK"), ""),
            ("1237856901", Money(100, "EUR"), ""),
            ("1237856901", Money(0, "SEK"), ""),
            ("1237856901", Money(100, "SEK"), "x" * 51),
            ("1237856901", Money(100, "SEK"), "a\nb"),
        ],
    )
    def test_what_swish_cannot_pay(self, number: str, amount: Money, message: str) -> None:
        with pytest.raises(InvalidPaymentCode):
            swish_payload(number=number, amount=amount, message=message)
