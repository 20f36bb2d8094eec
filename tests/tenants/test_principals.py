"""Whom the journal names, by the names of the reader's own tenant."""

from typing import Any
from uuid import uuid4

from backend.runtime.settings import Settings
from backend.tenants.capabilities import Role
from backend.tenants.principals import Principal, named
from tests.given.federation import Federation, a_federation
from tests.given.people import a_person


async def in_scope(federation: Federation, *said: str) -> dict[str, Principal]:
    async with federation.write.database.scope(federation.tenant_id) as connection:
        return await named(connection, federation.tenant_id, said)


async def a_program(federation: Federation, name: str) -> str:
    """The row of a program; what it may do is another matter."""
    client_id = uuid4()
    async with federation.write.database.scope(federation.tenant_id) as connection:
        await connection.execute(
            b"INSERT INTO identity_clients (tenant_id, client_id, name, capabilities, org_node_id, public_jwk,"
            b" registered_at, expires_at, revoked_at) VALUES (%b, %b, %b, '{}', %b, '{}', now(), now(), now())",
            (federation.tenant_id, client_id, name, federation.root),
        )
    return f"client:{client_id}"


async def test_people_and_programs_have_names_also_afterwards(federation: Federation) -> None:
    """S001 auditability: also without a role, and a program that was revoked; unknown ones have none."""
    person = await a_person(federation, Role.CLUB_ADMIN)
    async with federation.write.database.scope(federation.tenant_id) as connection:
        await connection.execute(
            b"DELETE FROM grants WHERE tenant_id = %b AND user_id = %b", (federation.tenant_id, person.user_id)
        )
    program, unknown = await a_program(federation, "Licences"), f"user:{uuid4()}"
    found = await in_scope(federation, f"user:{person.user_id}", program, unknown, "user:importer")
    assert [(each.kind, each.name) for each in found.values()] == [
        ("person", "Annika Berg"),
        ("program", "Licences"),
        ("person", None),
        ("person", None),
    ]
    assert found[program].id == program.partition(":")[2]


async def test_nobody_has_a_name_in_another_tenant(federation: Federation, settings: Settings) -> None:
    """C36, ADR 0013: the name of a platform's operator is the platform's."""
    other = await a_federation(federation.write, settings)
    operator = await a_person(other, Role.FEDERATION_ADMIN)
    said = f"operator:{operator.user_id}", f"user:{operator.user_id}", await a_program(other, "Licences")
    assert {each.name for each in (await in_scope(federation, *said)).values()} == {None}
    async with other.write.database.scope(other.tenant_id) as connection:
        foreign = await named(connection, federation.tenant_id, said)
    assert {each.name for each in foreign.values()} == {None}
    assert [each.name for each in (await in_scope(other, *said)).values()] == ["Annika Berg", "Annika Berg", "Licences"]


async def test_a_page_of_names_is_one_statement(federation: Federation) -> None:
    """C34: whoever they are; and none at all where only our own processes acted."""
    person = await a_person(federation, Role.CLUB_ADMIN)
    people = [f"user:{person.user_id}", *(f"user:{uuid4()}" for _ in range(50)), await a_program(federation, "x")]
    ours = "system:deliveries", "system:invoice-page"

    class Counting:
        asked = 0

        def __init__(self, connection: Any) -> None:
            self._connection = connection

        async def execute(self, *said: Any) -> Any:
            self.asked += 1
            return await self._connection.execute(*said)

    async with federation.write.database.scope(federation.tenant_id) as connection:
        counting: Any = Counting(connection)
        found = await named(counting, federation.tenant_id, ours)
        assert [(each.kind, each.id, each.name) for each in found.values()] == [
            ("system", "deliveries", None),
            ("link", "invoice-page", None),
        ]
        assert counting.asked == 0
        await named(counting, federation.tenant_id, {*people, *ours})
        assert counting.asked == 1
