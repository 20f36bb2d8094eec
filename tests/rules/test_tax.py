"""Which VAT applies: the matrix by date, the fiscal position of the parties, and what is frozen on a line."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.tax import EU, OverlappingTaxRates, TaxMatrix, TaxUndetermined, fiscal_position, resolve
from backend.rules.tax_history import DEFAULT_RATES
from backend.values.tax import FiscalPosition, InvalidTaxRate, TaxCategory, TaxRate

DEFAULT = TaxMatrix(DEFAULT_RATES)
TODAY = date(2026, 11, 20)


def a_rate(
    percent: str = "25",
    since: date = date(2020, 1, 1),
    until: date | None = None,
    *,
    jurisdiction: str = "SE",
    category: TaxCategory = "standard",
) -> TaxRate:
    return TaxRate(
        code=f"{jurisdiction}-{percent}",
        jurisdiction=jurisdiction,
        category=category,
        percent=Decimal(percent),
        en16931="S",
        valid_from=since,
        valid_to=until,
        source="test",
    )


def rates_from(starts: list[date]) -> list[TaxRate]:
    return [a_rate(str(number), start) for number, start in enumerate(sorted(starts), start=1)]


class TestMatrix:
    def test_the_rate_of_the_day_is_found(self) -> None:
        """S000-27, S000-28: a historical invoice keeps the rate of its own day."""
        matrix = TaxMatrix((a_rate("20", date(2010, 1, 1), date(2019, 12, 31)), a_rate("25")))
        assert matrix.rate("SE", "standard", date(2019, 12, 31)).percent == 20
        assert matrix.rate("SE", "standard", date(2020, 1, 1)).percent == 25

    @pytest.mark.parametrize(
        ("jurisdiction", "category", "on"),
        [
            ("XX", "standard", TODAY),
            ("SE", "reduced", TODAY),
            ("SE", "nonsense", TODAY),
            ("SE", "standard", date(2019, 12, 31)),
        ],
    )
    def test_an_unknown_rate_is_never_guessed(self, jurisdiction: str, category: str, on: date) -> None:
        """C16, S003-68: no rate, no invoice; the error says what was looked for."""
        with pytest.raises(TaxUndetermined) as unknown:
            TaxMatrix((a_rate(),)).rate(jurisdiction, category, on)
        assert (unknown.value.jurisdiction, unknown.value.category, unknown.value.on) == (jurisdiction, category, on)

    @pytest.mark.parametrize(
        ("since", "until"), [(date(2020, 1, 1), None), (date(2025, 1, 1), None), (date(2010, 1, 1), date(2020, 1, 1))]
    )
    def test_rates_of_one_category_may_not_overlap(self, since: date, until: date | None) -> None:
        """C15: valid_from and valid_to with no overlap."""
        with pytest.raises(OverlappingTaxRates):
            TaxMatrix((a_rate(), a_rate("26", since, until)))

    def test_other_categories_and_countries_do_not_count_as_overlap(self) -> None:
        TaxMatrix((a_rate(), a_rate("12", category="reduced"), a_rate("24", jurisdiction="FI")))

    def test_adopting_a_rate_closes_the_open_one_the_day_before(self) -> None:
        """S000-28: rates are versioned with effective dates; the earlier matrix itself is untouched."""
        before = TaxMatrix((a_rate("24", jurisdiction="FI"), a_rate("14", jurisdiction="FI", category="reduced")))
        after = before.adopt(a_rate("25.5", date(2024, 9, 1), jurisdiction="FI"))
        assert after.rate("FI", "standard", date(2024, 8, 31)).valid_to == date(2024, 8, 31)
        assert after.rate("FI", "standard", date(2024, 9, 1)).percent == Decimal("25.5")
        assert after.rate("FI", "reduced", TODAY).valid_to is None
        assert before.rate("FI", "standard", TODAY).percent == 24

    def test_adopting_into_a_period_with_a_known_end_is_refused(self) -> None:
        known = TaxMatrix((a_rate(until=date(2027, 12, 31)),))
        with pytest.raises(OverlappingTaxRates):
            known.adopt(a_rate("26", date(2027, 1, 1)))
        with pytest.raises(OverlappingTaxRates):
            TaxMatrix((a_rate(),)).adopt(a_rate("26", date(2020, 1, 1)))

    def test_a_whole_history_can_be_adopted_at_once(self) -> None:
        assert TaxMatrix().adopt_all(DEFAULT_RATES) == DEFAULT

    @given(st.lists(st.dates(date(2000, 1, 1), date(2040, 1, 1)), min_size=1, max_size=8, unique=True), st.dates())
    def test_after_any_adoptions_exactly_one_rate_holds(self, starts: list[date], day: date) -> None:
        matrix = TaxMatrix()
        for rate in rates_from(starts):
            matrix = matrix.adopt(rate)
        assert matrix == TaxMatrix().adopt_all(rates_from(starts))
        holding = [rate for rate in matrix.rates if rate.holds(day)]
        assert len(holding) == (1 if day >= min(starts) else 0)
        if holding:
            assert matrix.rate("SE", "standard", day) == holding[0]

    @pytest.mark.parametrize(
        ("percent", "en16931"), [("-1", "S"), ("101", "S"), ("0", "S"), ("25", "E"), ("25", "AE"), ("5", "Z")]
    )
    def test_a_percentage_fits_its_category_code(self, percent: str, en16931: str) -> None:
        """EN 16931 BR-S-05 (above zero), BR-Z-05, BR-E-05 and BR-AE-05 (zero)."""
        with pytest.raises(InvalidTaxRate):
            TaxRate(
                code="X",
                jurisdiction="SE",
                category="standard",
                percent=Decimal(percent),
                en16931=en16931,
                valid_from=TODAY,
                source="test",  # type: ignore[arg-type]
            )

    def test_a_rate_does_not_end_before_it_begins(self) -> None:
        with pytest.raises(InvalidTaxRate):
            a_rate(since=TODAY, until=TODAY - timedelta(days=1))


class TestHistory:
    @pytest.mark.parametrize(
        ("jurisdiction", "category", "on", "percent"),
        [
            ("SE", "standard", "2026-11-20", "25"),
            ("SE", "reduced", "2026-11-20", "12"),
            ("SE", "super_reduced", "2026-11-20", "6"),
            ("FR", "standard", "2013-12-31", "19.6"),
            ("FR", "standard", "2014-01-01", "20"),
            ("FR", "second_reduced", "2026-11-20", "5.5"),
            ("FI", "standard", "2024-08-31", "24"),
            ("FI", "standard", "2024-09-01", "25.5"),
            ("FI", "reduced", "2025-12-31", "14"),
            ("FI", "reduced", "2026-01-01", "13.5"),
            ("DE", "standard", "2020-06-30", "19"),
            ("DE", "standard", "2020-07-01", "16"),
            ("DE", "reduced", "2020-12-31", "5"),
            ("DE", "standard", "2021-01-01", "19"),
            ("ES", "standard", "2012-08-31", "18"),
            ("ES", "standard", "2012-09-01", "21"),
            ("NO", "super_reduced", "2021-09-30", "6"),
            ("NO", "super_reduced", "2021-10-01", "12"),
            ("CH", "standard", "2023-12-31", "7.7"),
            ("CH", "standard", "2024-01-01", "8.1"),
            ("EE", "standard", "2025-06-30", "22"),
            ("EE", "standard", "2025-07-01", "24"),
            ("SK", "standard", "2025-01-01", "23"),
            ("RO", "standard", "2025-07-31", "19"),
            ("RO", "standard", "2025-08-01", "21"),
            ("LT", "reduced", "2026-01-01", "12"),
            ("DK", "standard", "2026-11-20", "25"),
        ],
    )
    def test_the_days_on_which_rates_changed(self, jurisdiction: str, category: str, on: str, percent: str) -> None:
        """C15: a June invoice made in July has June's rate."""
        assert DEFAULT.rate(jurisdiction, category, date.fromisoformat(on)).percent == Decimal(percent)

    def test_every_member_state_has_a_standard_rate_and_the_sport_exemption_today(self) -> None:
        for country in EU:
            assert DEFAULT.rate(country, "standard", TODAY).percent >= 15  # Directive 2006/112/EC, Article 97
            exempt = DEFAULT.rate(country, "exempt_sport", TODAY)
            assert (exempt.en16931, exempt.exemption_code) == ("E", "VATEX-EU-132-1M")

    def test_every_row_names_its_source_and_has_its_own_code(self) -> None:
        assert all(rate.source for rate in DEFAULT_RATES)
        assert len({rate.code for rate in DEFAULT_RATES}) == len(DEFAULT_RATES)

    def test_a_standard_rate_once_begun_has_no_gap(self) -> None:
        for country in {rate.jurisdiction for rate in DEFAULT_RATES}:
            for earlier, later in pairwise(_periods(country)):
                assert earlier.valid_to is not None
                assert later.valid_from == earlier.valid_to + timedelta(days=1), earlier.code


