"""Demo rates: only in the embedded environment, marked as what they are, and outweighed by the ECB's own."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from backend.outbound.rates import keep, newest_before
from backend.rules.reference_rate import Publication
from backend.runtime.database import Database
from backend.runtime.settings import Settings
from backend.seed.rates import OnlyForTheDemo, ensure_rates
from backend.write.rates import ExchangeRateUnavailable, capture_rate
from tests.given.demo import settings_apart


async def test_production_never_gets_them(demo_settings: Settings, tmp_path: Path) -> None:
    """C31: a rate is never guessed; only the demo may override, and says so."""
    async with settings_apart(demo_settings, tmp_path) as apart, Database(apart.database_url) as database:
        production = replace(apart, environment="production")
        async with database.unscoped() as connection:
            with pytest.raises(OnlyForTheDemo):
                await ensure_rates(production, connection, today=date(2031, 1, 1))
            with pytest.raises(ExchangeRateUnavailable):
                await capture_rate(connection, invoice_currency="SEK", accounting_currency="SEK", on=date(2031, 1, 1))


async def test_an_old_history_is_carried_forward_and_every_start_says_so(
    demo_settings: Settings, tmp_path: Path
) -> None:
    said: list[str] = []
    async with settings_apart(demo_settings, tmp_path) as apart, Database(apart.database_url) as database:
        async with database.unscoped() as connection:
            shipped = await _shipped_until(apart, connection)
            today = shipped + timedelta(days=50)
            await ensure_rates(apart, connection, today=today, tell=said.append)
            await ensure_rates(apart, connection, today=today, tell=said.append)
            # Any day in between finds a rate, and the invoice will say what kind of rate it is.
            for days in range(50):
                rate = await capture_rate(
                    connection, invoice_currency="SEK", accounting_currency="EUR", on=today - timedelta(days=days)
                )
                assert rate.source == ("ECB" if 50 - days < 7 else f"ECB, demo copy of {shipped}")
    assert len(said) == 2
    assert all("demo copy" in line and "production would refuse" in line for line in said)


async def test_a_real_publication_outweighs_the_copy(demo_settings: Settings, tmp_path: Path) -> None:
    said: list[str] = []
    async with settings_apart(demo_settings, tmp_path) as apart, Database(apart.database_url) as database:
        async with database.unscoped() as connection:
            shipped = await _shipped_until(apart, connection)
            today = shipped + timedelta(days=30)
            await ensure_rates(apart, connection, today=today, tell=said.append)
            yesterday = today - timedelta(days=1)
            await keep(connection, [Publication(currency="SEK", per_euro=Decimal("10.5"), published_on=yesterday)])
            rate = await capture_rate(connection, invoice_currency="SEK", accounting_currency="SEK", on=today)
            assert (rate.source, rate.eur_to_invoice) == ("ECB", Decimal("10.5"))
            await ensure_rates(apart, connection, today=today, tell=said.append)
    assert len(said) == 1, "with real rates there is nothing to say"


async def _shipped_until(settings: Settings, connection: object) -> date:
    """The last day of the history that the package ships."""
    await ensure_rates(settings, connection, today=date(2026, 11, 1), tell=lambda line: None)  # type: ignore[arg-type]
    newest = await newest_before(connection, date(2100, 1, 1))  # type: ignore[arg-type]
    return newest["SEK"].published_on
