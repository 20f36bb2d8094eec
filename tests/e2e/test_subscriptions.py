"""Who hears how a run goes: whoever may see it, and nobody else."""

import pytest
from playwright.async_api import Page

from tests.e2e.conftest import NewContext
from tests.e2e.listening import csrf_of, progress_of
from tests.e2e.people import ANNIKA, CLAIRE, MALIN, Visitor, signed_in_context
from tests.e2e.stack import Stack
from tests.e2e.ways import a_run


@pytest.mark.parametrize("stranger", [CLAIRE, MALIN], ids=["another federation", "a club admin"])
async def test_a_stranger_hears_nothing_of_a_run(stranger: Visitor, new_context: NewContext, stack: Stack) -> None:
    owner = await _at_home(new_context, stack, ANNIKA)
    run = (await a_run(owner)).removeprefix("/renewals/")
    heard = await progress_of(owner, run, await csrf_of(owner))
    assert heard["how"] == "complete"
    assert heard["said"][-1]["runProgress"]["id"] == run

    other = await _at_home(new_context, stack, stranger)
    told = await progress_of(other, run, await csrf_of(other))
    assert [each for each in told["said"] if each and each["runProgress"]] == []


async def _at_home(new_context: NewContext, stack: Stack, visitor: Visitor) -> Page:
    context = await new_context()
    await signed_in_context(context, stack.url, visitor)
    page = await context.new_page()
    await page.goto("/")
    return page
