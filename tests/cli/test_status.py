"""`carreau status`: what each tenant is owed, asked one tenant at a time."""

import pytest

from backend.services import Services
from tests.cli.asking import EXCEL, carreau


async def test_totals_and_deliveries_of_one_tenant(
    services: Services, demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tenant = demo + "svenska-boule"
    await carreau(services, "run", "renewals", EXCEL, "--tenant", tenant)
    capsys.readouterr()
    assert await carreau(services, "status", "--tenant", tenant) == 0
    said = capsys.readouterr().out
    assert tenant in said
    # Ten invoices of the past, and 25 of 500 kronor now.
    assert "35" in said
    assert "25 sent" in said
    assert "boules-france" not in said


async def test_a_tenant_there_is_not(services: Services, demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert await carreau(services, "status", "--tenant", "nobody") == 1
    assert "there is no tenant 'nobody'" in capsys.readouterr().err
