"""Every command against the walls: another tenant's things do not exist, and neither does another district's."""

from typing import Any
from uuid import uuid4

import pytest

from backend.journal.load import head_position
from backend.tenants.actor import EVERYWHERE, Actor, Forbidden, Reach
from backend.tenants.capabilities import Capability
from backend.values.books import BOOKS
from backend.values.identifiers import OrgNodeId
from backend.write.deliveries.record import RecordDispatches
from backend.write.execute import execute
from backend.write.refusal import Refusal
from backend.write.registry import COMMANDS
from tests.given.every_command import OWN_TENANT_ONLY, SAMPLES, a_scene
from tests.given.federation import Federation

EVERY = {command.__name__: handled for command, handled in COMMANDS.items()}
ALL = SAMPLES | OWN_TENANT_ONLY


def test_every_command_has_a_sample() -> None:
    assert set(EVERY) == set(ALL)


@pytest.mark.parametrize("name", sorted(SAMPLES))
async def test_another_tenants_things_do_not_exist(
    name: str, federation: Federation, other_federation: Federation
) -> None:
    """C36: an actor who may do everything at home gets, for a foreign id, exactly what an unknown id gets; and
    nothing is recorded or sent on either side of the wall."""
    foreign = await a_scene(federation)
    before = await traces(federation, other_federation)
    for_foreign = await answer(other_federation, other_federation.system, SAMPLES[name](foreign))
    for_unknown = await answer(other_federation, other_federation.system, SAMPLES[name](foreign.strange()))
    assert for_foreign == for_unknown
    assert await traces(federation, other_federation) == before


@pytest.mark.parametrize("name", sorted(ALL))
async def test_nobody_does_what_they_were_not_granted(name: str, federation: Federation) -> None:
    """A denial per command: every capability but the one it needs is not enough."""
    scene = await a_scene(federation)
    actor = an_actor(federation, without=EVERY[name].capability)
    before = await traces(federation)
    with pytest.raises(Forbidden):
        await execute(federation.write, actor, ALL[name](scene))
    assert await traces(federation) == before


@pytest.mark.parametrize("name", sorted(ALL))
async def test_nobody_reaches_into_another_part_of_the_tree(name: str, federation: Federation) -> None:
    """A grant covers its node and what lies below: from elsewhere in the tree, the same command does nothing."""
    scene = await a_scene(federation)
    elsewhere = an_actor(federation, reach=Reach(frozenset({OrgNodeId(uuid4())})))
    before = await traces(federation)
    with pytest.raises((Forbidden, Refusal)):
        await execute(federation.write, elsewhere, ALL[name](scene))
    assert await traces(federation) == before


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_one_word_leads_from_the_command_to_its_handler(command: type) -> None:
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in command.__name__).lstrip("_")
    assert COMMANDS[command].handler.__name__ == words  # type: ignore[attr-defined]
    assert command.__doc__
    assert not command.__doc__.startswith(command.__name__), "a docstring says what the command is for"


def an_actor(federation: Federation, *, without: Capability | None = None, reach: Reach = EVERYWHERE) -> Actor:
    return Actor(
        tenant_id=federation.tenant_id,
        principal="user:somebody",
        reaches={capability: reach for capability in Capability if capability is not without},
    )


async def answer(federation: Federation, actor: Actor, command: Any) -> tuple[str, str, object]:
    """What the client can see of how a command fared. Reports of our own workers about things unknown are passed over,
    every other command is turned away."""
    try:
        receipt = await execute(federation.write, actor, command)
    except (Refusal, Forbidden) as turned_away:
        return type(turned_away).__name__, str(turned_away), getattr(turned_away, "path", None)
    assert isinstance(command, RecordDispatches), "a command that aims at a foreign thing is refused"
    return "passed over", "", receipt.answer


async def traces(*federations: Federation) -> list[int]:
    """What a command would change: where both books of each tenant end, and what is to leave the house."""
    found = []
    for federation in federations:
        async with federation.write.database.scope(federation.tenant_id) as connection:
            found += [await head_position(connection, federation.tenant_id, book) for book in BOOKS]
            work = await (await connection.execute("SELECT count(*) FROM outbound_work")).fetchone()
            found += [int(each) for each in work or ()]
    return found
