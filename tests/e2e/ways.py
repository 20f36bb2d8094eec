"""Where a screen is, when that depends on the data: asked with the session of whoever will look at it."""

from typing import Final

from playwright.async_api import Page

from tests.e2e.people import knows

_DISTRICT: Final = "Skånes Bouledistrikt"
# Two who can be billed, and one whom the gate stops.
MEMBERS: Final = ("SBF-0020", "SBF-0021", "SBF-0005")


async def _first(page: Page, status: str, wanted: str = "id") -> str:
    said = await knows(page, f"{{invoices(filter: {{status: [{status}]}}, first: 1) {{edges {{node {{{wanted}}}}}}}}}")
    return str(said["invoices"]["edges"][0]["node"][wanted])


async def an_invoice(page: Page) -> str:
    return f"/invoices/{await _first(page, 'OVERDUE, PARTIALLY_PAID')}"


async def a_paid_invoice(page: Page) -> str:
    return f"/invoices/{await _first(page, 'PAID')}"


async def a_cancelled_invoice(page: Page) -> str:
    return f"/invoices/{await _first(page, 'CANCELLED')}"


async def a_draft(page: Page) -> str:
    return f"/invoices/{await _first(page, 'DRAFT')}"


async def a_draft_to_edit(page: Page) -> str:
    return f"{await a_draft(page)}/edit"


async def a_debtor(page: Page) -> str:
    return f"/debtors/{await _first(page, 'OVERDUE, PARTIALLY_PAID', 'debtorId')}"


async def a_debtor_to_edit(page: Page) -> str:
    return f"{await a_debtor(page)}/edit"


async def by_its_link(page: Page) -> str:
    return await _link_to(page, await _first(page, "OVERDUE, PARTIALLY_PAID"))


async def by_the_link_of_a_paid_one(page: Page) -> str:
    return await _link_to(page, await _first(page, "PAID"))


async def by_the_link_of_a_cancelled_one(page: Page) -> str:
    return await _link_to(page, await _first(page, "CANCELLED"))


async def _link_to(page: Page, invoice: str) -> str:
    said = await knows(
        page,
        "mutation M($input: MakeInvoiceLinkInput!) { makeInvoiceLink(input: $input)"
        " { ... on MakeInvoiceLinkSuccess { link { url } } } }",
        input={"invoiceId": invoice},
    )
    path, _, token = said["makeInvoiceLink"]["link"]["url"].partition("#")
    return f"/{path.rpartition('/')[2]}#{token}"


async def a_run(page: Page) -> str:
    """The first who asks starts it."""
    found = (await knows(page, "{runs(first: 1) {edges {node {id}}}}"))["runs"]["edges"]
    if found:
        return f"/renewals/{found[0]['node']['id']}"
    issuers = (await knows(page, "{issuers {id orgNodeId name}}"))["issuers"]
    district = next(each["id"] for each in issuers if each["name"] == _DISTRICT)
    said = await knows(
        page,
        "mutation($i: StartRunInput!) {startRenewalRun(input: $i) {... on StartRunSuccess {run {id}}}}",
        i={
            "issuerId": district,
            "references": list(MEMBERS),
            "season": "2026",
            "feeComponents": [{"name": "Licensavgift", "amount": "400.00", "recipientType": "federation"}],
            "deliver": False,
            "idempotencyKey": "a-run-to-look-at",
            "overrideReason": "",
        },
    )
    return f"/renewals/{said['startRenewalRun']['run']['id']}"


async def the_runs(page: Page) -> str:
    await a_run(page)
    return "/renewals"


async def the_blocked_one(page: Page) -> str:
    said = await knows(page, '{debtorByReference(reference: "SBF-0005") {id}}')
    return f"/gate?debtor={said['debtorByReference']['id']}"


async def a_tenant(page: Page) -> str:
    said = await knows(page, '{platformTenants(search: "svenska-boule", first: 1) {edges {node {id}}}}')
    return f"/platform/tenants/{said['platformTenants']['edges'][0]['node']['id']}"


async def _settings_of_the_district(page: Page, tab: str) -> str:
    issuers = (await knows(page, "{issuers {id name}}"))["issuers"]
    district = next(each["id"] for each in issuers if each["name"] == _DISTRICT)
    return f"/settings?tab={tab}&issuer={district}"


async def its_numbers(page: Page) -> str:
    return await _settings_of_the_district(page, "numbers")


async def its_template(page: Page) -> str:
    return await _settings_of_the_district(page, "template")


async def entered_all(page: Page) -> str:
    """An operator who has said why; every federation reads it."""
    said = await knows(
        page,
        "mutation($i: EnterTenantInput!) {enterTenant(input: $i) {... on EnterTenantSuccess {__typename}}}",
        i={"reason": "case 4711: a payer asks where the money went"},
    )
    assert said["enterTenant"]["__typename"] == "EnterTenantSuccess"
    return "/platform/invoices"
