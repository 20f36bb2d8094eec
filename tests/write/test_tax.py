"""Adopting tax rates: one per jurisdiction, category and day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from backend.rules.tax import TaxMatrix
from backend.rules.tax_history import DEFAULT_RATES
from backend.tenants.actor import Actor, Forbidden, Reach
from backend.tenants.capabilities import Capability
from backend.values.tax import TaxRate
from backend.write.execute import execute
from backend.write.refusal import InvalidValue
from backend.write.tax import MAX_RATES, AdoptTaxRates, TaxRatesOverlap, adopt
from tests.given.federation import Federation


def a_rate(valid_from: str = "2020-01-01", valid_to: str | None = None, **changes: Any) -> TaxRate:
    said = {
        "code": "SE-25",
        "jurisdiction": "SE",
        "category": "standard",
        "percent": Decimal(25),
        "en16931": "S",
        "valid_from": date.fromisoformat(valid_from),
        "valid_to": date.fromisoformat(valid_to) if valid_to else None,
        "source": "Mervärdesskattelag (2023:200)",
    }
    return TaxRate(**(said | changes))


def test_the_history_that_ships_can_be_adopted() -> None:
    """S000-28: rates are versioned by effective date."""
    assert adopt(TaxMatrix(), DEFAULT_RATES).rates == DEFAULT_RATES


def test_a_later_rate_closes_the_open_one() -> None:
    """S000-28, C15: from its first day on, and not a day earlier."""
    matrix = TaxMatrix((a_rate(),))
    later = a_rate("2027-01-01", percent=Decimal(26), code="SE-26")
    assert adopt(matrix, (later,)).rates == (later,)


@pytest.mark.parametrize(
    ("existing", "wanted"),
    [
        (a_rate(), a_rate()),
        (a_rate("2020-01-01", "2026-12-31"), a_rate("2026-12-31")),
        (a_rate("2020-01-01"), a_rate("2019-01-01")),
    ],
)
def test_two_rates_on_one_day_are_refused(existing: TaxRate, wanted: TaxRate) -> None:
    """S000-28: TAX_RATES_OVERLAP, pointing at the rate."""
    fine = a_rate(category="reduced", percent=Decimal(12))
    with pytest.raises(TaxRatesOverlap) as refused:
        adopt(TaxMatrix((existing,)), (fine, wanted))
    assert refused.value.path == ("rates", 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"jurisdiction": "EL"}, "jurisdiction"),
        ({"code": ""}, "code"),
        ({"source": "x" * 301}, "source"),
        ({"exemption_reason": "a\nb"}, "exemptionReason"),
        ({"percent": Decimal("25.0000001")}, "percent"),
    ],
)
def test_a_rate_that_could_not_be_printed_is_refused(changes: dict[str, Any], field: str) -> None:
    """S000-28: what is adopted is printed on invoices for years."""
    with pytest.raises(InvalidValue) as refused:
        adopt(TaxMatrix(), (a_rate(**changes),))
    assert refused.value.path == ("rates", 0, field)


def test_rates_come_in_bounded_numbers() -> None:
    """Architecture, limits: everything that grows has one."""
    for rates in ((), (a_rate(),) * (MAX_RATES + 1)):
        with pytest.raises(InvalidValue):
            adopt(TaxMatrix(), rates)


async def test_only_the_tenant_as_a_whole_adopts_rates(federation: Federation) -> None:
    """Issue 2, items 3 and 5: the matrix belongs to the tenant, not to a district."""
    command = AdoptTaxRates(rates=(a_rate("2030-01-01", code="SE-30", percent=Decimal(30)),))
    reach = Reach(frozenset({federation.district}))
    treasurer = Actor(tenant_id=federation.tenant_id, principal="user:1", reaches={Capability.TAX_MANAGE: reach})
    with pytest.raises(Forbidden):
        await execute(federation.write, treasurer, command)
    assert (await execute(federation.write, federation.system, command)).answer == {"adopted": 1}
    with pytest.raises(TaxRatesOverlap):
        await execute(federation.write, federation.system, replace(command))
