"""Every screen of the app: where it is, who looks at it, and what must be done before it shows all it has."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from playwright.async_api import Page, expect

from tests.e2e.people import ANNIKA, MALIN, OPERATOR, Visitor, asks

Way = Callable[[Page], Awaitable[str]]


@dataclass(frozen=True, kw_only=True)
class Screen:
    """`way` answers the path, where it depends on the data; `then` is done once the page is there."""

    name: str
    path: str = ""
    way: Way | None = None
    visitor: Visitor | None = ANNIKA
    then: Callable[[Page], Awaitable[None]] | None = None


async def _an_invoice(page: Page) -> str:
    said = await asks(page, "{invoices(filter: {status: [OVERDUE, PARTIALLY_PAID]}, first: 1) {edges {node {id}}}}")
    return f"/invoices/{said['invoices']['edges'][0]['node']['id']}"


async def _by_its_link(page: Page) -> str:
    invoice = (await _an_invoice(page)).removeprefix("/invoices/")
    said = await asks(
        page,
        "mutation M($input: MakeInvoiceLinkInput!) { makeInvoiceLink(input: $input)"
        " { ... on MakeInvoiceLinkSuccess { link { url } } } }",
        input={"invoiceId": invoice},
    )  # fmt: skip
    path, _, token = said["makeInvoiceLink"]["link"]["url"].partition("#")
    return f"/{path.rpartition('/')[2]}#{token}"


async def _a_draft(page: Page) -> str:
    said = await asks(page, "{invoices(filter: {status: [DRAFT]}, first: 1) {edges {node {id}}}}")
    return f"/invoices/{said['invoices']['edges'][0]['node']['id']}"


async def _a_draft_to_edit(page: Page) -> str:
    return f"{await _a_draft(page)}/edit"


async def _a_tenant(page: Page) -> str:
    said = await asks(page, '{platformTenants(search: "svenska-boule", first: 1) {edges {node {id}}}}')
    return f"/platform/tenants/{said['platformTenants']['edges'][0]['node']['id']}"


async def _a_debtor(page: Page) -> str:
    said = await asks(
        page, "{invoices(filter: {status: [OVERDUE, PARTIALLY_PAID]}, first: 1) {edges {node {debtorId}}}}"
    )
    return f"/debtors/{said['invoices']['edges'][0]['node']['debtorId']}"


async def _a_debtor_to_edit(page: Page) -> str:
    return f"{await _a_debtor(page)}/edit"


async def _a_run(page: Page) -> str:
    """The first who asks starts it."""
    found = (await asks(page, "{runs(first: 1) {edges {node {id}}}}"))["runs"]["edges"]
    if found:
        return f"/renewals/{found[0]['node']['id']}"
    issuers = (await asks(page, "{issuers {id orgNodeId name}}"))["issuers"]
    district = next(each["id"] for each in issuers if each["name"] == "Skånes Bouledistrikt")
    said = await asks(
        page, "mutation($i: StartRunInput!) {startRenewalRun(input: $i) {... on StartRunSuccess {run {id}}}}",
        i={
            "issuerId": district, "references": ["SBF-0020", "SBF-0021", "SBF-0005"], "season": "2026",
            "feeComponents": [{"name": "Licensavgift", "amount": "400.00", "recipientType": "federation"}],
            "deliver": False,
            "idempotencyKey": "a-run-to-look-at", "overrideReason": "",
        },
    )  # fmt: skip
    return f"/renewals/{said['startRenewalRun']['run']['id']}"


async def _finished(page: Page) -> None:
    await expect(page.get_by_role("main").get_by_text("Klar", exact=True)).to_be_visible()


async def _blocked(page: Page) -> str:
    said = await asks(page, '{debtorByReference(reference: "SBF-0005") {id}}')
    return f"/gate?debtor={said['debtorByReference']['id']}"


async def _palette(page: Page) -> None:
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("dialog")).to_be_visible()


async def _shortcuts(page: Page) -> None:
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_be_visible()


async def _filters(page: Page) -> None:
    await page.get_by_role("button", name="Fler filter").click()


async def _payment(page: Page) -> None:
    await page.get_by_role("button", name="Registrera betalning").click()
    await expect(page.get_by_role("dialog")).to_be_visible()


async def _explained(page: Page) -> None:
    await page.get_by_role("main").get_by_role("button", name="Förklara beloppet").click()


async def _one_row_chosen(page: Page) -> None:
    await page.get_by_role("row").nth(1).get_by_role("checkbox").check(force=True)


async def _inviting(page: Page) -> None:
    await page.get_by_role("button", name="Bjud in någon").click()
    await expect(page.get_by_role("dialog")).to_be_visible()


SCREENS: Final = (
    Screen(name="sign-in", path="/", visitor=None),
    Screen(name="reset", path="/reset#token=unknown", visitor=None),
    Screen(name="invitation", path="/invitation#token=unknown", visitor=None),
    Screen(name="home", path="/"),
    Screen(name="invoices", path="/invoices"),
    Screen(name="invoices-filters", path="/invoices", then=_filters),
    Screen(name="invoices-chosen", path="/invoices", then=_one_row_chosen),
    Screen(name="invoices-nothing-found", path="/invoices?q=xyzzy"),
    Screen(name="invoice", way=_an_invoice),
    Screen(name="invoice-explained", way=_an_invoice, then=_explained),
    Screen(name="invoice-payment", way=_an_invoice, then=_payment),
    Screen(name="invoice-by-its-link", way=_by_its_link),
    Screen(name="invoice-draft", way=_a_draft),
    Screen(name="invoice-new", path="/invoices/new"),
    Screen(name="invoice-edit", way=_a_draft_to_edit),
    Screen(name="renewals", path="/renewals"),
    Screen(name="renewals-new", path="/renewals/new"),
    Screen(name="run", way=_a_run, then=_finished),
    Screen(name="debtors", path="/debtors"),
    Screen(name="debtor", way=_a_debtor),
    Screen(name="debtor-new", path="/debtors/new"),
    Screen(name="debtor-edit", way=_a_debtor_to_edit),
    Screen(name="receivables", path="/receivables"),
    Screen(name="gate", path="/gate"),
    Screen(name="gate-blocked", way=_blocked),
    Screen(name="deliveries", path="/deliveries"),
    Screen(name="activity", path="/activity"),
    Screen(name="settings", path="/settings"),
    Screen(name="settings-account", path="/settings?tab=account"),
    Screen(name="settings-template", path="/settings?tab=template"),
    Screen(name="settings-numbers", path="/settings?tab=numbers"),
    Screen(name="settings-tax", path="/settings?tab=tax"),
    Screen(name="people", path="/people"),
    Screen(name="people-invite", path="/people", then=_inviting),
    Screen(name="people-programs", path="/people?tab=programs"),
    Screen(name="people-sign-in", path="/people?tab=sign-in"),
    Screen(name="security", path="/security"),
    Screen(name="not-yours", path="/settings", visitor=MALIN),
    Screen(name="home-of-the-platform", path="/", visitor=OPERATOR),
    Screen(name="platform", path="/platform", visitor=OPERATOR),
    Screen(name="platform-tenant", way=_a_tenant, visitor=OPERATOR),
    Screen(name="platform-tenant-new", path="/platform/tenants/new", visitor=OPERATOR),
    Screen(name="platform-invoices", path="/platform/invoices", visitor=OPERATOR),
    Screen(name="platform-health", path="/platform/health", visitor=OPERATOR),
    Screen(name="home-of-a-club", path="/", visitor=MALIN),
    Screen(name="palette", path="/", then=_palette),
    Screen(name="shortcuts", path="/", then=_shortcuts),
    Screen(name="nowhere", path="/nowhere/at/all"),
)
