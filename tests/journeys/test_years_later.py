"""The next season begins; and when the law keeps nothing any more, a member is forgotten."""

from tests.journeys.world import World

ERASE = """mutation($id: ID!) { erasePersonalData(input: {debtorId: $id, ground: "asked for it"}) {
  __typename ... on Refused { code } } }"""
FIND = """query($reference: String!) { debtorByReference(reference: $reference) { id } }"""


async def test_a_new_season_and_the_end_of_a_record(world: World) -> None:
    """S002-50, C48: numbers begin anew with the season; a name is kept for seven years, and then it is gone, while the
    invoice and its number stay."""
    office = await world.a_federation_begins("Svenska Bouleförbundet")
    await office.sets_itself_up("2026", "2027")
    members = await office.imports("Anna", "Bertil")
    await office.bills_licences(list(members.values()), season="2026")
    first = await office.invoice_of(members["Anna"])
    await office.receives(first["id"], 500)

    # Nobody is billed twice for a season, and everybody once for the next.
    again = await office.bills_licences([members["Anna"]], season="2026")
    assert [(each["outcome"], each["code"]) for each in again] == [("refused", "ALREADY_BILLED")]
    await world.it_is("2027-01-11")
    (renewed,) = await office.bills_licences([members["Anna"]], season="2027")
    assert renewed["outcome"] == "issued"
    second = await office.invoice_of(members["Anna"])
    assert (first["invoice_number"], second["invoice_number"]) == ("FAKTURA-2026-000001", "FAKTURA-2027-000001")
    await office.receives(second["id"], 500)

    # The law keeps her invoices until the end of 2034.
    anna = (await office.says(FIND, reference="M-1"))["debtorByReference"]["id"]
    await world.it_is("2034-12-30")
    assert (await office.says(ERASE, id=anna))["erasePersonalData"] == {
        "__typename": "Refused",
        "code": "RETENTION_NOT_EXPIRED",
    }
    await world.it_is("2035-01-02")
    erased = await office.says(ERASE, id=anna)
    assert erased["erasePersonalData"]["__typename"] == "ErasePersonalDataSuccess"
    await world.workers_work()
    assert (await office.asks(f"/debtors/{members['Anna']}"))["name"] == ""
    kept = await office.asks(f"/invoices/{second['id']}")
    assert (kept["invoice_number"], kept["total"]["decimal"]) == ("FAKTURA-2027-000001", "500.00")
    # Bertil is still known.
    assert (await office.asks(f"/debtors/{members['Bertil']}"))["name"] == "Bertil Ek"
