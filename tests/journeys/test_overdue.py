"""Time passes over an invoice that nobody pays."""

from tests.journeys.world import World

POLICY = {"rules": [{"action": "licence_renewal", "overdue_only": True, "grace_days": 5}]}


async def test_an_invoice_grows_old_and_is_paid_in_the_end(world: World) -> None:
    """X17, C22, C43: due on the thirtieth day, overdue from the next, stopped at the gate after the grace, aged by
    the day that is asked about, today and looking back."""
    office = await world.a_federation_begins("Svenska Bouleförbundet")
    await office.sets_itself_up("2026")
    members = await office.imports("Bertil")
    await office.does("PUT", "/gate/policy", POLICY)
    await office.bills_licences(list(members.values()), season="2026")
    invoice = await office.invoice_of(members["Bertil"])
    assert (invoice["invoice_date_due"], invoice["status"]) == ("2026-02-11", "sent")

    await world.it_is("2026-02-11")
    assert (await office.invoice_of(members["Bertil"]))["overdue"] is False

    await world.it_is("2026-02-12")
    assert (await office.invoice_of(members["Bertil"]))["status"] == "overdue"
    # Five days of grace: the gate still lets him through.
    assert (await office.asks(f"/debts/check/{members['Bertil']}"))["blocked"] is False

    await world.it_is("2026-02-17")
    assert (await office.asks(f"/debts/check/{members['Bertil']}"))["blocked"] is True
    (outcome,) = await office.bills_licences(list(members.values()), season="2026", fee="Tävlingslicens")
    assert (outcome["outcome"], outcome["code"]) == ("refused", "RENEWAL_BLOCKED_BY_DEBT")

    # It wanders through the columns of the aging report.
    await world.it_is("2026-04-20")
    assert await office.outstanding("2026-01-31") == {"not_due": "500.00"}
    assert await office.outstanding("2026-02-28") == {"0-30": "500.00"}
    assert await office.outstanding("2026-04-20") == {"61-90": "500.00"}

    await office.receives(invoice["id"], 500)
    assert await office.outstanding("2026-04-20") == {}
    # What was owed in February was owed in February.
    assert await office.outstanding("2026-02-28") == {"0-30": "500.00"}
    (outcome,) = await office.bills_licences(list(members.values()), season="2026", fee="Tävlingslicens")
    assert outcome["outcome"] == "issued"
