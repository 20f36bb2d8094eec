"""Two federations in two browsers, and a club admin beside the federation: nobody sees what is not theirs."""

from playwright.async_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.people import ANNIKA, CLAIRE, MALIN, Visitor, asks, asks_for_anything, signed_in_context
from tests.e2e.stack import Stack

LISTS = ("/", "/invoices", "/renewals", "/debtors", "/receivables", "/deliveries", "/activity", "/settings")

SEEN = """{
  invoices(filter: {status: [OVERDUE]}, first: 50) {
    edges {node {id number debtorId debtorName debtorReference issuerId issuerName pdfUrl}}
  }
}"""


DEBTORS = """query($after: String) {
  debtors(first: 100, after: $after) {edges {node {id name}} pageInfo {hasNextPage endCursor}}
}"""
FOUND = "query($s: String!) {debtors(search: $s, first: 5) {edges {node {name}}}}"


async def test_two_federations_in_two_browsers(new_context: NewContext, stack: Stack) -> None:
    swede, french = await _at_home(new_context, stack, ANNIKA), await _at_home(new_context, stack, CLAIRE)
    await _sees_nothing_of(french, swede)
    await _sees_nothing_of(swede, french)


async def test_a_club_admin_sees_the_club_and_nothing_else(new_context: NewContext, stack: Stack) -> None:
    admin, club = await _at_home(new_context, stack, ANNIKA), await _at_home(new_context, stack, MALIN)
    everybody, own = await _all_debtors(admin), {each["id"] for each in await _all_debtors(club)}
    others = [each for each in everybody if each["id"] not in own]
    assert own
    assert others
    assert own < {each["id"] for each in everybody}
    for stranger in others[:3]:
        assert await _asked(club, "debtor", stranger["id"]) is None
        assert stranger["name"] not in await _shown_at(club, f"/debtors/{stranger['id']}")

    seen = (await asks(admin, SEEN))["invoices"]["edges"]
    foreign = [each["node"] for each in seen if each["node"]["debtorId"] not in own]
    assert foreign
    for invoice in foreign[:3]:
        assert await _asked(club, "invoice", invoice["id"]) is None
        assert await _status_of(club, invoice["pdfUrl"]) in (403, 404)
        assert invoice["debtorName"] not in await _shown_at(club, f"/invoices/{invoice['id']}")
    for path in LISTS:
        text = await _shown_at(club, path)
        assert not [each["debtorName"] for each in foreign if each["debtorName"] in text], path


async def _sees_nothing_of(stranger: Page, owner: Page) -> None:
    theirs = [each["node"] for each in (await asks(owner, SEEN))["invoices"]["edges"]]
    assert theirs
    names = {each["debtorName"] for each in theirs}
    for path in LISTS:
        text = await _shown_at(stranger, path)
        assert not [name for name in names if name in text], path
    secret = theirs[0]
    for path in (
        f"/invoices/{secret['id']}",
        f"/invoices/{secret['id']}/edit",
        f"/debtors/{secret['debtorId']}",
        f"/debtors/{secret['debtorId']}/edit",
        f"/gate?debtor={secret['debtorId']}",
        f"/invoices?debtor={secret['debtorId']}",
        f"/invoices?issuer={secret['issuerId']}",
    ):
        text = await _shown_at(stranger, path)
        assert secret["debtorName"] not in text, path
        assert secret["debtorReference"] not in text, path
    assert await _asked(stranger, "invoice", secret["id"]) is None
    assert await _asked(stranger, "debtor", secret["debtorId"]) is None
    assert await _asked(stranger, "node", secret["id"]) is None
    found = await asks(stranger, FOUND, s=secret["debtorName"])
    assert secret["debtorName"] not in str(found)
    paid = await asks_for_anything(
        stranger,
        "mutation($input: RegisterPaymentInput!) {registerPayment(input: $input) {__typename ... on Refused {code}}}",
        input={
            "invoiceId": secret["id"],
            "amountMinor": "100",
            "currency": "SEK",
            "method": "CASH",
            "receivedOn": "2026-11-20",
            "idempotencyKey": "a-stranger",
        },
    )
    assert "RegisterPaymentSuccess" not in str(paid)
    assert secret["debtorName"] not in str(paid)
    assert await _status_of(stranger, secret["pdfUrl"]) == 404


async def _at_home(new_context: NewContext, stack: Stack, visitor: Visitor) -> Page:
    context = await new_context()
    await signed_in_context(context, stack.url, visitor)
    page = await context.new_page()
    await page.goto("/")
    await expect(page.locator("main h1")).to_be_visible()
    return page


async def _all_debtors(page: Page) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    after: str | None = None
    while True:
        said = (await asks(page, DEBTORS, after=after))["debtors"]
        found += [each["node"] for each in said["edges"]]
        if not said["pageInfo"]["hasNextPage"]:
            return found
        after = said["pageInfo"]["endCursor"]


async def _shown_at(page: Page, path: str) -> str:
    """Everything the page says once it has said all."""
    await page.goto(path)
    await page.wait_for_load_state("networkidle")
    await expect(page.locator("main").locator("h1, h2, [role=alert]").first).to_be_visible()
    await expect(page.locator(".skeleton, main [aria-busy=true]")).to_have_count(0)
    return await page.locator("main").inner_text()


async def _asked(page: Page, field: str, opaque: str) -> object:
    said = await asks_for_anything(page, f"query($id: ID!) {{{field}(id: $id) {{id}}}}", id=opaque)
    return (said.get("data") or {}).get(field)


async def _status_of(page: Page, url: str) -> int:
    return int(await page.evaluate("async url => (await fetch(url)).status", url))