def _periods(jurisdiction: str) -> Iterator[TaxRate]:
    standard = [rate for rate in DEFAULT_RATES if (rate.jurisdiction, rate.category) == (jurisdiction, "standard")]
    return iter(sorted(standard, key=lambda rate: rate.valid_from))


def position(
    *,
    issuer: str = "SE",
    issuer_vat: str = "SE556000000001",
    debtor: str = "SE",
    debtor_vat: str = "",
    business: bool = False,
    exempt_sport: bool = False,
) -> FiscalPosition:
    return fiscal_position(
        issuer_country=issuer,
        issuer_vat_number=issuer_vat,
        debtor_country=debtor,
        debtor_vat_number=debtor_vat,
        debtor_is_business=business,
        exempt_sport=exempt_sport,
    )


class TestFiscalPosition:
    """S003-34: the fiscal position remaps tax by the debtor's jurisdiction."""

    def test_at_home(self) -> None:
        assert position() == "domestic"
        assert position(business=True, debtor_vat="SE556000000002") == "domestic"

    def test_a_business_elsewhere_in_the_eu_owes_the_tax_itself(self) -> None:
        """Article 196 of Directive 2006/112/EC."""
        assert position(debtor="FI", debtor_vat="FI12345678", business=True) == "eu_reverse_charge"

    @pytest.mark.parametrize(("vat", "business"), [("", True), ("  ", True), ("FI12345678", False)])
    def test_without_a_vat_number_or_business_it_is_a_consumer(self, vat: str, business: bool) -> None:
        """BR-AE-03: reverse charge needs the buyer's VAT number on the invoice."""
        assert position(debtor="FI", debtor_vat=vat, business=business) == "eu_consumer"

    def test_beyond_the_eu(self) -> None:
        assert position(debtor="CH", business=True) == "export"
        assert position(issuer="CH", debtor="SE", debtor_vat="SE556000000001", business=True) == "export"
        assert position(debtor="GB", business=True) == "export"

    def test_a_private_person_beyond_the_eu_is_taxed_as_at_home(self) -> None:
        """Article 45: a service to a private person is supplied where the issuer is."""
        assert position(debtor="NO") == "domestic"

    def test_an_issuer_without_vat_number_charges_none(self) -> None:
        assert position(issuer_vat="") == "outside_scope"
        assert position(issuer_vat="", exempt_sport=True) == "outside_scope"
        assert position(issuer_vat=" ", debtor="FI", debtor_vat="FI12345678", business=True) == "outside_scope"

    def test_exempt_sport_is_exempt_wherever_the_debtor_is(self) -> None:
        for debtor in ("SE", "FI", "CH"):
            assert position(debtor=debtor, debtor_vat="X", business=True, exempt_sport=True) == "exempt_sport"

    def test_monaco_counts_as_france_and_el_is_greece(self) -> None:
        """Article 7: several international federations have their seat in Monaco."""
        assert position(issuer="FR", debtor="MC", business=True) == "domestic"
        assert position(debtor="MC", debtor_vat="FR12345678901", business=True) == "eu_reverse_charge"
        assert position(issuer="GR", debtor="EL") == "domestic"
        assert position(debtor=" fi ", debtor_vat="FI12345678", business=True) == "eu_reverse_charge"


