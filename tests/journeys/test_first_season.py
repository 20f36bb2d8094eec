"""A federation begins, bills its members, and lets nobody through who owes."""

from tests.journeys.world import World, mailbox_of


async def test_from_nothing_to_a_paid_licence(world: World) -> None:
    """S002-4, S002-45, S002-47: opened, invited, set up, imported, billed, mailed, stopped, paid, let through."""
    office = await world.a_federation_begins("Svenska Bouleförbundet")
    await office.sets_itself_up("2026")
    members = await office.imports("Anna", "Bertil", "Cilla")

    outcomes = await office.bills_licences(list(members.values()), season="2026")
    assert [each["outcome"] for each in outcomes] == ["issued"] * 3

    # Each found one mail in the mailbox, with the invoice.
    for name in members:
        (mail,) = world.mails_to(mailbox_of(name))
        assert "FAKTURA-2026-" in str(mail["Subject"])
        assert [each.get_content_type() for each in mail.iter_attachments()] == ["application/pdf"]

    # Anna wants to change clubs in March, and has not paid.
    await world.it_is("2026-03-02")
    refused = await office.is_refused("POST", "/transfers/check", {"debtor": members["Anna"]})
    assert (refused["code"], refused["amounts"][0]["decimal"]) == ("PL-301", "500.00")

    # She pays half of it, which is not enough; then the rest, which is.
    invoice = await office.invoice_of(members["Anna"])
    paid = await office.receives(invoice["id"], 250)
    assert paid["amount_residual"]["decimal"] == "250.00"
    await office.is_refused("POST", "/transfers/check", {"debtor": members["Anna"]})
    await office.receives(invoice["id"], 250)
    assert (await office.does("POST", "/transfers/check", {"debtor": members["Anna"]}))["decision"] == "clear"
    assert (await office.invoice_of(members["Anna"]))["status"] == "paid"

    # A second licence in the year: Anna gets it, the two who owe do not.
    second = await office.bills_licences(list(members.values()), season="2026", fee="Tävlingslicens")
    by_debtor = {each["debtor_id"]: each["outcome"] for each in second}
    assert by_debtor == {members["Anna"]: "issued", members["Bertil"]: "refused", members["Cilla"]: "refused"}
