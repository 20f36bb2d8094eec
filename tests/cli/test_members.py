"""`carreau import members`: the preview changes nothing, the import changes what the preview said."""

import pytest

from backend.api import dispatch
from backend.read.activity.queries import ActivityFilter, activity
from backend.read.paging import PageRequest
from backend.seed.planting import demo_tenant_id
from backend.services import Services
from backend.tenants.actor import system_actor
from backend.tenants.nodes import nodes_of
from backend.values.identifiers import DebtorId
from backend.values.parties import Address, Particulars
from backend.write.debtors.register import RegisterDebtor
from tests.cli.asking import EXCEL, HOSTILE, carreau


async def test_a_preview_tells_everything_and_changes_nothing(
    services: Services, demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("import", "members", HOSTILE, "--tenant", demo + "svenska-boule")
    for _ in range(2):
        assert await carreau(services, *words, "--preview") == 1
        said = capsys.readouterr().out
        assert "row 21, club: club is empty" in said
        assert "An import would add 23 members and look at 0 that are known." in said
        assert "Nothing was changed." in said


async def test_an_import_is_repeatable(services: Services, demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Excel's semicolons and Latin-1 are recognised; the second import finds every member as before."""
    words = ("import", "members", EXCEL, "--tenant", demo + "svenska-boule")
    assert await carreau(services, *words) == 0
    said = capsys.readouterr().out
    assert "windows-1252, semicolons" in said
    assert "25 new members, 0 changed, 0 as before" in said
    assert await carreau(services, *words) == 0
    assert "0 new members, 0 changed, 25 as before" in capsys.readouterr().out
    assert await carreau(services, *words, "--preview") == 0
    assert "would add 0 members and look at 25 that are known" in capsys.readouterr().out


async def test_clubs_of_a_file_are_made_by_command_and_once(services: Services, demo: str) -> None:
    """A club has an event like any other that was made, and the same file twice makes no second one."""
    actor = system_actor(demo_tenant_id(demo + "svenska-boule"), "test")

    async def made() -> list[tuple[str, str]]:
        asked = ActivityFilter(types=("org-node-created",))
        page = await dispatch.ask(services, actor, activity, filter=asked, page=PageRequest(first=100))
        return [(row.actor.said, str(row.subject_id)) for row in page.items]

    before = len(await made())
    words = ("import", "members", HOSTILE, "--good-rows-only", "--tenant", demo + "svenska-boule")
    assert await carreau(services, *words) == 0
    first = await made()
    assert len(first) > before
    assert {who for who, _ in first[: len(first) - before]} == {"system:command-line"}
    assert await carreau(services, *words) == 0
    assert await made() == first


async def test_a_number_of_a_club_stops_the_file_before_anything_is_recorded(
    services: Services, demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every row is tried before the first is recorded: what only the write side knows is named by row, too."""
    tenant_id = demo_tenant_id(demo + "svenska-boule")
    async with services.database.scope(tenant_id) as connection:
        node = next(node.node for node in await nodes_of(connection, tenant_id) if node.kind == "club")
    club = RegisterDebtor(
        debtor_id=DebtorId(services.write.new_id()),
        kind="club",
        org_node_id=node,
        reference="SKE-00007",
        particulars=Particulars(name="Falun Boule Club", address=Address(country="SE")),
    )
    await dispatch.carry_out(services, system_actor(tenant_id, "test"), club)
    words = ("import", "members", EXCEL, "--tenant", demo + "svenska-boule")
    assert await carreau(services, *words) == 1
    said = capsys.readouterr()
    assert "row 8, member_no: this number belongs to a club" in said.out
    assert "import the 24 good ones with --good-rows-only" in said.err
    assert await carreau(services, *words, "--good-rows-only") == 0
    assert "24 new members" in capsys.readouterr().out
