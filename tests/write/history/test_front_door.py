"""Historical invoices through `execute` and the command line's importer, on real PostgreSQL."""

from argparse import Namespace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_asyncio

from backend.cli.history import import_history, read_file
from backend.cli.with_services import CannotGoOn
from backend.inline.open_receivables import open_receivables_of
from backend.runtime.settings import Settings
from backend.tenants.actor import Actor, Forbidden
from backend.tenants.capabilities import ROLES, Capability, Role
from backend.values.identifiers import DebtorId
from backend.write.execute import WriteSide, execute
from backend.write.history import ImportHistoricalInvoices, invoice_of
from backend.write.issuers.register import IssuerInconsistent
from tests.given.federation import Federation, a_federation
from tests.given.invoices import a_wanted_payment
from tests.rules.test_history_csv import a_file
from tests.write.history.test_take_over import a_row


@pytest_asyncio.fixture
async def platform(write_side: WriteSide, settings: Settings) -> Federation:
    """The platform's own tenant."""
    return await a_federation(write_side, settings, kind="platform", issuer_type="platform")


def an_import(federation: Federation, *numbers: str) -> ImportHistoricalInvoices:
    rows = tuple(a_row(number) for number in numbers)
    return ImportHistoricalInvoices(issuer_id=federation.issuer_id, rows=rows, source="old.csv")


async def test_an_old_debt_is_taken_over_and_paid(platform: Federation) -> None:
    """S002-22, S003-40: an open balance is a receivable like any other; a second import changes nothing."""
    command = an_import(platform, "2025-0001", "2025-0002")
    first = await execute(platform.write, platform.system, command)
    assert first.answer == {"imported": 2, "unchanged": 0, "debtors": 1}
    again = await execute(platform.write, platform.system, command)
    assert again.answer == {"imported": 0, "unchanged": 2, "debtors": 0}
    invoice_id = invoice_of(platform.issuer_id, "2025-0001")
    paid = await execute(platform.write, platform.system, a_wanted_payment(invoice_id, 12_500))
    assert paid.answer["balance_minor"] == 0
    async with platform.write.database.scope(platform.tenant_id) as connection:
        found = await connection.execute(
            b"SELECT debtor_id FROM inline_open_receivables WHERE tenant_id = %b AND invoice_id = %b",
            (platform.tenant_id, invoice_id),
        )
        row = await found.fetchone()
        assert row is not None
        owed = await open_receivables_of(connection, platform.tenant_id, 1, (DebtorId(row[0]),))
    assert [receivable.number for receivables in owed.values() for receivable in receivables] == ["2025-0002"]


async def test_only_the_platforms_operator_imports_history(platform: Federation, federation: Federation) -> None:
    """S002-22, issue 2, item 3: into the platform's tenant, by its operator."""
    assert [role for role in Role if Capability.HISTORY_IMPORT in ROLES[role]] == [Role.PLATFORM_OPERATOR]
    nobody = Actor(tenant_id=platform.tenant_id, principal="user:1")
    with pytest.raises(Forbidden):
        await execute(platform.write, nobody, an_import(platform, "2025-0001"))
    with pytest.raises(IssuerInconsistent):
        await execute(federation.write, federation.system, an_import(federation, "2025-0001"))


async def test_a_file_is_imported_whole_or_by_its_good_rows(
    platform: Federation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Issue 2, item 4: nothing is half done, and what is wrong is told first."""
    path = tmp_path / "old.csv"
    path.write_text(a_file({"number": "B-1"}, {"number": "B-2", "total": "1"}))
    with pytest.raises(CannotGoOn, match="nothing was imported"):
        read_file(path, good_rows_only=False)
    services: Any = SimpleNamespace(
        write=platform.write, database=platform.write.database, keyring=platform.write.keyring
    )
    said = Namespace(file=path, tenant=platform.slug, good_rows_only=True)
    for told in ("1 invoices taken over, 0 as before, 1 new debtors", "0 invoices taken over, 1 as before, 0 new"):
        assert await import_history(services, said) == 0
        assert told in capsys.readouterr().out


async def test_history_goes_nowhere_else(federation: Federation, tmp_path: Path) -> None:
    """S002-22: a tenant without a platform issuer is told so."""
    path = tmp_path / "old.csv"
    path.write_text(a_file())
    services: Any = SimpleNamespace(
        write=federation.write, database=federation.write.database, keyring=federation.write.keyring
    )
    with pytest.raises(CannotGoOn, match="platform"):
        await import_history(services, Namespace(file=path, tenant=federation.slug, good_rows_only=False))
