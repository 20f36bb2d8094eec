"""Every query against the walls: what another tenant has cannot be read, counted or guessed at, by any of them."""

import inspect
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4

import pytest

from backend.read.catch_up import catch_up
from backend.read.registry import queries
from backend.tenants.actor import EVERYWHERE, Reach, Reader
from backend.values.identifiers import OrgNodeId
from tests.given.every_command import Scene, a_scene
from tests.given.federation import Federation

DAY = date(2026, 11, 20)
# What a parameter is filled with: an id of the scene, or a plain value.
FROM_SCENE = {
    "debtor_id": "debtor_id",
    "invoice_id": "issued_id",
    "run_id": "run_id",
    "issuer_id": "issuer_id",
    "delivery_id": "delivery_id",
    "paying_invoice": "issued_id",
    "org_node_id": "node",
    "document_id": "issued_id",
    "user_id": "user_id",
    "below": "node",
}
PLAIN: dict[str, Any] = {
    "as_of": DAY,
    "on": DAY,
    "now": datetime.combine(DAY, time(), tzinfo=UTC),
    "first_day": date(2026, 1, 1),
    "last_day": date(2026, 12, 31),
    "from_": date(2026, 1, 1),
    "to": date(2026, 12, 31),
    "currency": "SEK",
    "account": "1510",
    "action": "licence_renewal",
}


@pytest.mark.parametrize("name", sorted(queries()))
async def test_another_tenants_things_are_not_there(
    name: str, federation: Federation, other_federation: Federation
) -> None:
    """C36: with a foreign id each query answers as with an id nobody ever had, and never a word of the other tenant."""
    foreign, own = await a_scene(federation), await a_scene(other_federation)
    await caught_up(federation, other_federation)
    for_foreign = await asked(other_federation, name, foreign)
    for_unknown = await asked(other_federation, name, foreign.strange())
    assert without_ids(for_foreign, foreign) == without_ids(for_unknown, foreign)
    for said in (for_foreign, await asked(other_federation, name, own)):
        assert secrets_of(federation, foreign) & words_of(said) == set()


@pytest.mark.parametrize("name", sorted(queries()))
async def test_from_elsewhere_in_the_tree_nothing_is_seen(name: str, federation: Federation) -> None:
    """A reader whose grant lies in another part of the tree reads nothing of this district, by list or by id."""
    scene = await a_scene(federation)
    await caught_up(federation)
    seen = await asked(federation, name, scene, reach=Reach(frozenset({OrgNodeId(uuid4())})))
    # Templates and tax rates belong to the whole tenant; whoever may read issuers may read them.
    hidden = secrets_of(federation, scene) - {str(scene.template_id)}
    assert hidden & words_of(seen) == set()


@pytest.mark.parametrize("name", sorted(queries()))
async def test_at_home_the_query_answers(name: str, federation: Federation) -> None:
    """The control: the walls are not merely silence. Each query answers its own tenant, without an error."""
    scene = await a_scene(federation)
    await caught_up(federation)
    found = await asked(federation, name, scene)
    if name not in ("received_document", "debtor_by_reference", "debt_check_by_reference"):
        assert found is not None


async def caught_up(*federations: Federation) -> None:
    for federation in federations:
        await catch_up(federation.write.database, federation.write.keyring, federation.tenant_id)


async def asked(federation: Federation, name: str, scene: Scene, *, reach: Reach = EVERYWHERE) -> Any:
    query = queries()[name]
    arguments: dict[str, Any] = {}
    for parameter in list(inspect.signature(query.function).parameters)[2:]:
        if parameter in FROM_SCENE:
            arguments[parameter] = getattr(scene, FROM_SCENE[parameter])
        elif parameter == "debtor_ids":
            arguments[parameter] = (scene.debtor_id,)
        elif parameter == "references":
            arguments[parameter] = ("M-nobody",)
        elif parameter == "reference":
            arguments[parameter] = "M-nobody"
        elif parameter in PLAIN:
            arguments[parameter] = PLAIN[parameter]
    async with federation.write.database.scope(federation.tenant_id) as connection:
        return await query.function(connection, Reader(tenant_id=federation.tenant_id, reach=reach), **arguments)


def secrets_of(federation: Federation, scene: Scene) -> set[str]:
    """Words that only this tenant's data holds: its ids, and the digits of its invoice's debtor."""
    ids = {str(getattr(scene, name)) for name in Scene.__dataclass_fields__}
    return ids | {str(federation.tenant_id), str(federation.club), str(federation.root)}


def words_of(found: Any) -> set[str]:
    """All ids in an answer, however deeply nested."""
    text = found.content.decode() if hasattr(found, "content") else repr(found)
    pieces = text.replace("'", " ").replace('"', " ").replace(",", " ").replace(";", " ").split()
    return {piece.strip("()[]{}=") for piece in pieces} | {
        str(UUID(piece.strip("()"))) for piece in pieces if len(piece.strip("()")) == 36 and piece.count("-") == 4
    }


def without_ids(found: Any, scene: Scene) -> str:
    """An answer as text, with what the caller itself said and the time of asking taken out."""
    text = repr(found)
    for name in Scene.__dataclass_fields__:
        text = text.replace(str(getattr(scene, name)), "…")
    return "\n".join(line for line in text.split(", ") if not line.startswith("checked_at"))
