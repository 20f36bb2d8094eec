"""No network, and a slow one."""

from playwright.async_api import Page, Request, expect

from tests.e2e.people import ANNIKA, SIV, asks, signs_in


async def test_without_a_connection_the_app_says_so_and_goes_on_by_itself(page: Page) -> None:
    await signs_in(page, ANNIKA, path="/invoices")
    main = page.get_by_role("main")
    await expect(main.get_by_role("row").nth(3)).to_be_visible()

    await page.context.set_offline(True)
    await expect(main.get_by_text("Ingen anslutning.")).to_be_visible()
    await main.get_by_role("searchbox").fill("Elsa")
    await expect(main.get_by_role("alert").get_by_text("Servern kan inte nås.")).to_be_visible()

    # Nobody presses anything.
    await page.context.set_offline(False)
    await expect(main.get_by_text("Ingen anslutning.")).to_be_hidden()
    await expect(main.get_by_role("row")).to_have_count(2)
    await expect(main.get_by_role("row").nth(1)).to_contain_text("Elsa Berglund")
    await expect(main.get_by_role("alert")).to_be_hidden()


async def test_what_was_read_before_is_there_without_a_connection(page: Page) -> None:
    # By its debtor: other stories make so many invoices that this one is far down the list.
    await signs_in(page, ANNIKA, path="/invoices?q=SBF-0005")
    main = page.get_by_role("main")
    link = main.get_by_role("link", name="FAKTURA-2026-000005")
    await link.click()
    await expect(main.get_by_text("Växelkurs")).to_be_visible()
    await page.go_back()
    await expect(link).to_be_visible()

    await page.context.set_offline(True)
    await link.click()
    await expect(main.get_by_role("heading", name="FAKTURA-2026-000005", level=1)).to_be_visible()
    await expect(main.get_by_text("Växelkurs")).to_be_visible()
    await expect(main.get_by_text("Ingen anslutning.")).to_be_visible()


async def test_a_page_that_cannot_be_fetched_opens_when_the_connection_is_back(page: Page) -> None:
    await signs_in(page, ANNIKA)
    main = page.get_by_role("main")
    await page.context.set_offline(True)
    await page.get_by_role("navigation").get_by_role("link", name="Händelser").click()
    # The page that is there stays, and says what it waits for.
    await expect(main.get_by_text("Sidan öppnas så snart anslutningen är tillbaka.")).to_be_visible()
    await expect(main.get_by_role("heading", name="Hem", level=1)).to_be_visible()
    await page.context.set_offline(False)
    await expect(main.get_by_role("heading", name="Händelser", level=1)).to_be_visible()
    await expect(main.get_by_text("Ingen anslutning.")).to_be_hidden()


async def test_on_a_slow_network_a_second_press_asks_nothing_twice(page: Page) -> None:
    await signs_in(page, SIV)
    query = '{invoices(filter: {search: "SBF-0004"}, first: 1) {edges {node {id open {amountMinor}}}}}'
    invoice = (await asks(page, query))["invoices"]["edges"][0]["node"]
    await page.goto(f"/invoices/{invoice['id']}")
    await page.get_by_role("main").get_by_role("button", name="Registrera betalning").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Belopp i SEK").fill("10,00")

    debugger = await page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 800, "downloadThroughput": 40_000, "uploadThroughput": 20_000}
    await debugger.send("Network.emulateNetworkConditions", slow)
    sent: list[Request] = []
    page.on("request", lambda each: sent.append(each) if "RegisterPayment" in (each.post_data or "") else None)
    button = dialog.get_by_role("button", name="Registrera betalning")
    await button.dblclick()
    await expect(button).to_be_disabled()
    await expect(dialog).to_be_hidden(timeout=30_000)
    assert len(sent) == 1
    said = await asks(page, "query($id: ID!) {invoice(id: $id) {open {amountMinor}}}", id=invoice["id"])
    assert int(said["invoice"]["open"]["amountMinor"]) == int(invoice["open"]["amountMinor"]) - 1000


async def test_while_a_slow_answer_is_under_way_something_is_shown(page: Page) -> None:
    await signs_in(page, ANNIKA)
    debugger = await page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 800, "downloadThroughput": 100_000, "uploadThroughput": 20_000}
    await debugger.send("Network.emulateNetworkConditions", slow)
    await page.get_by_role("navigation").get_by_role("link", name="Fakturor").click()
    main = page.get_by_role("main")
    await expect(page.locator("main[aria-busy=true], main .skeleton").first).to_be_attached()
    await expect(main.get_by_role("row").nth(3)).to_be_visible(timeout=30_000)
