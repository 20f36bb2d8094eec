"""A session that ends in mid-form, and answers that get lost: nothing typed is lost and nothing happens twice."""

from typing import Any

from playwright.async_api import Page, Route, expect

from tests.e2e.conftest import NewContext
from tests.e2e.people import SIV, asks, fill_sign_in, signed_in_context, signs_in
from tests.e2e.stack import Stack

COUNT = """query($search: String!) {
  invoices(filter: {search: $search}, first: 50) {edges {node {id status number total {amountMinor}}}}
}"""


async def test_a_session_that_ends_in_mid_form_loses_nothing(page: Page, new_context: NewContext, stack: Stack) -> None:
    await signs_in(page, SIV, path="/invoices/new")
    main = page.get_by_role("main")
    await _begin(page, "SBF-0011", "Tävlingsavgift", "120")
    await expect(main.get_by_role("status").filter(has_text="Utkastet sparat")).to_be_visible()

    await _end_all_sessions_of(SIV, new_context, stack)
    await main.get_by_label("Beskrivning").fill("Tävlingsavgift i Ystad")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("heading", name="Du har loggats ut")).to_be_visible()
    await fill_sign_in(page, SIV)
    await expect(dialog).to_be_hidden()
    await expect(main.get_by_label("Beskrivning")).to_have_value("Tävlingsavgift i Ystad")
    await expect(main.get_by_label("À-pris SEK")).to_have_value("120")

    # What was typed last is kept without being typed again.
    await main.get_by_label("Anteckningar").fill("Tack")
    await expect(main.get_by_role("status").filter(has_text="Utkastet sparat")).to_be_visible()
    await main.get_by_role("button", name="Ställ ut…").click()
    await dialog.get_by_role("button", name="Ställ ut").click()
    await expect(main.get_by_role("heading", name="FAKTURA-2026-", level=1)).to_be_visible()
    await expect(main.get_by_text("Tävlingsavgift i Ystad").first).to_be_visible()
    assert [each["total"]["amountMinor"] for each in await _invoices(page, "SBF-0011")] == ["15000"]


async def test_a_draft_whose_answer_is_lost_is_one_draft_after_a_reload(page: Page) -> None:
    await signs_in(page, SIV, path="/invoices/new")
    lost = await _lose_answers(page, "DraftInvoice")
    await _begin(page, "SBF-0012", "Domarkurs", "200")
    await expect(page.get_by_role("main").get_by_text("Inget svar kom.")).to_be_visible()
    assert lost
    await page.unroute("**/graphql")
    await page.reload()
    await _begin(page, "SBF-0012", "Domarkurs", "200")
    await expect(page.get_by_role("main").get_by_role("status").filter(has_text="Utkastet sparat")).to_be_visible()
    assert [each["status"] for each in await _invoices(page, "SBF-0012")] == ["DRAFT"]


async def test_a_reload_in_mid_form_finds_the_draft_again(page: Page) -> None:
    await signs_in(page, SIV, path="/invoices/new")
    main = page.get_by_role("main")
    await _begin(page, "SBF-0014", "Boulehall", "50")
    await expect(main.get_by_role("status").filter(has_text="Utkastet sparat")).to_be_visible()
    await page.reload()
    await expect(main.get_by_label("Beskrivning")).to_have_value("Boulehall")
    await main.get_by_label("Beskrivning").fill("Boulehall i november")
    await expect(main.get_by_role("status").filter(has_text="Utkastet sparat")).to_be_visible()
    assert [each["status"] for each in await _invoices(page, "SBF-0014")] == ["DRAFT"]


