"""An authenticator app: set up, asked for at the door, and removed again."""

import re
import time

import pyotp
from playwright.async_api import Page, expect

from tests.e2e.people import RUNE, fill_sign_in, signs_in

# A code opens once: the next one is of the half minute after, which the door takes as well, as clocks differ.
STEP_SECONDS = 30


async def test_an_auditor_signs_in_with_a_code_of_the_telephone(page: Page) -> None:
    await signs_in(page, RUNE, path="/security")
    main, dialog = page.get_by_role("main"), page.get_by_role("dialog")
    await main.get_by_role("button", name="Ställ in").click()
    secret = re.sub(r"\s", "", await dialog.locator(".secret").inner_text())
    phone = pyotp.TOTP(secret)
    began = time.time()
    await dialog.get_by_label("Kod från appen").fill(phone.at(began))
    await dialog.get_by_role("button", name="Slå på").click()
    codes = page.get_by_role("dialog", name="Återställningskoder")
    await expect(codes).to_be_visible()
    await codes.get_by_role("checkbox").check(force=True)
    await codes.get_by_role("button", name="Klar").click()
    await expect(main.get_by_text("10 av 10 kvar")).to_be_visible()

    await page.get_by_role("complementary").get_by_role("button", name="Konto").click()
    await page.get_by_role("menuitem", name="Logga ut").click()
    await fill_sign_in(page, RUNE)
    await expect(page.get_by_role("heading", name="Ett steg till")).to_be_visible()
    await page.get_by_label("Kod från autentiseringsappen").fill(phone.at(began))
    await page.get_by_role("button", name="Fortsätt").click()
    await expect(page.get_by_role("alert")).to_contain_text("Det stämde inte.")
    await page.get_by_label("Kod från autentiseringsappen").fill(phone.at(began + STEP_SECONDS))
    await page.get_by_role("button", name="Fortsätt").click()

    await main.get_by_role("button", name="Ta bort", exact=True).first.click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Ta bort").click()
    await expect(main.get_by_text("Med en app i telefonen öppnar ett stulet lösenord ingenting.")).to_be_visible()
