"""Signing in and out, as a browser sees it."""

from playwright.async_api import Page, expect

from tests.e2e.people import TORE, signs_in
from tests.e2e.stack import Stack


async def test_somebody_signs_in_and_out_and_the_old_cookie_opens_nothing(page: Page, stack: Stack) -> None:
    await signs_in(page, TORE)
    await expect(page.get_by_role("complementary").get_by_text("Tore Kassör")).to_be_visible()
    stolen = [each for each in await page.context.cookies() if "carreau" in each["name"]]
    assert [each["httpOnly"] for each in stolen] == [True]
    assert stolen[0]["sameSite"] in ("Lax", "Strict")

    await page.get_by_role("complementary").get_by_role("button", name="Konto").click()
    await page.get_by_role("menuitem", name="Logga ut").click()
    await expect(page.get_by_role("heading", name="Logga in")).to_be_visible()

    await page.context.add_cookies(stolen)
    await page.reload()
    await expect(page.get_by_role("heading", name="Logga in")).to_be_visible()
    answer = await page.context.request.get(f"{stack.url}/auth/session")
    assert await answer.json() == {"signed_in": False}


async def test_a_wrong_password_says_nothing_about_who_exists(page: Page) -> None:
    said = []
    for email in (TORE.email, "nobody@nowhere.example"):
        await page.goto("/")
        await page.get_by_label("Förbund").fill(TORE.tenant)
        await page.get_by_label("E-post").fill(email)
        await page.get_by_label("Lösenord", exact=True).fill("not the password at all")
        await page.get_by_role("button", name="Logga in", exact=True).click()
        said.append(await page.get_by_role("alert").inner_text())
    assert said[0] == said[1]
