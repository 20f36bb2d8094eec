"""The console's documents as the app sends them, and one way to send each."""

from typing import Any

from backend.api.graphql.identifiers import encoded
from tests.api.caller import Caller
from tests.given.federation import Federation

PAGE = """query ($first: Int, $after: String) { platformTenants(first: $first, after: $after) {
    pageInfo { hasNextPage endCursor } edges { node { slug } } } }"""
TENANTS = """query ($search: String! = "") {
  platformTenants(search: $search, first: 10) {
    edges { node { id slug kind name look { reason until }
      figures { issuers members debtors seasons issued outstanding { amountMinor currency } }
      standing { head lastAt stale dispatchesDue projections { name position behind seconds stale halted } }
      deliverySwitch { enabled by { principal } reason } deliveryCounts { state count }
      problems { number state reply } invariants { name holds detail checkedAt } } } } }"""
TENANT = """query ($id: ID!) { platformTenant(id: $id) { slug } }"""
INVOICES = """query ($tenantId: ID, $search: String! = "", $status: [InvoiceStatus!], $from: BigInt, $to: BigInt,
    $first: Int, $after: String) {
  platformInvoices(tenantId: $tenantId, search: $search, status: $status, totalFrom: $from, totalTo: $to,
    first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges { node { number debtorName tenantId status total { amountMinor } } } } }"""
HEALTH = """{ platformHealth { switch { enabled by { principal } reason } queuesKnown queues { name waiting }
    issuing { outcome count } rendered renderingFailed { outcome count } dispatching { outcome count } } }"""
ENTER = """mutation ($input: EnterTenantInput!) { enterTenant(input: $input) { __typename
    ... on EnterTenantSuccess { entered } ... on Refused { code path } } }"""
OPEN = """mutation ($input: OpenTenantInput!) { openTenant(input: $input) { __typename
    ... on OpenTenantSuccess { replayed tenant { id slug } } ... on Refused { code path } } }"""
HALT = """mutation ($input: TurnPlatformSwitchInput!) { turnPlatformSwitch(input: $input) { __typename
    ... on TurnPlatformSwitchSuccess { enabled } ... on Refused { code path } } }"""
SWITCH = """mutation ($input: TurnTenantDeliverySwitchInput!) { turnTenantDeliverySwitch(input: $input) { __typename
    ... on TurnTenantDeliverySwitchSuccess { enabled } ... on Refused { code path } } }"""
REBUILD = """mutation ($input: RequestRebuildInput!) { requestRebuild(input: $input) { __typename
    ... on RequestRebuildSuccess { projection } ... on Refused { code path } } }"""
A_FEDERATION: dict[str, Any] = {
    "name": "Norges Pétanqueforbund",
    "kind": "NATIONAL",
    "adminName": "Kari Nordmann",
    "adminEmail": "kari@petanque.example",
    "language": "en",
}


def id_of(federation: Federation) -> str:
    return encoded("Tenant", federation.tenant_id)


async def enters(operator: Caller, *federations: Federation, reason: str = "they asked us to look") -> None:
    """The operator enters these federations; it must succeed."""
    for federation in federations:
        said = {"tenantId": id_of(federation), "reason": reason}
        assert (await operator.ask(ENTER, input=said))["enterTenant"] == {
            "__typename": "EnterTenantSuccess",
            "entered": 1,
        }


async def invoices(operator: Caller, **said: Any) -> list[dict[str, Any]]:
    """The rows of one page."""
    return [each["node"] for each in (await operator.ask(INVOICES, **said))["platformInvoices"]["edges"]]


async def activity(federation: Federation, caller: Caller) -> list[dict[str, Any]]:
    """What the federation's own people read of the last things that happened."""
    query = "{ activity(first: 50) { edges { node { type actor { principal name } reason } } } }"
    return [each["node"] for each in (await caller.ask(query))["activity"]["edges"]]
