"""`carreau verify` and `carreau rebuild`: sound after a run with its mails; a changed row is named, exit code 1."""

import json

import pytest

from backend.services import Services
from tests.cli.asking import EXCEL, carreau
from tests.given.tampering import tamper


async def test_a_run_with_its_mails_and_pages_is_sound_and_survives_a_rebuild(
    services: Services, demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Issue 2, "must show": after the main job everything is verified: chain, numbers, sums, pages, read models."""
    tenant = demo + "svenska-boule"
    await carreau(services, "run", "renewals", EXCEL, "--tenant", tenant)
    capsys.readouterr()
    assert await carreau(services, "verify", "--tenant", tenant) == 0
    assert "everything is sound" in capsys.readouterr().out
    assert await carreau(services, "rebuild", "--tenant", tenant) == 0
    assert f"{tenant}: invoices is generation 2" in capsys.readouterr().out
    assert await carreau(services, "verify", "--tenant", tenant, "--json") == 0
    assert capsys.readouterr().out == ""


async def test_a_changed_journal_and_a_changed_read_model_are_named(
    services: Services, demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """I05, I07, I12: the row of the journal, the row of the read model, the page that is not there."""
    tenant = demo + "svenska-boule"
    await carreau(services, "run", "renewals", EXCEL, "--tenant", tenant)
    await tamper(
        services.settings,
        "UPDATE journal_events SET recorded_at = recorded_at + interval '1 second'"
        " WHERE book = 'money' AND position = 7"
        " AND tenant_id = (SELECT tenant_id FROM directory_tenants WHERE slug = %b)",
        tenant,
    )
    await tamper(
        services.settings,
        "UPDATE read_invoices SET total_minor = total_minor + 1 WHERE number LIKE '%%-000003' AND tenant_id ="
        " (SELECT tenant_id FROM directory_tenants WHERE slug = %b)",
        tenant,
    )
    capsys.readouterr()
    assert await carreau(services, "verify", "--tenant", tenant, "--json") == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(each["tenant"], each["check"], each["position"]) for each in found} == {
        (tenant, "chain", 7),
        (tenant, "read models", None),
    }
    assert await carreau(services, "verify", "--tenant", tenant, "--journal-only") == 1
    assert f"{tenant}: chain at position 7 of the money book: recorded at: expected " in capsys.readouterr().out


async def test_what_cannot_be_done_is_one_line(
    services: Services, shared_demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A tenant, projection or file that is not there."""
    for said in (
        ("verify", "--tenant", "nobody"),
        ("rebuild", "--projection", "nothing"),
        ("verify", "--checkpoints", "/nowhere"),
    ):
        assert await carreau(services, *said) == 1
        assert capsys.readouterr().err.startswith("carreau: ")
