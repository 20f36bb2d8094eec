"""Invoices as lists, in detail, by search and filter, and from what is allowed to be seen."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, get_args

import pytest
import pytest_asyncio

from backend.read.catch_up import catch_up
from backend.read.compare import compare
from backend.read.invoices.answers import InvoiceDetail, InvoiceRow
from backend.read.invoices.filters import InvoiceFilter, InvoiceSort, SortField
from backend.read.invoices.projector import INVOICES
from backend.read.invoices.queries import invoice, invoice_counts, invoice_document, invoices
from backend.read.paging import BadCursor, PageRequest
from backend.rules.status import Status
from backend.tenants.actor import Reach, Reader
from tests.given.past import START, Past
from tests.given.story import Story, a_story, erase

SOON = START + timedelta(days=1)
LATER = START + timedelta(days=60)


@pytest_asyncio.fixture
async def story(past: Past) -> Story:
    made = await a_story(past)
    await catch_up(past.database, past.keyring, past.tenant_id)
    return made


async def listed(
    story: Story,
    *,
    now: datetime = SOON,
    reader: Reader | None = None,
    page: PageRequest | None = None,
    sort: InvoiceSort | None = None,
    **wanted: Any,
) -> list[InvoiceRow]:
    past = story.past
    async with past.database.scope(past.tenant_id) as connection:
        found = await invoices(
            connection,
            reader or Reader(tenant_id=past.tenant_id),
            now=now,
            filter=InvoiceFilter(**wanted),
            sort=sort or InvoiceSort(),
            page=page or PageRequest(first=100),
        )
    return list(found.items)


async def detail(
    story: Story, invoice_id: Any, *, now: datetime = SOON, reader: Reader | None = None
) -> InvoiceDetail | None:
    past = story.past
    async with past.database.scope(past.tenant_id) as connection:
        return await invoice(connection, reader or Reader(tenant_id=past.tenant_id), invoice_id=invoice_id, now=now)


def numbers(rows: list[InvoiceRow]) -> set[str]:
    return {row.number for row in rows}


async def test_every_status_can_be_filtered_and_counted(story: Story) -> None:
    """S002-60, S002-65: the filter by a word finds exactly the rows that say the word."""
    for now in (SOON, LATER):
        everything = await listed(story, now=now)
        async with story.past.database.scope(story.past.tenant_id) as connection:
            counts = await invoice_counts(connection, Reader(tenant_id=story.past.tenant_id), now=now)
        for status in get_args(Status):
            expected = {row.invoice_id for row in everything if row.status == status}
            assert {row.invoice_id for row in await listed(story, now=now, status=(status,))} == expected
            assert counts[status] == len(expected)
    assert {row.status for row in await listed(story, now=SOON)} >= {
        "draft",
        "issued",
        "sent",
        "partially_paid",
        "paid",
        "cancelled",
    }
    assert "overdue" in {row.status for row in await listed(story, now=LATER)}


async def test_pages_in_every_order_show_each_row_once(story: Story) -> None:
    """E.1: keyset pages, forwards and backwards, hold what one long list holds."""
    for field in get_args(SortField):
        for descending in (True, False):
            sort = InvoiceSort(field, descending)
            whole = [row.invoice_id for row in await listed(story, sort=sort)]
            assert len(whole) == len(set(whole)) > 10
            assert await walked(story, sort, lambda cursor: PageRequest(first=4, after=cursor)) == whole
            assert await walked(story, sort, lambda cursor: PageRequest(last=3, before=cursor)) == whole


async def walked(story: Story, sort: InvoiceSort, step: Callable[[str | None], PageRequest]) -> list[Any]:
    """All rows in the order of the list, page by page."""
    reader, seen = Reader(tenant_id=story.past.tenant_id), list[Any]()
    cursor, more = None, True
    async with story.past.database.scope(story.past.tenant_id) as connection:
        while more:
            request = step(cursor)
            page = await invoices(connection, reader, now=SOON, sort=sort, page=request)
            rows = [row.invoice_id for row in page.items]
            seen = rows + seen if request.backwards else seen + rows
            cursor = page.start_cursor if request.backwards else page.end_cursor
            more = page.has_previous if request.backwards else page.has_next
    return seen


async def test_a_cursor_of_another_order_is_refused(story: Story) -> None:
    """A cursor means one list in one order."""
    async with story.past.database.scope(story.past.tenant_id) as connection:
        reader = Reader(tenant_id=story.past.tenant_id)
        page = await invoices(connection, reader, now=SOON, page=PageRequest(first=1))
        with pytest.raises(BadCursor):
            await invoices(
                connection, reader, now=SOON, sort=InvoiceSort("number"), page=PageRequest(after=page.end_cursor)
            )


FOUND = {
    "faktura-2026-000002": "sent",
    "2": "sent",
    "c-77": "paid",
    "åkesson": "sent",
    "anna lin": "sent",
    "ÖBERG": "from draft",
    "oberg": "from draft",
    "annakarin": "sent",
    "bo 1": "from draft",
}
NOT_FOUND = ("zzz", "' OR 1=1 --", "\0", "\ud800", "%", "2026000002faktura")


async def test_search_finds_beginnings_of_words(story: Story) -> None:
    """Numbers, counters, names without accents and member numbers; a hostile text finds nothing and breaks nothing."""
    for search, name in FOUND.items():
        assert story.issued[name].number in numbers(await listed(story, search=search)), search
    for search in NOT_FOUND:
        assert await listed(story, search=search) == [], search
    assert numbers(await listed(story, search="OLD-17")) == {"OLD-17"}
    assert len(await listed(story, search="  ")) == len(await listed(story))


async def test_a_debtor_is_found_by_a_former_name_too(story: Story) -> None:
    """Whoever holds an old letter in hand finds the invoices of the person."""
    assert numbers(await listed(story, search="åkesson")) == numbers(await listed(story, search="lind"))


async def test_filters(story: Story) -> None:
    """S004: issuer, debtor, season, run, dates and currency, together."""
    past = story.past
    run = await listed(story, run_id=story.run_id)
    assert numbers(run) == {story.issued["run 1"].number, story.issued["run 2"].number}
    assert all(row.debtor_id == story.anna.debtor_id for row in await listed(story, debtor_id=story.anna.debtor_id))
    assert await listed(story, currency="EUR") == []
    assert await listed(story, season="1999") == []
    assert await listed(story, issuer_id=past.tenant_id) == []
    assert numbers(await listed(story, issued_to=date(2025, 12, 31))) == {"OLD-17"}
    assert "OLD-17" not in numbers(await listed(story, due_from=date(2026, 1, 1)))
    assert await listed(story, status=("paid",), run_id=story.run_id) == []
    every, paid = await listed(story), await listed(story, something_paid=True)
    assert paid == [row for row in every if row.payment_state in ("paid", "partially_paid")]
    assert await listed(story, something_paid=False) == [row for row in every if row not in paid]


async def test_the_detail_tells_everything_and_its_history(story: Story) -> None:
    """S002-36: from, to, by whom, why and when; the first dispatch's late answer changes nothing."""
    bounced = await detail(story, story.issued["bounced"].invoice_id)
    assert bounced is not None
    assert bounced.row.delivery_state == "queued"
    told = [(c.axis, c.from_status, c.to_status, c.changed_by.said) for c in bounced.history]
    assert told == [
        ("document", "", "issued", "user:treasurer"),
        ("delivery", "none", "queued", "user:treasurer"),
        ("delivery", "queued", "bounced", "user:treasurer"),
        ("delivery", "bounced", "queued", "user:treasurer"),
    ]
    assert bounced.history[-1].reason == "new address"
    event = story.issued["bounced"]
    assert [line.description for line in bounced.lines] == list(event.descriptions or ())
    assert (bounced.issuer, bounced.debtor, bounced.rate) == (event.issuer, event.debtor, event.rate)
    cancelled = await detail(story, story.issued["cancelled"].invoice_id)
    assert cancelled is not None
    assert (cancelled.row.status, cancelled.row.payment_state, cancelled.row.open_minor) == ("cancelled", "unpaid", 0)
    assert cancelled.history[-1].reason == "left"
    paid = await detail(story, story.issued["paid"].invoice_id)
    assert paid is not None
    assert [(c.from_status, c.to_status) for c in paid.history if c.axis == "payment"] == [
        ("unpaid", "partially_paid"),
        ("partially_paid", "paid"),
    ]


