"""The gate: why a member is blocked, what clears it, and that paying it does."""

from playwright.async_api import Page, expect

from tests.e2e.people import SIV, signs_in

# Of the demo: a licence of 81 days ago that nobody paid.
NUMBER, NAME, OWED = "SBF-0002", "Bengt Åkesson", "500,00 kr"


async def test_a_blocked_member_what_clears_it_and_that_it_does(page: Page) -> None:
    await signs_in(page, SIV, path="/gate")
    main = page.get_by_role("main")
    await main.get_by_role("combobox", name="Medlem eller klubb").fill(NUMBER)
    await page.get_by_role("option", name=NAME).click()

    answer = main.get_by_role("region", name="Spärrad")
    await expect(answer.get_by_text("Kan inte just nu: förnya licens.")).to_be_visible()
    await expect(answer.get_by_text("Spärren hävs när detta betalas")).to_contain_text(OWED)
    reason = answer.get_by_role("row").nth(1)
    await expect(reason).to_contain_text("Förfallen")
    await expect(reason).to_contain_text(OWED)
    # The name of somebody is not part of an address that ends up in a history or a log.
    assert NAME.split()[0] not in page.url
    looked_up = page.url

    await reason.get_by_role("link").click()
    await main.get_by_role("button", name="Registrera betalning").click()
    await page.get_by_role("dialog").get_by_role("button", name="Registrera betalning").click()
    await expect(main.get_by_text("Betald", exact=True).first).to_be_visible()

    await page.goto(looked_up)
    await expect(main.get_by_text("Inget står i vägen: förnya licens.")).to_be_visible()
    await main.get_by_label("Vill").select_option("Byta klubb")
    await expect(main.get_by_text("Inget står i vägen: byta klubb.")).to_be_visible()


async def test_the_answer_of_a_blocked_member_survives_a_reload(page: Page) -> None:
    await signs_in(page, SIV, path="/gate")
    main = page.get_by_role("main")
    await main.get_by_role("combobox", name="Medlem eller klubb").fill("SBF-0005")
    await page.get_by_role("option", name="SBF-0005").click()
    await expect(main.get_by_role("region", name="Spärrad")).to_be_visible()
    await page.reload()
    await expect(main.get_by_role("region", name="Spärrad")).to_be_visible()