class TestResolve:
    """X8: the category of a line, through the position and the matrix, to what is frozen on the line."""

    def of(self, position: FiscalPosition, category: str = "standard", jurisdiction: str = "SE") -> tuple[str, Decimal]:
        tax = resolve(DEFAULT, position=position, jurisdiction=jurisdiction, category=category, on=TODAY)
        return tax.category_code, tax.percent

    def test_taxed_at_home_and_for_consumers(self) -> None:
        """S002-49: 25 percent MOMS on a Swedish licence."""
        assert self.of("domestic") == ("S", Decimal(25))
        assert self.of("eu_consumer", "super_reduced") == ("S", Decimal(6))
        assert self.of("domestic", jurisdiction="MC") == ("S", Decimal(20))
        assert self.of("domestic", "zero", "GB") == ("Z", Decimal(0))

    def test_what_is_not_taxed_says_why(self) -> None:
        """BR-AE-10, BR-G-10, BR-E-10 and BR-O-10 want a reason; S carries none (BR-S-10)."""
        expected: dict[FiscalPosition, tuple[str, str, str]] = {
            "eu_reverse_charge": ("AE", "VATEX-EU-AE", "Art. 196 Directive 2006/112/EC"),
            "export": ("G", "VATEX-EU-G", "outside the EU"),
            "exempt_sport": ("E", "VATEX-EU-132-1M", "Art. 132(1)(m)"),
            "outside_scope": ("O", "VATEX-EU-O", "not registered"),
        }
        for position, (code, vatex, words) in expected.items():
            tax = resolve(DEFAULT, position=position, jurisdiction="SE", category="standard", on=TODAY)
            assert (tax.category_code, tax.percent, tax.exemption_code) == (code, Decimal(0), vatex)
            assert words in tax.exemption_reason
        taxed = resolve(DEFAULT, position="domestic", jurisdiction="SE", category="standard", on=TODAY)
        assert (taxed.exemption_reason, taxed.exemption_code) == ("", "")

    def test_an_exempt_line_stays_exempt_unless_the_issuer_has_no_vat_number(self) -> None:
        positions: tuple[FiscalPosition, ...] = ("domestic", "eu_consumer", "eu_reverse_charge", "export")
        assert {self.of(position, "exempt_sport")[0] for position in positions} == {"E"}
        assert self.of("outside_scope", "exempt_sport")[0] == "O"

    def test_an_export_from_outside_the_eu_does_not_quote_eu_law(self) -> None:
        tax = resolve(DEFAULT, position="export", jurisdiction="CH", category="standard", on=TODAY)
        assert (tax.category_code, tax.exemption_code) == ("G", "")
        assert "EU" not in tax.exemption_reason

    def test_nothing_is_guessed(self) -> None:
        """C16: a missing rate blocks, also for the exemption."""
        with pytest.raises(TaxUndetermined):
            self.of("domestic", jurisdiction="US")
        with pytest.raises(TaxUndetermined):
            self.of("exempt_sport", jurisdiction="US")