async def test_a_draft_and_a_historical_invoice_have_details_too(story: Story) -> None:
    """S002-22: what came before Carreau is shown; a draft names its debtor as it is now."""
    draft = await detail(story, story.draft_id)
    assert draft is not None
    assert (draft.row.status, draft.row.debtor_name, draft.row.total_minor) == ("draft", "Anna Lind", 10_000)
    assert (draft.notes, draft.row.draft_version, draft.lines[0].net_minor) == ("Tack!", 2, None)
    old = await detail(story, story.historical_id)
    assert old is not None
    assert (old.row.historical, old.row.status, old.row.open_minor) == (True, "overdue", 4_000)


async def test_the_printable_document_is_the_event_itself(story: Story) -> None:
    """Performance design 5: a page is one row."""
    past, event = story.past, story.issued["sent"]
    reader = Reader(tenant_id=past.tenant_id)
    async with past.database.scope(past.tenant_id) as connection:
        found = await invoice_document(connection, reader, invoice_id=event.invoice_id)
        assert found is not None
        assert (found.issued, found.digest) == (event, "d" * 64)
        assert await invoice_document(connection, reader, invoice_id=story.draft_id) is None


async def test_an_erased_debtor_has_no_name_anywhere(story: Story) -> None:
    """Privacy: neither list, detail, document nor search gives a name; amounts and numbers stay."""
    past = story.past
    await erase(story, story.anna)
    await catch_up(past.database, past.keyring, past.tenant_id)
    assert await listed(story, search="lind") == []
    rows = await listed(story, debtor_id=story.anna.debtor_id)
    assert {row.debtor_name for row in rows} == {""}
    erased = await detail(story, story.issued["sent"].invoice_id)
    assert erased is not None
    assert (erased.debtor, erased.notes, erased.lines[0].description) == (None, "", "")
    assert erased.row.total_minor == story.issued["sent"].total_minor
    async with past.database.scope(past.tenant_id) as connection:
        for table in ("read_invoices", "read_invoice_documents", "read_invoice_words", "read_invoice_parties"):
            found = await connection.execute(f"SELECT to_jsonb(t)::text FROM {table} t")
            texts = " ".join(row[0] for row in await found.fetchall())
            assert "Lind" not in texts
            assert "Åkesson" not in texts
            assert "lind" not in texts


