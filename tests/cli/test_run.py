"""`carreau run renewals`, from the file to the mail, and again."""

import argparse
from pathlib import Path

import pytest

from backend.cli.member_files import check_rows, import_rows, read_file
from backend.cli.run_driving import already_billed, start_or_resume
from backend.cli.run_terms import component, terms_of
from backend.seed.planting import demo_tenant_id
from backend.services import Services
from tests.cli.asking import EXCEL, HOSTILE, STOCKHOLM, carreau, parsed


async def counted(services: Services, prefix: str, type_: str) -> int:
    """How many events of a type the Swedish federation of a demo has."""
    tenant_id = demo_tenant_id(prefix + "svenska-boule")
    async with services.database.scope(tenant_id) as connection:
        found = await connection.execute(
            b"SELECT count(*) FROM journal_events WHERE tenant_id = %b AND type = %b", (tenant_id, type_)
        )
        row = await found.fetchone()
    return int(row[0]) if row else 0


async def test_120_members_become_120_delivered_invoices(
    services: Services, demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """S002-49: numbers without a gap from 000001, and a mail each."""
    before = await counted(services, demo, "invoice-issued")
    assert await carreau(services, "run", "renewals", STOCKHOLM, "--tenant", demo + "svenska-boule") == 0
    said = capsys.readouterr().out
    assert "Issued 120 invoices, 60000.00 SEK in all: FAKTURA-2026-000001 to FAKTURA-2026-000120" in said
    assert "Deliveries: 120 sent" in said
    assert "assumed, because this is the demo" in said
    assert await counted(services, demo, "invoice-issued") == before + 120
    assert await counted(services, demo, "delivery-sent") == 120


async def test_the_second_time_there_is_nothing_new(
    services: Services, demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("run", "renewals", EXCEL, "--tenant", demo + "svenska-boule", "--no-deliver")
    assert await carreau(services, *words) == 0
    before = await counted(services, demo, "run-started")
    assert await carreau(services, *words) == 0
    assert "Nothing new: 25 already billed for 2026." in capsys.readouterr().out
    assert await counted(services, demo, "run-started") == before


async def test_without_a_tenant_the_demo_that_has_the_district_is_taken(
    services: Services, demo_settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    """`./carreau run renewals FILE.csv` just works on the demo, and prints what it assumed."""
    from backend.seed import seed_demo

    await seed_demo(services.settings, tell=lambda line: None)
    assert await carreau(services, "run", "renewals", EXCEL, "--no-deliver") == 0
    said = capsys.readouterr().out
    assert "Skånes Bouledistrikt (Svenska Bouleförbundet (demo)) bills 25 members for season 2026" in said
    assert "delivery  none" in said


async def test_bad_rows_stop_everything_unless_the_good_ones_are_asked_for(
    services: Services, demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """S002 item 4: every bad row and column is named, and nothing is half-imported."""
    words = ("run", "renewals", HOSTILE, "--tenant", demo + "svenska-boule", "--no-deliver")
    members = await counted(services, demo, "debtor-registered")
    assert await carreau(services, *words) == 1
    said = capsys.readouterr()
    assert "23 good rows, 17 bad ones" in said.out
    assert "row 4, email: email is no e-mail address" in said.out
    assert "nothing was imported" in said.err
    assert await counted(services, demo, "debtor-registered") == members
    assert await carreau(services, *words, "--good-rows-only") == 0
    assert "Issued 23 invoices" in capsys.readouterr().out
    assert await counted(services, demo, "debtor-registered") == members + 23


async def test_members_in_debt_are_refused_by_code_and_number(
    services: Services, demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """S002-45: whoever owes money gets no further licence; the report says who and what clears it."""
    words = ("run", "renewals", EXCEL, "--tenant", demo + "svenska-boule", "--no-deliver")
    await carreau(services, *words)
    capsys.readouterr()
    assert await carreau(services, *words, "--component", "Tävlingslicens=50.00") == 0
    said = capsys.readouterr().out
    assert "Issued no invoice." in said
    assert "Refused 25: RENEWAL_BLOCKED_BY_DEBT" in said
    assert "SKE-00001: owes 500.00 SEK on FAKTURA-2026-" in said
    assert "… and 22 more" in said


async def test_an_interrupted_run_goes_on_where_it_stopped(
    services: Services, demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command was killed between the start and the first chunk: repeated, it finds its own run."""
    words = ("run", "renewals", EXCEL, "--tenant", demo + "svenska-boule", "--no-deliver")
    said = parsed(*words)
    sheet = read_file(EXCEL, good_rows_only=False)
    terms = await terms_of(services, sheet, said)
    checked = await check_rows(services, terms.tenant.tenant_id, sheet, good_rows_only=False)
    imported = await import_rows(services, terms.tenant.tenant_id, checked)
    await start_or_resume(services, terms, tuple(imported.debtors.values()))
    assert await already_billed(services, terms, tuple(imported.debtors.values())) == 0
    runs = await counted(services, demo, "run-started")
    assert await carreau(services, *words) == 0
    told = capsys.readouterr().out
    assert "it goes on where it stopped" in told
    assert "Issued 25 invoices" in told
    assert await counted(services, demo, "run-started") == runs


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--issuer", "Nobody"), "there is no issuer 'Nobody'; those of"),
        (("--season", "1999"), "SEASON_UNKNOWN"),
        (("--tenant", "no-such-tenant"), "there is no tenant 'no-such-tenant'"),
    ],
)
async def test_what_cannot_be_is_one_line(
    services: Services, shared_demo: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], complaint: str
) -> None:
    tenant = ("--tenant", shared_demo + "svenska-boule")
    assert await carreau(services, "run", "renewals", EXCEL, *tenant, *words) == 1
    error = capsys.readouterr().err
    assert complaint in error
    assert error.count("\n") == 1


async def test_a_file_that_is_none_is_one_line(
    services: Services, shared_demo: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert await carreau(services, "run", "renewals", tmp_path / "nothing.csv") == 1
    assert "cannot be read" in capsys.readouterr().err
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    assert await carreau(services, "run", "renewals", tmp_path / "picture.csv") == 1
    assert "is no member file" in capsys.readouterr().err


def test_a_component_is_written_in_one_word() -> None:
    full = component("Licence fee=40.00:federation:reduced")
    assert (full.name, str(full.amount), full.recipient, full.tax_category) == (
        "Licence fee",
        "40.00",
        "federation",
        "reduced",
    )
    assert component("Fee=1").recipient == "issuer"
    for wrong in ("Fee", "=4", "Fee=four", "Fee=4,50"):
        with pytest.raises(argparse.ArgumentTypeError):
            component(wrong)
