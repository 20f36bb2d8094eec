"""`carreau token`: one line on stdout that opens exactly what was asked for."""

import pytest

from backend.seed.planting import demo_tenant_id
from backend.services import Services
from backend.tenants.capabilities import Capability
from backend.tenants.directory import authenticate
from tests.cli.asking import carreau


async def test_the_token_is_alone_on_stdout_and_works(
    services: Services, shared_demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tenant = shared_demo + "svenska-boule"
    assert await carreau(services, "token", "--tenant", tenant, "--role", "district_treasurer", "--node", "STO") == 0
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    actor = await authenticate(services.database, printed.strip())
    assert actor is not None
    assert actor.tenant_id == demo_tenant_id(tenant)
    reach = actor.reaches[Capability.RUNS_START].nodes
    assert reach is not None
    assert len(reach) == 3, "the district and its two clubs"


async def test_without_a_node_it_covers_the_federation(
    services: Services, shared_demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await carreau(services, "token", "--tenant", shared_demo + "boules-france", "--role", "auditor") == 0
    actor = await authenticate(services.database, capsys.readouterr().out.strip())
    assert actor is not None
    assert actor.reaches[Capability.REPORTS_READ].nodes is None
    assert Capability.INVOICES_ISSUE not in actor.reaches


async def test_every_call_makes_another_token_of_the_same_user(
    services: Services, shared_demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tokens = set()
    users = set()
    for _ in range(2):
        await carreau(services, "token", "--tenant", shared_demo + "svenska-boule", "--role", "auditor")
        token = capsys.readouterr().out.strip()
        actor = await authenticate(services.database, token)
        assert actor is not None
        tokens.add(token)
        users.add(actor.user_id)
    assert (len(tokens), len(users)) == (2, 1)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--node", "NOWHERE"), "there is no org node 'NOWHERE'; some that exist"),
        (("--days", "0"), "INVALID_VALUE"),
        (("--tenant", "nobody"), "there is no tenant 'nobody'"),
    ],
)
async def test_what_cannot_be_is_one_line(
    services: Services, shared_demo: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], complaint: str
) -> None:
    tenant = ("--tenant", shared_demo + "svenska-boule")
    assert await carreau(services, "token", *tenant, "--role", "auditor", *words) == 1
    said = capsys.readouterr()
    assert complaint in said.err
    assert said.out == ""
