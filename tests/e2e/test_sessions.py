"""What a session leaves behind: nothing in the browser, and nothing that a copied cookie would open."""

from typing import Any

from playwright.async_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.listening import csrf_of, progress_of
from tests.e2e.people import SIV, asks, signs_in
from tests.e2e.ways import a_run

TOUR = ("Fakturor", "Förnyelser", "Betalare", "Fordringar", "Spärr", "Utskick", "Händelser", "Inställningar")
INVOICE = '{invoices(filter: {search: "SBF-0004"}, first: 1) {edges {node {id pdfUrl debtorName}}}}'
FIGURES = "{invoices(first: 1) {edges {node {id}}}}"


async def test_a_whole_tour_leaves_nothing_personal_in_the_browser(page: Page) -> None:
    """No token, address or name in the storages, in any address that was asked for, or in the console."""
    said: list[str] = []
    page.on("console", lambda each: said.append(each.text))
    page.on("request", lambda each: said.append(each.url))
    page.on("framenavigated", lambda frame: said.append(frame.url))
    await signs_in(page, SIV)
    csrf = await csrf_of(page)
    cookies = [each["value"] for each in await page.context.cookies()]
    invoice = (await asks(page, INVOICE))["invoices"]["edges"][0]["node"]
    main, menu = page.get_by_role("main"), page.get_by_role("navigation", name="Huvudmeny").first
    for place in TOUR:
        await menu.get_by_role("link", name=place, exact=True).click()
        await expect(main.get_by_role("heading", level=1)).to_have_text(place)
        await page.wait_for_load_state("networkidle")
    await menu.get_by_role("link", name="Fakturor").click()
    await main.get_by_role("row").filter(has_text="SBF-0004").get_by_role("link").first.click()
    await expect(main.get_by_role("button", name="Registrera betalning")).to_be_visible()
    await page.keyboard.press("Control+k")
    await page.keyboard.type(invoice["debtorName"])
    await expect(page.get_by_role("menuitem", name=invoice["debtorName"]).first).to_be_visible()
    await page.keyboard.press("Escape")
    await page.goto("/security")
    await expect(main.get_by_text("Var du är inloggad")).to_be_visible()

    kept = await page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state])"
    )
    databases = await page.evaluate("indexedDB.databases().then(all => all.length)")
    assert databases == 0
    assert kept.count("carreau.tenant") <= 1
    for secret in (SIV.email, "Siv Kassör", invoice["debtorName"], csrf, *cookies):
        assert secret not in kept, secret
        assert [each for each in said if secret in each] == [], secret
    assert "@" not in kept


async def test_a_copied_cookie_opens_nothing_after_the_sign_out(page: Page, new_context: NewContext) -> None:
    """Not GraphQL, not REST, no file and no subscription, with the CSRF token that belonged to it."""
    await signs_in(page, SIV)
    run = (await a_run(page)).removeprefix("/renewals/")
    file = (await asks(page, INVOICE))["invoices"]["edges"][0]["node"]["pdfUrl"]
    stolen: list[Any] = [each for each in await page.context.cookies() if "carreau" in each["name"]]
    csrf = await csrf_of(page)
    thief = await (await new_context()).new_page()
    await thief.context.add_cookies(stolen)
    await thief.goto("/")
    assert await _opened(thief, csrf, file, run) == [200, 200, 200, "complete"]

    await page.get_by_role("complementary").get_by_role("button", name="Konto").click()
    await page.get_by_role("menuitem", name="Logga ut").click()
    await expect(page.get_by_role("heading", name="Logga in")).to_be_visible()
    assert await _opened(thief, csrf, file, run) == [401, 401, 401, "closed with 4403"]
    await thief.reload()
    await expect(thief.get_by_role("heading", name="Logga in")).to_be_visible()


async def _opened(page: Page, csrf: str, file: str, run: str) -> list[int | str]:
    origin = page.url.rstrip("/")
    headers = {"x-carreau-csrf": csrf, "origin": origin}
    graphql = await page.request.post("/graphql", data={"query": FIGURES}, headers=headers)
    rest = await page.request.get("/api/v1/dashboard", headers=headers)
    pdf = await page.request.get(file, headers=headers)
    socket = await progress_of(page, run, csrf)
    return [graphql.status, rest.status, pdf.status, socket["how"]]
