"""A link for the debtor: opened without an account, paid meanwhile, and taken back."""

from playwright.async_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.people import ANNIKA, asks, signs_in

# Of the demo: three who take part in the championship, invoiced nine days ago.
SEARCH = '{invoices(filter: {search: "KLUBB-STOCKHOLM"}, first: 1) {edges {node {id number}}}}'


async def test_a_debtor_follows_a_link_until_it_is_taken_back(page: Page, new_context: NewContext) -> None:
    await signs_in(page, ANNIKA)
    invoice = (await asks(page, SEARCH))["invoices"]["edges"][0]["node"]
    await page.goto(f"/invoices/{invoice['id']}")
    main, dialog = page.get_by_role("main"), page.get_by_role("dialog")
    await main.get_by_role("button", name="Länk till betalaren").click()
    await dialog.get_by_role("button", name="Skapa en länk till betalaren").click()
    link = await dialog.get_by_label("Länk till betalaren").last.input_value()
    await page.keyboard.press("Escape")

    debtor = await (await new_context()).new_page()
    await debtor.goto(link)
    heading = debtor.get_by_role("heading", name=f"Faktura {invoice['number']}", level=1)
    await expect(heading).to_be_visible()
    await expect(debtor.get_by_text("Betala senast")).to_be_visible()
    # What opened it stands neither in the address nor in the history.
    assert debtor.url.endswith("/public/invoice")
    pdf = await debtor.request.get("/public/invoice/pdf")
    assert (pdf.status, (await pdf.body())[:5]) == (200, b"%PDF-")

    await main.get_by_role("button", name="Registrera betalning").click()
    await dialog.get_by_role("button", name="Registrera betalning").click()
    await expect(dialog).to_be_hidden()
    await debtor.reload()
    await expect(heading).to_be_visible()
    await expect(debtor.get_by_text("Betald", exact=False).first).to_be_visible()
    await expect(debtor.get_by_text("Det finns inget att betala.")).to_be_visible()

    await main.get_by_role("button", name="Länk till betalaren").click()
    await dialog.get_by_role("button", name="Stoppa alla länkar").click()
    await expect(dialog).to_be_hidden()
    await debtor.reload()
    await expect(debtor.get_by_role("heading", name="Sidan är stängd")).to_be_visible()
    assert (await debtor.request.get("/public/invoice/pdf")).status == 404
    await debtor.goto("about:blank")
    await debtor.goto(link)
    await expect(debtor.get_by_role("heading", name="Länken öppnar ingen faktura")).to_be_visible()
    await expect(debtor.get_by_text(invoice["number"])).to_have_count(0)
