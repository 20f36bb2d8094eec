"""What must be done on a page before it shows what its picture is of. In Swedish, by roles and names."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from playwright.async_api import Page, expect

Doing = Callable[[Page], Awaitable[None]]

# Two who can be billed, one whom the gate stops, and a number that nobody has.
FORECAST: Final = ("SBF-0016", "SBF-0017", "SBF-0005", "SBF-9999")

_DATA: Final = Path(__file__).parents[1] / "data"


def presses(name: str, *, opens: str | None = "dialog") -> Doing:
    """A button of the page, and what it opens."""

    async def do(page: Page) -> None:
        await page.get_by_role("main").get_by_role("button", name=name).first.click()
        if opens is not None:
            await expect(page.get_by_role(opens).first).to_be_visible()  # type: ignore[arg-type]

    return do


def types(key: str) -> Doing:
    """A shortcut, and the dialog it opens."""

    async def do(page: Page) -> None:
        await page.keyboard.press(key)
        await expect(page.get_by_role("dialog")).to_be_visible()

    return do


halting: Final = presses("Stop everything now", opens="alertdialog")


async def finished(page: Page) -> None:
    await expect(page.get_by_role("main").get_by_text("Klar", exact=True)).to_be_visible()


async def one_row_chosen(page: Page) -> None:
    await page.get_by_role("row").nth(1).get_by_role("checkbox").check(force=True)


async def the_menu(page: Page) -> None:
    """On a phone what did not fit at the thumb; on a desk the account's menu."""
    more = page.get_by_role("button", name="Mer", exact=True)
    if await more.is_visible():
        await more.click()
        await expect(page.get_by_role("navigation", name="Mer")).to_be_visible()
    else:
        await page.get_by_role("button", name="Konto").locator("visible=true").click()
        await expect(page.get_by_role("menu")).to_be_visible()


async def a_share(page: Page) -> None:
    await presses("Länk till betalaren")(page)
    await page.get_by_role("dialog").get_by_role("button", name="Skapa en länk till betalaren").click()
    await expect(page.get_by_role("dialog").get_by_role("button", name="Kopiera")).to_be_visible()


async def a_forecast(page: Page) -> None:
    main = page.get_by_role("main")
    await main.get_by_label("Medlems- eller klubbnummer").fill("\n".join(FORECAST))
    await main.get_by_label("Utställare").select_option(label="Skånes Bouledistrikt")
    await main.get_by_label("Säsong").select_option("2026")
    await main.get_by_label("Avgift", exact=True).fill("Licensavgift")
    await main.get_by_label("Belopp exkl. moms SEK").fill("400")
    await main.get_by_role("button", name="Visa vad körningen skulle ge").click()
    await expect(main.get_by_role("heading", name="Skulle inte få någon faktura")).to_be_visible()
    await main.get_by_text("Rad för rad").click()


async def bad_rows(page: Page) -> None:
    async with page.expect_file_chooser() as opened:
        await page.get_by_role("main").get_by_role("button", name="Välj fil").click()
    await (await opened.value).set_files(_DATA / "renewals_hostile.csv")
    await expect(page.get_by_role("main").get_by_text(re.compile("rader har problem"))).to_be_visible()


async def the_gate_weighed(page: Page) -> None:
    main = page.get_by_role("main")
    await main.get_by_label("Vad som stoppar en medlem").first.select_option(index=0)
    await main.get_by_role("button", name="Vad skulle ändras?").click()
    await expect(main.get_by_role("region", name="Vad som skulle ändras i dag").first).to_be_visible()


async def a_rate_looked_at(page: Page) -> None:
    await presses("Lägg till en ny sats")(page)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Sats i procent").fill("26")
    await dialog.get_by_label("Första dag").fill("2027-07-01")
    await dialog.get_by_label("Källa").fill("Mervärdesskattelag (2023:200), 9 kap. 2 §")
    await dialog.get_by_role("button", name="Vad skulle ändras?").click()
    await expect(dialog.get_by_text("ny, från och med")).to_be_visible()


async def verified(page: Page) -> None:
    main = page.get_by_role("main")
    await main.get_by_role("button", name="Kontrollera journalen").click()
    await expect(main.get_by_text(re.compile("händelser, obrutna från"))).to_be_visible()
    await expect(main.get_by_text("Finns alla nummer?")).to_be_visible()


async def drawn(page: Page) -> None:
    """The template's preview and its check are there."""
    main = page.get_by_role("main")
    await expect(main.get_by_role("img", name=re.compile("^Förhandsvisning"))).to_be_visible()


async def offline(page: Page) -> None:
    await page.context.set_offline(True)
    await expect(page.get_by_role("main").get_by_text("Ingen anslutning.")).to_be_visible()


async def expired(page: Page) -> None:
    await page.context.clear_cookies()
    await (
        page.get_by_role("navigation", name="Huvudmeny")
        .locator("visible=true")
        .get_by_role("link", name="Fakturor")
        .click()
    )
    await expect(page.get_by_role("heading", name="Du har loggats ut")).to_be_visible()


async def forgotten(page: Page) -> None:
    await page.get_by_role("button", name="Glömt lösenordet?").click()
    await expect(page.get_by_role("heading", name="Ett nytt lösenord")).to_be_visible()


async def nobody_may(page: Page) -> None:
    await page.get_by_label("Förbund").fill("svenska-boule")
    await page.get_by_label("E-post").fill("tore@stockholm.boule.example")
    await page.get_by_label("Lösenord", exact=True).fill("not the password at all")
    await page.get_by_role("button", name="Logga in", exact=True).click()
    await expect(page.get_by_role("alert")).to_be_visible()