async def test_a_draft_is_discarded_unless_that_is_undone(page: Page) -> None:
    await signs_in(page, SIV, path="/invoices/new")
    main = page.get_by_role("main")
    await _begin(page, "SBF-0015", "Kulor", "75")
    await expect(main.get_by_role("status").filter(has_text="Utkastet sparat")).to_be_visible()
    await main.get_by_role("link", name="Se utkastet").click()
    await main.get_by_role("button", name="Kasta").click()
    await expect(main.get_by_role("heading", name="Fakturor", level=1)).to_be_visible()
    await expect(main.get_by_role("row").filter(has_text="SBF-0015")).to_have_count(0)
    await page.get_by_role("button", name="Ångra").click()
    await expect(main.get_by_role("row").filter(has_text="SBF-0015")).to_have_count(1)


async def test_a_payment_whose_answer_is_lost_is_booked_once(page: Page) -> None:
    await signs_in(page, SIV)
    [invoice] = await _invoices(page, "SBF-0006")
    await page.goto(f"/invoices/{invoice['id']}")
    lost = await _lose_answers(page, "RegisterPayment")
    await _pay(page, "100,00")
    await expect(page.get_by_role("dialog").get_by_text("Inget svar kom.")).to_be_visible()
    assert lost
    await page.unroute("**/graphql")

    await page.reload()
    await _pay(page, "100,00")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    said = await asks(page, "query($id: ID!) {invoice(id: $id) {open {amountMinor}}}", id=invoice["id"])
    assert said["invoice"]["open"]["amountMinor"] == "40000"


async def test_issuing_whose_answer_is_lost_makes_one_invoice(page: Page) -> None:
    await signs_in(page, SIV, path="/invoices/new")
    await _begin(page, "SBF-0013", "Klotset", "300")
    main = page.get_by_role("main")
    await expect(main.get_by_role("status").filter(has_text="Utkastet sparat")).to_be_visible()
    lost = await _lose_answers(page, "IssueInvoice")
    await main.get_by_role("button", name="Ställ ut…").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Ställ ut").click()
    await expect(dialog.get_by_text("Inget svar kom.")).to_be_visible()
    assert lost
    await page.unroute("**/graphql")
    # As the message says: press it again.
    await dialog.get_by_role("button", name="Ställ ut").click()
    await expect(main.get_by_role("heading", name="FAKTURA-2026-", level=1)).to_be_visible()
    assert len(await _invoices(page, "SBF-0013")) == 1


async def _begin(page: Page, reference: str, description: str, price: str) -> None:
    main = page.get_by_role("main")
    await main.get_by_role("combobox", name="Betalare").fill(reference)
    await page.get_by_role("option", name=reference).click()
    await main.get_by_label("À-pris SEK").fill(price)
    await main.get_by_label("Beskrivning").fill(description)


async def _pay(page: Page, amount: str) -> None:
    await page.get_by_role("main").get_by_role("button", name="Registrera betalning").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Belopp i SEK").fill(amount)
    await dialog.get_by_role("button", name="Registrera betalning").click()


async def _invoices(page: Page, search: str) -> list[dict[str, Any]]:
    return [each["node"] for each in (await asks(page, COUNT, search=search))["invoices"]["edges"]]


async def _end_all_sessions_of(visitor: Any, new_context: NewContext, stack: Stack) -> None:
    """From another browser, as somebody does whose telephone was stolen; an expired session answers the same."""
    other = await new_context()
    await signed_in_context(other, stack.url, visitor)
    session = (await (await other.request.get(f"{stack.url}/auth/session")).json())["session"]
    headers = {"x-carreau-csrf": session["csrf_token"], "origin": stack.url}
    answer = await other.request.post(f"{stack.url}/auth/sessions/revoke-others", data={}, headers=headers)
    assert answer.ok, await answer.text()
    assert (await answer.json())["revoked"] >= 1


async def _lose_answers(page: Page, operation: str) -> list[str]:
    """The server gets and does what it is asked; its answer does not come back."""
    lost: list[str] = []

    async def lose(route: Route) -> None:
        if operation in (route.request.post_data or ""):
            await route.fetch()
            lost.append(operation)
            await route.abort("connectionreset")
        else:
            await route.continue_()

    await page.route("**/graphql", lose)
    return lost
