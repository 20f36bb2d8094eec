"""An invoice was wrong: it is credited, what was paid is owed back, and the member is billed again."""

from tests.journeys.world import World

BALANCE = "{ trialBalance { account balance { amountMinor } } }"


async def test_cancelled_after_a_part_was_paid(world: World) -> None:
    """X10, C28, S003-30: invoice and credit note cancel out, what was paid is the member's, the books balance."""
    office = await world.a_federation_begins("Svenska Bouleförbundet")
    await office.sets_itself_up("2026")
    members = await office.imports("Cilla")
    await office.bills_licences(list(members.values()), season="2026")
    wrong = await office.invoice_of(members["Cilla"])

    await world.it_is("2026-01-20")
    await office.receives(wrong["id"], 200)
    await world.it_is("2026-01-27")
    cancelled = await office.does("POST", f"/invoices/{wrong['id']}/cancel", {"reason": "junior, not senior"})
    assert cancelled["credit_note"]["credit_note_number"] == "CN-2026-000001"
    assert cancelled["credit_note"]["applied"]["decimal"] == "300.00"
    assert cancelled["invoice"]["status"] == "cancelled"
    assert (await office.is_refused("POST", f"/invoices/{wrong['id']}/cancel", {"reason": "again"}))["code"] == (
        "INVOICE_CANCELLED"
    )

    # She owes nothing, and 200 kronor are hers.
    period = {"from_day": "2026-01-01", "to_day": "2026-01-31"}
    statement = await office.asks(f"/debtors/{members['Cilla']}/statement", **period)
    (account,) = statement["accounts"]
    assert [line["balance"]["decimal"] for line in account["lines"]] == ["500.00", "300.00", "-200.00"]
    assert account["credit"]["decimal"] == "200.00"

    # Billed again, by another invoice with the next number.
    (outcome,) = await office.bills_licences(list(members.values()), season="2026", fee="Licens junior")
    assert outcome["outcome"] == "issued"
    right = await office.invoice_of(members["Cilla"])
    assert (wrong["invoice_number"], right["invoice_number"]) == ("FAKTURA-2026-000001", "FAKTURA-2026-000002")
    balance = (await office.says(BALANCE))["trialBalance"]
    assert sum(int(each["balance"]["amountMinor"]) for each in balance) == 0
