"""Activity: every event once, by whom, when and why, within reach, and without personal data."""

from datetime import timedelta
from uuid import uuid4

from backend.events.deliveries import DeliverySwitchTurned
from backend.events.event import BY_NAME
from backend.events.grants import RoleGranted
from backend.read.activity.projector import ACTIVITY
from backend.read.activity.queries import ActivityFilter, activity
from backend.read.catch_up import catch_up
from backend.read.compare import compare
from backend.read.paging import PageRequest
from backend.tenants.actor import Reach, Reader
from backend.tenants.onboarding import add_user
from backend.values.books import BOOKS
from backend.values.identifiers import OrgNodeId, UserId
from tests.given.past import START, Past
from tests.given.story import a_story


async def test_every_event_is_there_once_newest_first(past: Past) -> None:
    """S001 auditability: who, what, when and why, and one can look only at one thing, person or time."""
    story = await a_story(past)
    await catch_up(past.database, past.keyring, past.tenant_id, projections=(ACTIVITY,))
    reader, page = Reader(tenant_id=past.tenant_id), PageRequest(first=100)
    async with past.database.scope(past.tenant_id) as connection:
        rows = (await activity(connection, reader, page=page)).items
        for book in BOOKS:
            mine = [row.position for row in rows if row.book == book]
            # The access book lets go of what is old: there it begins later.
            assert mine == list(range(mine[0], mine[0] - len(mine), -1))
            assert mine[-1] == 1 or book == "access"
        assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
        assert {row.type for row in rows} <= set(BY_NAME)
        subject = ActivityFilter(subject_id=story.issued["cancelled"].invoice_id)
        told = (await activity(connection, reader, filter=subject)).items
        assert [(row.type, row.reason) for row in told] == [
            ("invoice-cancelled", "by the board"),
            ("credit-note-issued", "by the board"),
            ("invoice-issued", ""),
        ]
        assert (told[2].detail, told[2].amount_minor, told[2].currency) == (
            story.issued["cancelled"].number,
            story.issued["cancelled"].total_minor,
            "SEK",
        )
        by_importer = await activity(connection, reader, filter=ActivityFilter(actor="user:importer"))
        assert [row.type for row in by_importer.items] == ["debtor-registered"]
        runs = await activity(connection, reader, filter=ActivityFilter(types=("run-started", "run-stopped")))
        assert [row.reason for row in runs.items] == ["wrong prices", "", ""]
        # An amount always has a currency: every caller formats it.
        assert all(bool(row.currency) for row in rows if row.amount_minor is not None)
        assert {"run-chunk-issued", "run-completed"} <= {row.type for row in rows}
        early = ActivityFilter(at_from=START, at_before=START + timedelta(minutes=3))
        assert len((await activity(connection, reader, filter=early)).items) == 3
        found = await connection.execute("SELECT to_jsonb(t)::text FROM read_activity t")
        texts = " ".join(row[0] for row in await found.fetchall())
    for personal in ("Anna", "Lind", "Öberg", "members.example", "wrong member", "Tack"):
        assert personal not in texts
    assert await compare(past.database, past.keyring, past.tenant_id, projections=(ACTIVITY,), inline=()) == []


async def test_actors_and_people_have_names_and_switches_words(past: Past) -> None:
    """S001 auditability: a treasurer reads names and words, no identifiers and no `True`."""
    users = [UserId(uuid4()) for _ in range(2)]
    async with past.database.scope(past.tenant_id) as connection:
        for user_id, name in zip(users, ("Annika Berg", "Tore Kassör"), strict=True):
            address = f"{user_id}@people.example"
            await add_user(connection, past.tenant_id, user_id, name=name, email=address, at=START)
    granted = RoleGranted(user_id=users[1], role="auditor", org_node_id=OrgNodeId(past.tenant_id))
    await past.record(granted, actor=f"user:{users[0]}")
    await past.record(DeliverySwitchTurned(enabled=False, reason="too many"), actor="system:test")
    await catch_up(past.database, past.keyring, past.tenant_id, projections=(ACTIVITY,))
    async with past.database.scope(past.tenant_id) as connection:
        turned, given = (await activity(connection, Reader(tenant_id=past.tenant_id), page=PageRequest(first=2))).items
    assert (turned.actor.kind, turned.actor.name, turned.detail) == ("system", None, "off")
    assert (given.actor.kind, given.actor.name, given.subject_name) == ("person", "Annika Berg", "Tore Kassör")


async def test_a_treasurer_sees_what_concerns_the_district(past: Past) -> None:
    """Issue 2 item 3: events inherit the org nodes of what they are about; tenant-wide ones need the whole tenant."""
    await a_story(past)
    await catch_up(past.database, past.keyring, past.tenant_id, projections=(ACTIVITY,))

    async def types_within(node: OrgNodeId) -> set[str]:
        reader = Reader(tenant_id=past.tenant_id, reach=Reach(frozenset({node})))
        async with past.database.scope(past.tenant_id) as connection:
            return {row.type for row in (await activity(connection, reader, page=PageRequest(first=100))).items}

    of_district, of_club = await types_within(past.district), await types_within(past.club)
    assert {"issuer-registered", "invoice-issued", "payment-registered", "run-completed"} <= of_district
    assert "debtor-registered" not in of_district
    assert {"debtor-registered", "invoice-issued", "payment-registered", "delivery-bounced"} <= of_club
    assert not {"run-completed", "issuer-registered"} & of_club
    assert not {"delivery-switch-turned", "document-received"} & (of_district | of_club)
    assert await types_within(OrgNodeId(past.tenant_id)) == set()
