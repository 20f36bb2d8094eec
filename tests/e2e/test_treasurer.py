"""The treasurer's season, in Swedish and without a mouse: from a member list to a payment and an open gate."""

import re
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.e2e.keyboard import Keyboard
from tests.e2e.people import TORE, asks
from tests.given.people import PASSWORD

MEMBERS = Path(__file__).parents[1] / "data" / "renewals_stockholm_2026.csv"
# One invoice: a licence of 400 kr with 25 % VAT.
FEE, EACH, ALL = "400,00", "500,00", "60 000,00"
# A whole run on a machine that others use, too.
RUN_MS = 30_000


async def test_a_season_by_keyboard_alone(page: Page) -> None:
    keyboard = Keyboard(page)
    main = page.get_by_role("main")

    await page.goto("/")
    await keyboard.write(page.get_by_label("Förbund"), TORE.tenant)
    await keyboard.write(page.get_by_label("E-post"), TORE.email)
    await keyboard.write(page.get_by_label("Lösenord", exact=True), PASSWORD)
    await page.keyboard.press("Enter")
    await expect(main.get_by_role("heading", name="Hem", level=1)).to_be_visible()
    before = await _figure(main, "Utestående")

    # The member list: looked at before anything changes.
    await keyboard.jump("Ny förnyelse", page.get_by_role("menuitem", name="Ny förnyelsekörning"))
    await expect(main.get_by_role("heading", name="Ny förnyelsekörning")).to_be_visible()
    await keyboard.upload(main.get_by_role("button", name="Välj fil"), str(MEMBERS))
    await expect(main.get_by_text("10 klubbar finns inte här än")).to_be_visible()
    await keyboard.press(main.get_by_role("button", name="Skapa 10 klubbar"))
    await expect(main.get_by_text("120 rader är bra")).to_be_visible()
    await keyboard.press(main.get_by_role("button", name="Importera medlemmarna"))
    await expect(main.get_by_text("120 medlemmar").first).to_be_visible()

    # What it costs, and one invoice as the server would issue it.
    await _choose(keyboard, main.get_by_label("Utställare"), "Stockholms Bouledistrikt")
    await _choose(keyboard, main.get_by_label("Säsong"), "2026")
    await keyboard.write(main.get_by_label("Avgift", exact=True), "Licensavgift")
    await keyboard.write(main.get_by_label("Belopp exkl. moms SEK"), FEE)
    sample = main.get_by_role("region", name="Förhandsgranska en faktura")
    await expect(sample.get_by_text(EACH).first).to_be_visible()

    # Approved, and watched until all are issued.
    await keyboard.press(main.get_by_role("button", name="Godkänn och ställ ut"))
    await expect(main.get_by_role("heading", name="Licensförnyelse 2026")).to_be_visible()
    progress = main.get_by_role("progressbar")
    await expect(progress).to_have_attribute("aria-valuenow", "120", timeout=RUN_MS)
    await expect(progress).to_have_attribute("aria-valuemax", "120")
    await expect(main.get_by_text("Klar", exact=True)).to_be_visible(timeout=RUN_MS)
    await expect(main.get_by_text(ALL)).to_be_visible()

    # Home knows: all of it is outstanding.
    await keyboard.jump("Hem", page.get_by_role("menuitem", name="Hem"))
    await expect(main.get_by_role("heading", name="Hem", level=1)).to_be_visible()
    await expect(_card(main, "Utestående")).to_contain_text(_kronor(before + 6_000_000))

    # One invoice, found by the number of its member, opened and paid.
    await keyboard.jump("Fakturor", page.get_by_role("menuitem", name="Fakturor"))
    await keyboard.write(main.get_by_role("searchbox"), "STO-00007")
    rows = main.get_by_role("row")
    await expect(rows).to_have_count(2)
    name = (await rows.nth(1).get_by_role("cell").nth(1).inner_text()).replace("STO-00007", "").strip()
    await keyboard.press(rows.nth(1).get_by_role("link"))
    await expect(main.get_by_role("heading", name="FAKTURA-2026-", level=1)).to_be_visible()
    assert (await _gate(page, "STO-00007"))["blocked"]
    await keyboard.press(main.get_by_role("button", name="Registrera betalning"))
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("Belopp i SEK")).to_have_value(EACH)
    await _choose(keyboard, dialog.get_by_label("Hur den kom"), "Bankgiro")
    await keyboard.press(dialog.get_by_role("button", name="Registrera betalning"))
    await expect(dialog).to_be_hidden()
    await expect(main.get_by_text("Betald", exact=True).first).to_be_visible()

    # The gate opens in the same moment.
    await keyboard.jump("Spärr", page.get_by_role("menuitem", name="Spärr"))
    await keyboard.write(main.get_by_role("combobox", name="Medlem eller klubb"), "STO-00007")
    await expect(page.get_by_role("option", name=name)).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(main.get_by_text("Inget står i vägen: förnya licens.")).to_be_visible()


async def _choose(keyboard: Keyboard, select: Locator, option: str) -> None:
    """In a list of the browser's own, one types what one wants."""
    await keyboard.reach(select)
    await keyboard.page.keyboard.type(option)
    assert await select.evaluate("element => element.selectedOptions[0].label") == option


def _card(main: Locator, title: str) -> Locator:
    return main.locator(".card", has=main.page.get_by_text(title, exact=True)).first


async def _figure(main: Locator, title: str) -> int:
    """Minor units of the one amount of a card, which may say that there is none."""
    amount = await _card(main, title).get_by_text(re.compile("kr$|^Inget")).first.inner_text()
    return int("".join(filter(str.isdigit, amount)) or "0")


def _kronor(minor: int) -> str:
    """As the app writes it in Swedish: with a no-break space."""
    whole = f"{minor // 100:,}".replace(",", " ")
    return f"{whole},{minor % 100:02d}"


async def _gate(page: Page, reference: str) -> dict[str, bool]:
    found = await asks(page, "query($r: String!) {debtorByReference(reference: $r) {id}}", r=reference)
    said = await asks(
        page,
        "query($id: ID!) {debtCheck(debtorId: $id, action: LICENCE_RENEWAL) {blocked}}",
        id=found["debtorByReference"]["id"],
    )
    return dict(said["debtCheck"])
