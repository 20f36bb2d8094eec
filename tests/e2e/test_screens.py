"""Every screen, wide and narrow, light and dark: it shows something, axe finds nothing serious, a picture is kept."""

import json
from typing import Any, Literal

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.e2e.axe import findings
from tests.e2e.conftest import NewContext, pictures
from tests.e2e.people import Visitor, signed_in_context
from tests.e2e.screens import SCREENS, Screen
from tests.e2e.stack import Stack

HEIGHTS = {1440: 900, 390: 844}
# What makes the page wider than the window, if it is.
STICKS_OUT = """width => document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll("body *")]
  .filter(each => each.getBoundingClientRect().right > width && !each.closest("[tabindex='0'] *"))
  .map(each => `${each.tagName.toLowerCase()}.${each.className}`)"""


async def test_axe_finds_what_is_wrong(page: Page) -> None:
    await page.goto("/")
    await page.evaluate("document.body.append(document.createElement('img'), document.createElement('input'))")
    assert {"image-alt", "label"} <= {each.rule for each in await findings(page) if each.bad}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
async def test_a_screen_is_usable_by_everybody(
    screen: Screen, width: int, theme: Literal["light", "dark"], new_context: NewContext, stack: Stack
) -> None:
    context = await new_context(
        viewport={"width": width, "height": HEIGHTS[width]},
        color_scheme=theme,
        reduced_motion="reduce",
        is_mobile=width < 700,
        has_touch=width < 700,
    )
    if screen.visitor is not None:
        await _lets_in(context, stack, screen.visitor)
    page = await context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("console", lambda said: failed.append(said.text) if said.type == "error" else None)
    await _go(page, screen)
    await settled(page)
    name = f"{screen.name}-{width}-{theme}"
    await page.screenshot(path=pictures() / f"{name}.png")

    found = await findings(page)
    (pictures() / f"{name}.axe.json").write_text(
        json.dumps([{"impact": each.impact, "rule": each.rule, "where": each.where, "why": each.why} for each in found])
    )
    assert [str(each) for each in found if each.bad] == []
    # Nothing is cut off: the page itself never scrolls sideways.
    assert await page.evaluate(STICKS_OUT, width) == []
    # A refusal that was wanted is an error to a browser; nothing else may be one.
    assert [each for each in failed if screen.noted is None or screen.noted not in each] == []


_cookies: dict[tuple[str, Visitor], Any] = {}


async def _lets_in(context: BrowserContext, stack: Stack, visitor: Visitor) -> None:
    """With one session for all pictures of a visitor: a list of sessions shall be as long as in life."""
    known = _cookies.get((stack.url, visitor))
    if known is None:
        await signed_in_context(context, stack.url, visitor)
        _cookies[stack.url, visitor] = await context.cookies()
    else:
        await context.add_cookies(known)


async def _go(page: Page, screen: Screen) -> None:
    await page.goto(screen.path if screen.way is None else await screen.way(page))
    # By its tag: a list that is open from the start hides the rest of the page from roles.
    await expect(page.locator("main h1").locator("visible=true").first).to_be_visible()
    if screen.then is not None:
        await settled(page)
        await screen.then(page)


async def settled(page: Page) -> None:
    """Everything that was asked for is there: no request under way, nothing shown as loading, fonts drawn."""
    await page.wait_for_load_state("networkidle")
    await expect(page.locator(".skeleton, [aria-busy=true]")).to_have_count(0)
    # A dialog on a phone waits for the keyboard before it shows itself.
    await expect(page.locator(".overlay[data-entering], .overlay[style*='opacity: 0']")).to_have_count(0)
    await page.evaluate("document.fonts.ready")
