"""What operators see and do: the list, the search over many tenants, openings, switches, rebuilds."""

from datetime import timedelta
from typing import Any, get_args
from uuid import uuid4

from starlette.applications import Starlette

from backend.inline.outbound_work import DOCUMENT_MAIL
from backend.outbound.claims import Claim, claim_due
from backend.read.catch_up import catch_up
from backend.runtime.clock import TravellingClock
from backend.runtime.settings import Settings
from backend.services import Services
from backend.tenants.capabilities import Role
from backend.tenants.identity.letters import LetterKind, addressees
from backend.tenants.platform import governed_tenants
from backend.values.identifiers import TenantId
from backend.worker.rebuilds import rebuild_asked
from backend.write.execute import WriteSide
from tests.api.caller import Caller, a_caller
from tests.api.platform.asking import (
    A_FEDERATION,
    ENTER,
    HALT,
    HEALTH,
    INVOICES,
    OPEN,
    PAGE,
    REBUILD,
    SWITCH,
    TENANTS,
    activity,
    enters,
    id_of,
    invoices,
)
from tests.given.federation import Federation, a_federation
from tests.given.invoices import an_issued_invoice
from tests.given.people import a_person


async def listed(operator: Caller, **said: Any) -> dict[str, dict[str, Any]]:
    return {
        each["node"]["slug"]: each["node"] for each in (await operator.ask(TENANTS, **said))["platformTenants"]["edges"]
    }


async def test_the_list_shows_each_tenant_in_figures(
    operator: Caller, platform: Federation, governed: Federation, services: Services
) -> None:
    """S001-118: how large each is, what is owed, how far everything has come, and whether the invariants hold."""
    await an_issued_invoice(governed)
    await catch_up(services.database, services.keyring, governed.tenant_id)
    found = await listed(operator)
    assert set(found) == {platform.slug, governed.slug}
    tenant = found[governed.slug]
    figures = tenant["figures"]
    assert (figures["issuers"], figures["issued"], figures["seasons"]) == (1, 1, ["2026"])
    assert [each["currency"] for each in figures["outstanding"]] == ["SEK"]
    assert int(figures["outstanding"][0]["amountMinor"]) > 0
    assert not tenant["standing"]["stale"]
    assert {each["behind"] for each in tenant["standing"]["projections"]} == {"0"}
    assert [each["holds"] for each in tenant["invariants"]] == [True, True, True]
    assert set(await listed(operator, search=governed.slug)) == {governed.slug}


