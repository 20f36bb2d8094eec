"""Clubs a member file names are found, or made below the right node."""

from uuid import uuid4

from backend.tenants.clubs import Place, missing_clubs, nodes_of, place_clubs
from tests.given.federation import Federation


async def place(federation: Federation, *places: Place) -> tuple[dict[Place, object], tuple[str, ...]]:
    async with federation.write.database.scope(federation.tenant_id) as connection:
        placed = await place_clubs(connection, federation.tenant_id, places, new_id=uuid4)
    return dict(placed.nodes), placed.made


async def test_a_known_club_is_found_whatever_its_case(federation: Federation) -> None:
    known = Place("stockholms BOULEDISTRIKT", "Stockholm boule club")
    assert await place(federation, known) == ({known: federation.club}, ())


async def test_an_unknown_club_is_made_below_its_district(federation: Federation) -> None:
    new = Place("Stockholms Bouledistrikt", "Täby Boule & Pétanque")
    nodes, made = await place(federation, new, new)
    assert made == ("Täby Boule & Pétanque",)
    async with federation.write.database.scope(federation.tenant_id) as connection:
        node = next(n for n in await nodes_of(connection, federation.tenant_id) if n.node == nodes[new])
    assert (node.kind, node.parent, node.code) == ("club", federation.district, "TABY-BOULE-PETANQUE")
    assert await place(federation, new) == (nodes, ())


async def test_an_unknown_district_is_made_with_its_club(federation: Federation) -> None:
    _, made = await place(federation, Place("Norrbotten", "Luleå"))
    assert made == ("Norrbotten", "Luleå")


async def test_clubs_of_one_name_in_two_districts_are_two(federation: Federation) -> None:
    here, there = Place("Stockholms Bouledistrikt", "Boulebröderna"), Place("Norrbotten", "Boulebröderna")
    nodes, _ = await place(federation, here, there)
    assert nodes[here] != nodes[there]
    async with federation.write.database.scope(federation.tenant_id) as connection:
        codes = {n.code for n in await nodes_of(connection, federation.tenant_id) if n.name == "Boulebröderna"}
    assert codes == {"BOULEBRODERNA", "BOULEBRODERNA-2"}


async def test_without_a_district_the_club_is_looked_for_everywhere(federation: Federation) -> None:
    nodes, made = await place(federation, Place("", "Stockholm Boule Club"), Place("", "Nowhere"))
    assert nodes[Place("", "Stockholm Boule Club")] == federation.club
    assert made == ("Nowhere",)


async def test_a_preview_says_what_would_be_made_and_makes_nothing(federation: Federation) -> None:
    wanted = (Place("Norrbotten", "Luleå"), Place("Stockholms Bouledistrikt", "Stockholm Boule Club"))
    async with federation.write.database.scope(federation.tenant_id) as connection:
        before = await nodes_of(connection, federation.tenant_id)
        assert missing_clubs(before, wanted) == ("Norrbotten", "Luleå")
        assert await nodes_of(connection, federation.tenant_id) == before


async def test_a_name_without_a_latin_letter_still_gets_a_code(federation: Federation) -> None:
    nodes, _ = await place(federation, Place("Stockholms Bouledistrikt", "เปตอง"), Place("", "地滚球"))
    async with federation.write.database.scope(federation.tenant_id) as connection:
        codes = [n.code for n in await nodes_of(connection, federation.tenant_id) if n.node in nodes.values()]
    assert sorted(codes) == ["CLUB", "CLUB-2"]
