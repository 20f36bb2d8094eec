"""Debtors: list, search, detail, and what remains of one who was erased."""

from datetime import date
from typing import Any

from backend.events.debtors import DebtorRegistered, DebtorRevised
from backend.journal.keys import Keyring
from backend.read.compare import compare
from backend.read.debtors.projector import DEBTORS
from backend.read.debtors.queries import (
    debtor_by_reference,
    debtor_detail,
    debtor_list,
    debtors_by_id,
    debtors_by_references,
)
from backend.read.paging import PageRequest
from backend.runtime.database import Database
from backend.values.parties import Particulars
from tests.given.journal import Journal, chance
from tests.given.money_events import STOCKHOLM, a_node, an_invoice, an_issuer
from tests.given.parties import a_registration


async def found(database: Database, journal: Journal, search: str, **said: Any) -> list[str]:
    async with database.scope(journal.tenant_id) as connection:
        page = await debtor_list(connection, journal.reader(), search=search, **said)
    return [debtor.name for debtor in page.items]


def moved(debtor: DebtorRegistered, *, node: Any, name: str) -> DebtorRevised:
    return DebtorRevised(
        debtor_id=debtor.debtor_id,
        org_node_id=node,
        language="fi",
        licence_type="junior",
        particulars=Particulars(name=name, email="ny@members.example", address=STOCKHOLM),
    )


async def test_search_by_the_beginnings_of_words(database: Database, keyring: Keyring) -> None:
    """Design "indexes under row-level security": names without accents, e-mail, reference; no ILIKE."""
    journal = Journal(database, keyring)
    await journal.happened(
        a_registration(name="Anna-Karin Öberg", email="ak@klubb.example", reference="STO-000017"),
        a_registration(name="Åke Öster", email="ake.oster@members.example", reference="GBG-000170"),
        a_registration(name="AIK Boule", email="info@aik.example", reference="C-5", kind="club"),
    )
    await journal.catch_up(DEBTORS)
    assert await found(database, journal, "") == ["AIK Boule", "Åke Öster", "Anna-Karin Öberg"]
    assert await found(database, journal, "öst") == await found(database, journal, "OST") == ["Åke Öster"]
    for search in ("karin ob", "anna-k", "sto-0000", "17 an"):
        assert await found(database, journal, search) == ["Anna-Karin Öberg"]
    assert await found(database, journal, "arin") == await found(database, journal, "karin öster") == []
    assert await found(database, journal, "aik@") == await found(database, journal, "info@aik.ex") == ["AIK Boule"]
    for nothing in ("%", "_", "  "):
        assert await found(database, journal, nothing) == await found(database, journal, "")
    assert await found(database, journal, "a", kind="member") == ["Åke Öster", "Anna-Karin Öberg"]


async def test_pages_follow_the_names(database: Database, keyring: Keyring) -> None:
    """Conventions E.1: keyset pages forwards and backwards over equal names."""
    journal = Journal(database, keyring)
    await journal.happened(*(a_registration(name=name) for name in ("Ö", "a", "a", "B", "a", "Ä")))
    await journal.catch_up(DEBTORS)
    async with database.scope(journal.tenant_id) as connection:
        whole = await debtor_list(connection, journal.reader(), page=PageRequest(first=10))
        first = await debtor_list(connection, journal.reader(), page=PageRequest(first=4))
        rest = await debtor_list(connection, journal.reader(), page=PageRequest(first=4, after=first.end_cursor))
        back = await debtor_list(connection, journal.reader(), page=PageRequest(last=4, before=rest.start_cursor))
    assert sorted(debtor.name for debtor in whole.items[:4]) == ["a", "a", "a", "Ä"]
    assert (*first.items, *rest.items) == whole.items
    assert back.items == first.items
    assert (first.has_next, rest.has_next) == (True, False)


async def test_revised_and_erased_in_any_batches(database: Database, keyring: Keyring) -> None:
    """Design "personal data": the newest particulars win; an erased debtor keeps its reference and nothing personal."""
    for seed in range(3):
        journal, club = Journal(database, keyring), a_node()
        debtors = [a_registration(name=f"Namn{index} Östlund") for index in range(5)]
        story: list[Any] = [*debtors]
        story += [moved(debtor, node=club, name=f"Nytt{index} Namn") for index, debtor in enumerate(debtors[:3])]
        await journal.split_at_random(DEBTORS, story, chance(seed))
        await journal.happened(an_invoice(debtors[0], an_issuer(), issued_on=date(2026, 1, 2)))
        await journal.forget(debtors[0].debtor_id)
        await journal.catch_up(DEBTORS)
        async with database.scope(journal.tenant_id) as connection:
            gone = await debtor_detail(connection, journal.reader(), debtors[0].debtor_id)
            kept = await debtor_detail(connection, journal.reader(), debtors[1].debtor_id)
            same = await debtor_by_reference(connection, journal.reader(), debtors[1].reference)
        assert gone is not None
        assert (gone.name, gone.email, gone.particulars, gone.erased) == ("", "", None, True)
        assert (gone.reference, gone.org_node_id) == (debtors[0].reference, club)
        assert kept is not None
        assert kept == same
        assert (kept.name, kept.language, kept.licence_type) == ("Nytt1 Namn", "fi", "junior")
        assert kept.particulars is not None
        assert kept.particulars.address == STOCKHOLM
        assert await found(database, journal, "nytt0") == await found(database, journal, "namn1") == []
        assert await found(database, journal, debtors[0].reference) == [""]
        assert await compare(database, keyring, journal.tenant_id, projections=(DEBTORS,), inline=()) == []


async def test_who_sees_whom(database: Database, keyring: Keyring) -> None:
    """Design "org tree": a debtor is visible where its org node is in reach; a neighbour tenant sees nobody."""
    journal, here, there = Journal(database, keyring), a_node(), a_node()
    mine, yours, nobodys = a_registration(node=here), a_registration(node=there), a_registration()
    await journal.happened(mine, yours, nobodys)
    await journal.catch_up(DEBTORS)
    ids = [mine.debtor_id, yours.debtor_id, nobodys.debtor_id]
    async with database.scope(journal.tenant_id) as connection:
        reader = journal.reader(here)
        assert [d.debtor_id for d in (await debtor_list(connection, reader)).items] == ids[:1]
        assert list(await debtors_by_id(connection, reader, debtor_ids=ids)) == ids[:1]
        assert await debtor_detail(connection, reader, ids[1]) is None
        assert await debtor_by_reference(connection, reader, nobodys.reference) is None
        asked = [nobodys.reference, "nobody", "x\0y"]
        assert await debtors_by_references(connection, reader, references=asked) == {}
        everywhere = await debtors_by_references(connection, journal.reader(), references=asked)
        assert everywhere == {nobodys.reference: nobodys.debtor_id}
        assert len(await debtors_by_id(connection, journal.reader(), debtor_ids=ids)) == 3
    stranger = Journal(database, keyring)
    await stranger.happened(a_registration())
    await stranger.catch_up(DEBTORS)
    async with database.scope(stranger.tenant_id) as connection:
        for reader in (stranger.reader(), journal.reader()):
            assert await debtors_by_id(connection, reader, debtor_ids=ids) == {}
            assert await debtor_detail(connection, reader, ids[0]) is None
            assert await debtor_by_reference(connection, reader, mine.reference) is None
            assert all(d.debtor_id not in ids for d in (await debtor_list(connection, reader)).items)
