"""C36: with another tenant's ids, every query and every mutation answers exactly as with ids nobody ever had."""

import json
from typing import Any

import pytest

from backend.read.catch_up import catch_up
from backend.services import Services
from backend.tenants.capabilities import Role
from tests.api.caller import Caller, a_caller
from tests.api.graphql.every_field import document, ids_of, root_fields, takes_ids
from tests.given.every_command import Scene, a_scene
from tests.given.federation import Federation

# The console of the platform answers no federation at all: its walls are tested in `tests/api/platform`.
CONSOLE = {
    "platformTenants",
    "platformTenant",
    "platformInvoices",
    "platformHealth",
    "enterTenant",
    "turnTenantDeliverySwitch",
    "requestRebuild",
}
EVERY = sorted(root_fields("Query"))
QUERIES = sorted(set(EVERY) - CONSOLE)
CHANGES = sorted(name for name, field in root_fields("Mutation").items() if takes_ids(field) and name not in CONSOLE)
# What a query of our own ids must show, so that "nothing" for a stranger means something.
FOUND = {
    "invoice",
    "explainInvoice",
    "debtor",
    "issuer",
    "run",
    "runOutcomes",
    "delivery",
    "node",
    "nodes",
    "debtCheck",
    "debtorStatement",
    "previewInvoice",
    "orgNodes",
    "templateReport",
}


async def scene_of(services: Services, federation: Federation) -> Scene:
    scene = await a_scene(federation)
    await catch_up(services.database, services.keyring, federation.tenant_id)
    return scene


async def answer(caller: Caller, operation: str, name: str, scene: Scene, *, draft: bool) -> dict[str, Any]:
    query, variables = document(operation, name, ids_of(scene, draft=draft))
    found = await caller.post(query, variables)
    codes = [error.get("extensions", {}).get("code") for error in found.get("errors", ())]
    assert "INTERNAL_ERROR" not in codes, (query, variables, found)
    return {"data": found.get("data"), "errors": found.get("errors")}


@pytest.mark.parametrize("name", QUERIES)
async def test_a_foreign_id_is_an_unknown_id(
    name: str, admin: Caller, stranger: Caller, services: Services, federation: Federation
) -> None:
    """C36, for every query."""
    scene, draft = await scene_of(services, federation), name == "previewInvoice"
    own = await answer(admin, "query", name, scene, draft=draft)
    assert own["errors"] is None, own
    if name in FOUND:
        assert own["data"][name] not in (None, [], [None]), own
    foreign = await answer(stranger, "query", name, scene, draft=draft)
    unknown = await answer(stranger, "query", name, scene.strange(), draft=draft)
    assert foreign == unknown
    for identifier in scene_texts(scene):
        assert identifier not in json.dumps(foreign)


@pytest.mark.parametrize("name", CHANGES)
async def test_a_foreign_id_changes_nothing(
    name: str, stranger: Caller, services: Services, federation: Federation
) -> None:
    """C36, for every mutation that takes an id: the same refusal, and nothing recorded in the other tenant."""
    scene = await scene_of(services, federation)
    before = await head(services, federation)
    for draft in (True, False):
        foreign = await answer(stranger, "mutation", name, scene, draft=draft)
        unknown = await answer(stranger, "mutation", name, scene.strange(), draft=draft)
        assert foreign == unknown
        # Refused by the business, not by GraphQL for a document that was never any good.
        assert foreign["data"][name]["__typename"] == "Refused", foreign
    assert await head(services, federation) == before


@pytest.mark.parametrize("name", EVERY)
async def test_nobody_reads_without_a_capability(
    name: str, app: Any, services: Services, federation: Federation
) -> None:
    """Architecture 8: a role answers what it covers, and FORBIDDEN or nothing for everything else."""
    scene = await scene_of(services, federation)
    licences = await a_caller(app, federation, Role.LICENCE_SYSTEM)
    found = await answer(licences, "query", name, scene, draft=False)
    allowed = {
        "debtCheck",
        "debtors",
        "debtor",
        "debtorByReference",
        "debtorStatement",
        "nodes",
        "orgNodes",
        "gatePolicy",
        "viewer",
    }
    if name not in allowed:
        assert found["data"] is None or found["data"][name] is None, found
        assert found["errors"][0]["extensions"]["code"] == "FORBIDDEN"


def scene_texts(scene: Scene) -> list[str]:
    return [str(getattr(scene, name)) for name in scene.__dataclass_fields__]


async def head(services: Services, federation: Federation) -> int:
    async with services.database.scope(federation.tenant_id) as connection:
        row = await (await connection.execute("SELECT sum(position) FROM journal_heads")).fetchone()
    assert row is not None
    return int(row[0])
