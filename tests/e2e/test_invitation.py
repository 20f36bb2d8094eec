"""From an invitation by mail to the first sign-in of a club's administrator, and what she finds there."""

from playwright.async_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.letters import link_to
from tests.e2e.people import ANNIKA, asks, signs_in
from tests.e2e.stack import Stack

CLUB, NAME, EMAIL = "Helsingborgs Boulesällskap", "Karin Klubb", "karin@helsingborg.boule.example"
SECRET = "grusgång vid sundet 1964"
CLUBS = "{orgNodes {id name}}"
DEBTORS = "{debtors(first: 100) {edges {node {orgNodeId}}}}"


async def test_a_club_admin_is_invited_comes_in_and_sees_the_club(
    page: Page, new_context: NewContext, stack: Stack
) -> None:
    await signs_in(page, ANNIKA, path="/people")
    await page.get_by_role("button", name="Bjud in någon").click()
    await page.get_by_label("Namn", exact=True).fill(NAME)
    await page.get_by_role("textbox", name="E-post", exact=True).fill(EMAIL)
    await page.get_by_label("Roll", exact=True).select_option(label="Klubbadministratör")
    await page.get_by_role("combobox", name="Var").fill("helsing")
    await page.get_by_role("option", name=CLUB).click()
    await page.get_by_role("button", name="Skicka inbjudan", exact=True).click()
    await expect(page.get_by_role("button", name=f"Skicka inbjudan igen: {NAME}")).to_be_visible()

    link = await link_to(stack, EMAIL, "/invitation")
    karin = await (await new_context()).new_page()
    await karin.goto(link)
    await expect(karin.get_by_role("heading", name="Välkommen till Svenska Bouleförbundet")).to_be_visible()
    await expect(karin.get_by_text(EMAIL)).to_be_visible()
    assert "token" not in karin.url
    await expect(karin.get_by_label("Ditt namn")).to_have_value(NAME)
    await karin.get_by_label("Nytt lösenord").fill(SECRET)
    await karin.get_by_role("button", name="Tacka ja").click()

    menu = karin.get_by_role("navigation", name="Huvudmeny").first
    await expect(menu.get_by_role("link")).to_have_text(["Hem", "Fakturor", "Betalare", "Spärr"])
    await expect(karin.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
    club = next(each["id"] for each in (await asks(page, CLUBS))["orgNodes"] if each["name"] == CLUB)
    assert {each["node"]["orgNodeId"] for each in (await asks(karin, DEBTORS))["debtors"]["edges"]} == {club}

    # A link that was used opens nothing, also for whoever finds the mail.
    finder = await (await new_context()).new_page()
    await finder.goto(link)
    await expect(finder.get_by_text("Länken är okänd, använd eller för gammal.")).to_be_visible()