async def test_reach_decides_what_is_seen(story: Story, past: Past) -> None:
    """Issue 2, item 3: issuer's side or, once issued, debtor's side, and nothing from elsewhere."""
    everything = await listed(story)
    issued = [row for row in everything if row.status != "draft"]
    assert len(issued) < len(everything)
    for node, expected in ((past.district, len(everything)), (past.club, len(issued)), (past.tenant_id, 0)):
        reader = Reader(tenant_id=past.tenant_id, reach=Reach(frozenset({node})))  # type: ignore[arg-type]
        assert len(await listed(story, reader=reader)) == expected
        found = await detail(story, story.issued["sent"].invoice_id, reader=reader)
        assert (found is not None) == bool(expected)


async def test_reasons_and_attached_files_are_forgotten_with_the_person(past: Past) -> None:
    """S001 privacy, architecture 8: free text is personal; the change stays, its reason goes, and so do files."""
    story = await a_story(past)
    await catch_up(past.database, past.keyring, past.tenant_id, projections=(INVOICES,))
    drafted = await detail(story, story.draft_id)
    assert drafted is not None
    assert [each.name for each in drafted.attachments] == ["stadgar.pdf"]
    await erase(story, story.cia)
    await erase(story, story.anna)
    await catch_up(past.database, past.keyring, past.tenant_id, projections=(INVOICES,))
    drafted = await detail(story, story.draft_id)
    assert drafted is not None
    assert drafted.attachments == ()
    cancelled = await detail(story, story.issued["cancelled"].invoice_id)
    assert cancelled is not None
    assert [(c.to_status, c.reason) for c in cancelled.history if c.axis == "document"][-1] == ("cancelled", "")
    assert await compare(past.database, past.keyring, past.tenant_id, projections=(INVOICES,), inline=()) == []
