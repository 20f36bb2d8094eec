"""A real browser in front of the real product: the stories end `./carreau test`, and `./carreau test e2e` runs all."""

import os
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio

from backend.cli.browser import VARIABLE
from backend.runtime.settings import REPOSITORY, Settings
from tests.e2e.stack import Stack, the_stack

PATIENCE_MS: Final = 20_000

if os.environ.get(VARIABLE):
    from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

    # This machine may have two cores that everybody shares; nobody waits longer than it takes.
    expect.set_options(timeout=PATIENCE_MS)
    # Making a hundred thousand invoices takes minutes: whoever wants to measure says how many.
    collect_ignore_glob = [] if os.environ.get("CARREAU_E2E_INVOICES") else ["test_hundred_thousand.py"]
else:
    collect_ignore_glob = ["test_*.py"]

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

NewContext = Callable[..., Coroutine[Any, Any, "BrowserContext"]]


@pytest_asyncio.fixture(scope="session")
async def stack(settings: Settings) -> AsyncIterator[Stack]:
    logs = pictures() / "logs"
    shutil.rmtree(logs, ignore_errors=True)
    async with the_stack(settings, logs) as running:
        yield running


@pytest_asyncio.fixture(scope="session")
async def chromium() -> "AsyncIterator[Browser]":
    async with async_playwright() as playwright:
        # `headless` would add arguments of Playwright's own browser.
        started = await playwright.chromium.launch(
            executable_path=os.environ[VARIABLE], headless=False, args=list(ARGUMENTS)
        )
        try:
            yield started
        finally:
            await started.close()


@pytest_asyncio.fixture
async def new_context(chromium: "Browser", stack: Stack) -> AsyncIterator[NewContext]:
    """A browser profile of its own, as many as a test wants; in Swedish, unless it says otherwise."""
    opened: list[BrowserContext] = []

    async def new(**wanted: Any) -> "BrowserContext":
        given = {"locale": "sv-SE", "viewport": {"width": 1440, "height": 900}, "base_url": stack.url, **wanted}
        context = await chromium.new_context(**given)
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        return context

    yield new
    for context in opened:
        await context.close()


@pytest_asyncio.fixture
async def page(new_context: NewContext, request: pytest.FixtureRequest) -> "AsyncIterator[Page]":
    """A page in a profile of its own; a picture of it is kept when the test fails."""
    context = await new_context()
    opened = await context.new_page()
    opened.on("pageerror", lambda error: print(f"the page failed: {error}"))
    yield opened
    report = getattr(request.node, "report_of_call", None)
    if report is not None and report.failed and not opened.is_closed():
        await opened.screenshot(path=pictures() / f"failed-{request.node.name}.png")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    outcome = yield
    if call.when == "call":
        item.report_of_call = outcome.get_result()  # type: ignore[attr-defined]


def pictures() -> Path:
    """Where pictures go: CARREAU_E2E_PICTURES, or a folder that Git does not see."""
    folder = Path(os.environ.get("CARREAU_E2E_PICTURES") or REPOSITORY / ".carreau" / "e2e")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
