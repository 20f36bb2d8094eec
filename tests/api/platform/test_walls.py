"""Nobody but an operator in the platform's own tenant sees or does any of it; and an operator only where they look."""

from typing import Any
from uuid import uuid4

import pytest
from starlette.applications import Starlette

from backend.runtime.settings import Settings
from backend.services import Services
from backend.tenants.actor import Actor, Forbidden, Reach, operator_actor
from backend.tenants.capabilities import Capability, Role
from backend.tenants.directory import actor_of
from backend.tenants.platform import governed_tenants, register_tenant
from backend.values.identifiers import TenantId, UserId
from backend.write.execute import WriteSide, execute
from backend.write.identity.clients import LENDABLE
from backend.write.platform import EnterTenant, OpenTenant, TurnPlatformSwitch
from tests.api.caller import Caller, a_caller
from tests.api.platform.asking import (
    A_FEDERATION,
    ENTER,
    HALT,
    HEALTH,
    INVOICES,
    OPEN,
    REBUILD,
    SWITCH,
    TENANT,
    TENANTS,
    enters,
    id_of,
    invoices,
)
from tests.api.rest.given import caught_up
from tests.given.federation import Federation, a_federation
from tests.given.invoices import an_issued_invoice


def everything(governed: Federation) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every operation of the console, aimed at a federation."""
    tenant = id_of(governed)
    return {
        "platformTenants": (TENANTS, {}),
        "platformTenant": (TENANT, {"id": tenant}),
        "platformInvoices": (INVOICES, {}),
        "platformHealth": (HEALTH, {}),
        "enterTenant": (ENTER, {"input": {"tenantId": tenant, "reason": "x"}}),
        "openTenant": (OPEN, {"input": A_FEDERATION | {"slug": f"t-{uuid4().hex[:12]}"}}),
        "turnPlatformSwitch": (HALT, {"input": {"enabled": False, "reason": "x"}}),
        "turnTenantDeliverySwitch": (SWITCH, {"input": {"tenantId": tenant, "enabled": False, "reason": "x"}}),
        "requestRebuild": (REBUILD, {"input": {"tenantId": tenant, "projection": "invoices"}}),
    }


async def refused_everything(caller: Caller, governed: Federation) -> None:
    for name, (query, variables) in everything(governed).items():
        answer = await caller.post(query, variables)
        assert answer.get("data") is None or answer["data"].get(name) is None, answer
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN", answer


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PLATFORM_OPERATOR])
async def test_no_other_role_has_any_of_it(
    role: Role, app: Starlette, governed: Federation, platform: Federation
) -> None:
    """Architecture 8: neither in a federation nor in the platform's own tenant."""
    await refused_everything(await a_caller(app, governed, role), governed)
    await refused_everything(await a_caller(app, platform, role), governed)


async def test_an_operators_role_opens_nothing_in_a_national_tenant(
    app: Starlette, governed: Federation, services: Services
) -> None:
    """The role exists there as a row only when somebody wrote it past every rule; it is worth nothing then."""
    caller = await a_caller(app, governed, Role.PLATFORM_OPERATOR)
    actor = await actor_of(services.database, governed.tenant_id, caller.user_id)
    assert Capability.PLATFORM_OPERATE not in actor.reaches
    assert Capability.ACCESS_MANAGE in actor.reaches
    await refused_everything(caller, governed)


async def test_an_operator_of_a_part_of_the_platform_is_none(
    app: Starlette, platform: Federation, governed: Federation
) -> None:
    await refused_everything(await a_caller(app, platform, Role.PLATFORM_OPERATOR, node=platform.club), governed)


def test_no_program_can_be_given_the_console() -> None:
    """S002-57: what an API client may have lent to it does not include other tenants."""
    assert Capability.PLATFORM_OPERATE not in LENDABLE
    program = Actor(tenant_id=TenantId(uuid4()), principal="client:x", reaches=dict.fromkeys(Capability, Reach(None)))
    with pytest.raises(Forbidden):
        operator_actor(program, program.tenant_id)


async def test_an_operator_of_another_platform_finds_nothing(
    app: Starlette, write_side: WriteSide, settings: Settings, governed: Federation
) -> None:
    """A platform looks after its own tenants; another's are not there, by list or by id."""
    other = await a_federation(write_side, settings, kind="platform", issuer_type="platform")
    caller = await a_caller(app, other, Role.PLATFORM_OPERATOR)
    listed = (await caller.ask(TENANTS))["platformTenants"]["edges"]
    assert [each["node"]["slug"] for each in listed] == [other.slug]
    assert (await caller.ask(TENANT, id=id_of(governed)))["platformTenant"] is None
    assert await invoices(caller, tenantId=id_of(governed)) == []
    for query, said in (
        (ENTER, {"reason": "x"}),
        (SWITCH, {"enabled": False, "reason": "x"}),
        (REBUILD, {"projection": "invoices"}),
    ):
        (answer,) = (await caller.ask(query, input={"tenantId": id_of(governed), **said})).values()
        assert answer == {"__typename": "Refused", "code": "NOT_FOUND", "path": ["tenantId"]}


async def test_without_a_word_to_the_tenant_no_invoice_is_seen(
    operator: Caller, governed: Federation, write_side: WriteSide, settings: Settings, platform: Federation
) -> None:
    """Every look is audited: the row that opens the door is written with the event that tells the tenant."""
    second = await a_federation(write_side, settings, platform=platform)
    for federation in (governed, second):
        await an_issued_invoice(federation)
        await caught_up(federation)
    assert await invoices(operator) == []
    await enters(operator, governed)
    assert {row["tenantId"] for row in await invoices(operator)} == {id_of(governed)}
    assert await invoices(operator, tenantId=id_of(second)) == []


async def test_the_directory_answers_no_other_tenant(governed: Federation, services: Services) -> None:
    """In a federation's own scope the functions of the console list nothing and open nothing."""
    async with services.database.scope(governed.tenant_id) as connection:
        assert await governed_tenants(connection) == ()
        assert not await register_tenant(
            connection,
            TenantId(uuid4()),
            slug=f"t-{uuid4().hex[:12]}",
            kind="national",
            name="X",
            time_zone="UTC",
            at=services.clock.now(),
        )


@pytest.mark.parametrize("command", ["open", "turn"])
async def test_not_even_our_own_workers_do_it_in_a_federation(command: str, governed: Federation) -> None:
    """A denial that does not rest on the role: the tenant is no platform."""
    commands = {
        "open": OpenTenant(
            tenant_id=TenantId(uuid4()),
            slug="norway",
            name="Norway",
            kind="national",
            admin_name="Kari",
            admin_email="kari@petanque.example",
            language="en",
        ),
        "turn": TurnPlatformSwitch(enabled=False, reason="a test"),
    }
    with pytest.raises(Forbidden):
        await execute(governed.write, governed.system, commands[command])


async def test_an_operator_has_in_a_tenant_exactly_what_the_command_needs(governed: Federation) -> None:
    operator = Actor(
        tenant_id=TenantId(uuid4()),
        principal="user:x",
        user_id=UserId(uuid4()),
        reaches={Capability.PLATFORM_OPERATE: Reach(None)},
    )
    acting = operator_actor(operator, governed.tenant_id, Capability.DELIVERIES_SWITCH)
    assert set(acting.reaches) == {Capability.DELIVERIES_SWITCH}
    assert acting.principal == f"operator:{operator.user_id}"
    assert operator.user_id is not None
    with pytest.raises(Forbidden):
        await execute(governed.write, acting, EnterTenant(operator_id=operator.user_id, reason="x"))