async def test_the_list_is_read_page_by_page(
    operator: Caller, platform: Federation, write_side: WriteSide, settings: Settings
) -> None:
    """E.1: a keyset over short names; nothing twice, nothing lost."""
    slugs = {platform.slug} | {(await a_federation(write_side, settings, platform=platform)).slug for _ in range(3)}
    seen, after = list[str](), None
    while True:
        page = (await operator.ask(PAGE, first=2, after=after))["platformTenants"]
        seen += [each["node"]["slug"] for each in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == sorted(slugs)


async def test_a_read_model_that_waits_is_marked(
    operator: Caller, governed: Federation, clock: TravellingClock, services: Services
) -> None:
    """I21: positions and seconds; what an event has waited for long is stale."""
    await catch_up(services.database, services.keyring, governed.tenant_id)
    await an_issued_invoice(governed)
    clock.advance(timedelta(minutes=2))
    standing = (await listed(operator))[governed.slug]["standing"]
    assert standing["stale"]
    assert all(int(each["behind"]) > 0 and each["seconds"] >= 120 for each in standing["projections"])


async def test_a_look_is_told_to_the_tenant_once_in_a_quarter_of_an_hour(
    app: Starlette, operator: Caller, governed: Federation, clock: TravellingClock
) -> None:
    """Architecture 8: the tenant reads who looked, and why."""
    await enters(operator, governed, reason="ticket 4711")
    await enters(operator, governed, reason="ticket 4711 again")
    admin = await a_caller(app, governed)

    async def looks() -> list[tuple[str, str]]:
        found = await activity(governed, admin)
        return [(each["actor"]["principal"], each["reason"]) for each in found if each["type"] == "operator-looked"]

    assert await looks() == [(f"operator:{operator.user_id}", "ticket 4711")]
    clock.advance(timedelta(minutes=16))
    assert await invoices(operator) == []
    await enters(operator, governed, reason="ticket 4712")
    assert [reason for _, reason in await looks()] == ["ticket 4712", "ticket 4711"]


async def test_entering_needs_a_reason(operator: Caller, governed: Federation) -> None:
    answer = (await operator.ask(ENTER, input={"tenantId": id_of(governed), "reason": " "}))["enterTenant"]
    assert answer == {"__typename": "Refused", "code": "REASON_REQUIRED", "path": ["reason"]}


async def test_the_figures_are_noted_in_the_platforms_own_journal(
    app: Starlette, operator: Caller, platform: Federation, governed: Federation
) -> None:
    await listed(operator)
    await operator.ask(HEALTH)
    found = await activity(platform, operator)
    assert [each["reason"] for each in found if each["type"] == "operator-looked"] == ["the figures of all federations"]
    theirs = await activity(governed, await a_caller(app, governed))
    assert "operator-looked" not in {each["type"] for each in theirs}


async def test_invoices_of_many_tenants_are_one_list(
    operator: Caller,
    platform: Federation,
    governed: Federation,
    write_side: WriteSide,
    settings: Settings,
    services: Services,
) -> None:
    """The pages of all tenants, merged: every invoice once, however the pages fall, also those of one day."""
    second = await a_federation(write_side, settings, platform=platform)
    for federation in (governed, second):
        for _ in range(4):
            await an_issued_invoice(federation)
        await catch_up(services.database, services.keyring, federation.tenant_id)
    await operator.ask(ENTER, input={"reason": "the audit of November"})
    seen, after = list[tuple[str, str]](), None
    while True:
        page = (await operator.ask(INVOICES, first=3, after=after))["platformInvoices"]
        seen += [(each["node"]["tenantId"], each["node"]["number"]) for each in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) == 8
    assert {tenant for tenant, _ in seen} == {id_of(governed), id_of(second)}
    (row, *_) = await invoices(operator, tenantId=id_of(second))
    total = row["total"]["amountMinor"]
    assert await invoices(operator, search=row["number"], **{"from": total, "to": total}) != []
    assert await invoices(operator, **{"from": str(int(total) + 1)}) == []
    assert await invoices(operator, status=["PAID"]) == []


async def test_a_federation_is_opened_with_its_first_administrator(
    app: Starlette, operator: Caller, platform: Federation, services: Services
) -> None:
    """S002-63: root, tax rates and an invitation; sent twice with one key, it happens once."""
    said = A_FEDERATION | {"slug": f"t-{uuid4().hex[:12]}", "idempotencyKey": str(uuid4())}
    first = (await operator.ask(OPEN, input=said))["openTenant"]
    again = (await operator.ask(OPEN, input=said))["openTenant"]
    assert first["tenant"] == again["tenant"]
    assert (first["replayed"], again["replayed"]) == (False, True)
    taken = (await operator.ask(OPEN, input=said | {"idempotencyKey": str(uuid4())}))["openTenant"]
    assert taken == {"__typename": "Refused", "code": "ALREADY_EXISTS", "path": ["slug"]}
    async with services.database.scope(platform.tenant_id) as connection:
        (opened,) = await governed_tenants(connection, search=said["slug"])
    (letter,) = await claimed(services, opened.tenant_id)
    async with services.database.scope(opened.tenant_id) as connection:
        people = await addressees(connection, opened.tenant_id, [letter.subject])
    assert (letter.kind, people[letter.subject].email) == ("invitation", "kari@petanque.example")
    figures = (await listed(operator, search=said["slug"]))[said["slug"]]["figures"]
    assert (figures["issuers"], figures["issued"]) == (0, 0)


async def claims(services: Services, tenant_id: TenantId) -> int:
    return len(await claimed(services, tenant_id))


async def claimed(services: Services, tenant_id: TenantId) -> tuple[Claim, ...]:
    kinds = {DOCUMENT_MAIL, *get_args(LetterKind)}
    return await claim_due(services.database, tenant_id, kinds, lease=uuid4(), now=services.clock.now(), limit=10)


async def test_the_platform_halts_everything_outgoing(
    operator: Caller, governed: Federation, services: Services
) -> None:
    """S001-118, I06: no dispatch and no letter is claimed while it is off; afterwards everything goes on."""
    await an_issued_invoice(governed, deliver=True)
    off = {"enabled": False, "reason": "wrong mails since 02:10"}
    missing = (await operator.ask(HALT, input={"enabled": False, "reason": ""}))["turnPlatformSwitch"]
    assert missing == {"__typename": "Refused", "code": "REASON_REQUIRED", "path": ["reason"]}
    assert (await operator.ask(HALT, input=off))["turnPlatformSwitch"]["enabled"] is False
    assert await claims(services, governed.tenant_id) == 0
    switch = (await operator.ask(HEALTH))["platformHealth"]["switch"]
    by = {"principal": f"user:{operator.user_id}"}
    assert switch == {"enabled": False, "by": by, "reason": "wrong mails since 02:10"}
    opening = A_FEDERATION | {"slug": f"t-{uuid4().hex[:12]}"}
    opened = (await operator.ask(OPEN, input=opening))["openTenant"]["tenant"]["slug"]
    async with services.database.scope(TenantId(governed.tenant_id)) as connection:
        assert await governed_tenants(connection, search=opened) == ()
    assert (await operator.ask(HALT, input={"enabled": True, "reason": ""}))["turnPlatformSwitch"]["enabled"] is True
    assert await claims(services, governed.tenant_id) == 1


async def test_a_halted_platform_holds_back_letters_too(
    operator: Caller, platform: Federation, services: Services
) -> None:
    await operator.ask(HALT, input={"enabled": False, "reason": "an incident"})
    said = A_FEDERATION | {"slug": f"t-{uuid4().hex[:12]}"}
    await operator.ask(OPEN, input=said)
    async with services.database.scope(platform.tenant_id) as connection:
        (opened,) = await governed_tenants(connection, search=said["slug"])
    assert await claims(services, opened.tenant_id) == 0
    await operator.ask(HALT, input={"enabled": True, "reason": "over"})
    assert await claims(services, opened.tenant_id) == 1


async def test_one_tenant_is_stopped_in_its_own_journal(
    app: Starlette, operator: Caller, governed: Federation, services: Services
) -> None:
    await an_issued_invoice(governed, deliver=True)
    said = {"tenantId": id_of(governed), "enabled": False, "reason": "their own mail server begs"}
    assert (await operator.ask(SWITCH, input=said))["turnTenantDeliverySwitch"]["enabled"] is False
    assert await claims(services, governed.tenant_id) == 0
    (turned, *_) = await activity(governed, await a_caller(app, governed))
    assert turned == {
        "type": "delivery-switch-turned",
        "actor": {"principal": f"operator:{operator.user_id}", "name": None},
        "reason": "their own mail server begs",
    }
    shown = (await listed(operator))[governed.slug]["deliverySwitch"]
    assert (shown["enabled"], shown["reason"]) == (False, "their own mail server begs")


async def test_a_switch_asks_for_a_fresh_sign_in(
    app: Starlette, platform: Federation, governed: Federation, clock: TravellingClock
) -> None:
    """The kill switches, of the platform and of a tenant, are dangerous wherever they are turned."""
    browser = await (await a_person(platform, Role.PLATFORM_OPERATOR)).signs_in(app)
    clock.advance(timedelta(minutes=16))
    for query, said in (
        (HALT, {"enabled": False, "reason": "x"}),
        (SWITCH, {"tenantId": id_of(governed), "enabled": False, "reason": "x"}),
        (OPEN, A_FEDERATION | {"slug": f"t-{uuid4().hex[:12]}"}),
    ):
        answer = (await browser.post("/graphql", {"query": query, "variables": {"input": said}})).json()
        (found,) = answer["data"].values()
        assert found["code"] == "FRESH_SIGN_IN_REQUIRED", answer


async def test_a_rebuild_is_asked_for_and_carried_out_by_a_worker(
    operator: Caller, governed: Federation, services: Services
) -> None:
    """C54: rows are the truth; the live read model answers meanwhile, and the same afterwards."""
    await an_issued_invoice(governed)
    await catch_up(services.database, services.keyring, governed.tenant_id)
    said = {"tenantId": id_of(governed), "projection": "invoices"}
    assert (await operator.ask(REBUILD, input=said))["requestRebuild"]["projection"] == "invoices"
    unknown = (await operator.ask(REBUILD, input=said | {"projection": "nothing"}))["requestRebuild"]
    assert unknown == {"__typename": "Refused", "code": "INVALID_VALUE", "path": ["projection"]}
    assert await rebuild_asked(services, governed.tenant_id) == 1
    assert await rebuild_asked(services, governed.tenant_id) == 0
    standing = (await listed(operator))[governed.slug]["standing"]
    assert {each["behind"] for each in standing["projections"]} == {"0"}


async def test_health_tells_queues_and_counts(operator: Caller, governed: Federation) -> None:
    """S001-118: queue depth of every queue, how issuing and rendering fare."""
    health = (await operator.ask(HEALTH))["platformHealth"]
    assert health["switch"]["enabled"] is True
    assert {each["name"] for each in health["queues"]} == {"projections", "runs", "deliveries", "rebuilds", "retention"}
    assert health["queuesKnown"] is True
