"""A run is started once, however often and however unluckily somebody presses."""

from typing import Any

from playwright.async_api import Page, Request, Route, expect

from tests.e2e.people import SIV, asks, signs_in

RUNS = "{runs(first: 50) {edges {node {id}}}}"
BILLED = """query($search: String!) {
  invoices(filter: {search: $search}, first: 50) {edges {node {status issuedOn}}}
}"""


async def test_a_double_click_starts_one_run(page: Page) -> None:
    await signs_in(page, SIV, path="/renewals/new")
    before = await _runs(page)
    sent: list[Request] = []
    page.on("request", lambda each: sent.append(each) if "StartRenewalRun" in (each.post_data or "") else None)
    await _filled(page, "SBF-0022", "SBF-0023")
    await page.get_by_role("main").get_by_role("button", name="Godkänn och ställ ut").dblclick()
    await _watched(page)
    assert len(sent) == 1
    assert len(await _runs(page)) == len(before) + 1


async def test_a_lost_answer_and_a_reload_start_one_run(page: Page) -> None:
    await signs_in(page, SIV, path="/renewals/new")
    main = page.get_by_role("main")
    before = await _runs(page)
    lost: list[str] = []

    async def lose(route: Route) -> None:
        if "StartRenewalRun" in (route.request.post_data or ""):
            await route.fetch()
            lost.append(route.request.url)
            await route.abort("connectionreset")
        else:
            await route.continue_()

    await page.route("**/graphql", lose)
    await _filled(page, "SBF-0024")
    await main.get_by_role("button", name="Godkänn och ställ ut").click()
    await expect(main.get_by_text("Inget svar kom.")).to_be_visible()
    assert lost
    await page.unroute("**/graphql")
    # As somebody does who does not know what happened.
    await page.reload()
    await _filled(page, "SBF-0024")
    await main.get_by_role("button", name="Godkänn och ställ ut").click()
    await _watched(page)
    assert len(await _runs(page)) == len(before) + 1
    assert len((await asks(page, BILLED, search="SBF-0024"))["invoices"]["edges"]) == 1


async def _filled(page: Page, *members: str) -> None:
    main = page.get_by_role("main")
    await main.get_by_label("Medlems- eller klubbnummer").fill("\n".join(members))
    await main.get_by_label("Säsong").select_option("2026")
    await main.get_by_label("Avgift", exact=True).fill("Licensavgift")
    await main.get_by_label("Belopp exkl. moms SEK").fill("400")
    # Whoever tries a run does not want a mail of it.
    await main.get_by_role("checkbox", name="Skicka varje faktura").uncheck(force=True)


async def _watched(page: Page) -> None:
    main = page.get_by_role("main")
    await expect(main.get_by_role("heading", name="Licensförnyelse 2026")).to_be_visible()
    await expect(main.get_by_text("Klar", exact=True)).to_be_visible()


async def _runs(page: Page) -> list[dict[str, Any]]:
    return [each["node"] for each in (await asks(page, RUNS))["runs"]["edges"]]
