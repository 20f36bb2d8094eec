"""Trying a setting before it is made: tax rates and the gate's policy. Nothing is recorded."""

from typing import Any

from starlette.applications import Starlette

from backend.services import Services
from backend.tenants.capabilities import Role
from tests.api.caller import Caller, a_caller
from tests.api.rest.given import caught_up
from tests.given.federation import Federation

RATES = (
    "query P($input: AdoptTaxRatesInput!) { previewTaxRates(input: $input) { ... on PreviewTaxRatesSuccess { changes {"
    " before { percent validTo } after { percent validFrom validTo } } } ... on Refused { code path } } }"
)
POLICY = (
    "query P($input: SetGatePolicyInput!) { previewGatePolicy(input: $input) { ... on GateWhatIf { debtors actions {"
    " action blockedNow blockedThen newlyBlocked } } ... on Refused { code path why params { name value } } } }"
)
RATE: dict[str, Any] = {
    "code": "SE-26",
    "jurisdiction": "SE",
    "category": "STANDARD",
    "percent": "26",
    "en16931": "S",
    "validFrom": "2027-07-01",
    "source": "Prop. 2026/27:1",
}


async def test_a_new_rate_ends_the_one_before_it(admin: Caller, services: Services, federation: Federation) -> None:
    """S000-28: the preview shows both halves, the mutation then does exactly that."""
    await caught_up(federation)
    before = await position(services, federation)
    changes = (await admin.ask(RATES, input={"rates": [RATE]}))["previewTaxRates"]["changes"]
    assert [(each["before"], each["after"]["validTo"]) for each in changes] == [
        ({"percent": "25", "validTo": None}, "2027-06-30"),
        (None, None),
    ]
    assert await position(services, federation) == before


async def test_what_cannot_be_adopted_is_refused_in_the_preview(admin: Caller) -> None:
    """S000-28: two rates on one day."""
    early = RATE | {"validFrom": "1991-01-01", "validTo": "2027-12-31"}
    refused = (await admin.ask(RATES, input={"rates": [early]}))["previewTaxRates"]
    assert (refused["code"], refused["path"]) == ("TAX_RATES_OVERLAP", ["rates", "0"])


async def test_a_policy_is_weighed_and_not_set(admin: Caller, services: Services, federation: Federation) -> None:
    """S002-45: how many are stopped now and would be."""
    before = await position(services, federation)
    rules = [{"action": "LICENCE_RENEWAL", "overdueOnly": True, "graceDays": 10}]
    found = (await admin.ask(POLICY, input={"rules": rules}))["previewGatePolicy"]
    assert [each["action"] for each in found["actions"]] == ["LICENCE_RENEWAL", "CLUB_TRANSFER"]
    wrong = await admin.ask(POLICY, input={"rules": [rules[0] | {"graceDays": 91}]})
    assert wrong["previewGatePolicy"] == {
        "code": "INVALID_VALUE",
        "path": ["rules", "0", "graceDays"],
        "why": "OUT_OF_RANGE",
        "params": [{"name": "lowest", "value": "0"}, {"name": "highest", "value": "90"}],
    }
    assert await position(services, federation) == before


async def test_a_treasurer_of_a_district_tries_neither(app: Starlette, federation: Federation) -> None:
    """Architecture 8: who may not set it is not told what it would do."""
    treasurer = await a_caller(app, federation, Role.DISTRICT_TREASURER, node=federation.district)
    for query, said in ((RATES, {"rates": [RATE]}), (POLICY, {"rules": []})):
        answer = await treasurer.post(query, {"input": said})
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def position(services: Services, federation: Federation) -> int:
    async with services.database.scope(federation.tenant_id) as connection:
        row = await (await connection.execute("SELECT position FROM journal_heads WHERE book = 'money'")).fetchone()
    assert row is not None
    return int(row[0])
