"""Who may do what: the menu of a role, a page beyond it, inviting, the last administrator, a passkey of one's own."""

from playwright.async_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.people import ANNIKA, MALIN, SIV, signs_in

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


async def test_a_club_admin_finds_no_place_that_refuses(page: Page) -> None:
    await signs_in(page, MALIN)
    menu = page.get_by_role("navigation", name="Huvudmeny").first
    await expect(menu.get_by_role("link")).to_have_text(["Hem", "Fakturor", "Betalare", "Spärr"])
    await page.goto("/settings")
    await expect(page.get_by_role("heading", name="Din roll visar inte detta")).to_be_visible()
    await page.goto("/invoices")
    await expect(page.get_by_role("heading", name="Fakturor")).to_be_visible()
    await expect(page.get_by_role("link", name="Ny faktura")).to_have_count(0)


async def test_somebody_is_invited_and_the_last_administrator_stays(page: Page) -> None:
    await signs_in(page, ANNIKA, path="/people")
    await page.get_by_role("button", name="Bjud in någon").click()
    await page.get_by_label("Namn", exact=True).fill("Lisa Lund")
    await page.get_by_role("textbox", name="E-post", exact=True).fill("lisa@lund.boule.example")
    await page.get_by_role("combobox", name="Var").fill("lund")
    await page.get_by_role("option", name="Lunds Bouleklubb").click()
    await page.get_by_role("button", name="Skicka inbjudan", exact=True).click()
    await expect(page.get_by_role("button", name="Skicka inbjudan igen: Lisa Lund")).to_be_visible()
    await expect(page.get_by_role("button", name="Bjud in någon")).to_be_focused()

    await page.get_by_role("button", name="Ta bort rollen: Annika Förbund, Förbundsadministratör").click()
    dialog = page.get_by_role("alertdialog")
    await dialog.get_by_role("button", name="Ta bort rollen").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("Då kan ingen annan längre ge roller")


async def test_a_passkey_is_registered_and_opens_the_door(new_context: NewContext) -> None:
    page = await (await new_context()).new_page()
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("WebAuthn.enable")
    await devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    await signs_in(page, SIV, path="/security")
    await page.get_by_role("button", name="Lägg till en passnyckel").click()
    await page.get_by_label("Vad ska den heta?").fill("Kansliets dator")
    await page.get_by_role("dialog").get_by_role("button", name="Lägg till en passnyckel").click()
    await expect(page.get_by_role("button", name="Ta bort Kansliets dator")).to_be_visible()

    await page.get_by_role("complementary").get_by_role("button", name="Konto").click()
    await page.get_by_role("menuitem", name="Logga ut").click()
    # The federation is remembered, and nothing else.
    await expect(page.get_by_label("Förbund")).to_have_value(SIV.tenant)
    await page.get_by_role("button", name="Använd en passnyckel").click()
    await page.get_by_role("button", name="Ta bort Kansliets dator").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Ta bort").click()
    await expect(page.get_by_text("Ingen passnyckel än.")).to_be_visible()
