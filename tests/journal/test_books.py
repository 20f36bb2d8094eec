"""Two books a tenant: neither waits for the other, each is verified by the same code, and one of them lets go."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from secrets import token_bytes
from uuid import uuid4

import psycopg
import pytest

from backend.journal.append import WrongBook, lock_head
from backend.journal.checks.finding import Finding
from backend.journal.codec import decode_envelope
from backend.journal.keys import PersonKeys
from backend.journal.origins import address_in, origin_subject
from backend.journal.retention import NotPruned, to_be_pruned
from backend.journal.signing import Checkpoint, Signer, sign_head
from backend.journal.verify import verify_journal
from backend.read.activity.queries import activity
from backend.read.catch_up import catch_up
from backend.read.compare import compare
from backend.read.paging import PageRequest
from backend.read.rebuild import rebuild_together
from backend.read.registry import projections
from backend.runtime.clock import FixedClock
from backend.runtime.settings import Settings
from backend.tenants.actor import Reader, door_actor, system_actor
from backend.values.books import BOOKS
from backend.values.identifiers import UserId
from backend.write.access.prune import PruneAccessBook
from backend.write.access.tokens import CreateToken
from backend.write.command import Handled
from backend.write.execute import execute
from backend.write.identity.sessions import CloseSessions, OpenSession, RefuseAccess
from backend.write.refusal import IdempotencyKeyReused
from backend.write.registry import COMMANDS
from tests.given.federation import Federation
from tests.given.people import a_person
from tests.given.tampering import tamper

ADDRESS = "203.0.113.77"
NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=900)


def at(federation: Federation, moment: datetime) -> Federation:
    """The same federation at another time."""
    return replace(federation, write=replace(federation.write, clock=FixedClock(moment)))


async def signs_in(federation: Federation, user_id: UserId) -> OpenSession:
    command = OpenSession(
        session_id=uuid4(), user_id=user_id, digest=uuid4().bytes, method="password", agent="Firefox on a phone"
    )
    await execute(federation.write, door_actor(federation.tenant_id, user_id, ip=ADDRESS), command)
    return command


async def findings_of(federation: Federation, *kept: Checkpoint, trusted: str = "") -> list[Finding]:
    write = federation.write
    found = verify_journal(write.database, write.keyring, federation.tenant_id, kept=kept, trusted=trusted)
    return [finding async for finding in found]


async def heads(federation: Federation) -> dict[str, int]:
    async with federation.write.database.scope(federation.tenant_id) as connection:
        found = await connection.execute("SELECT book, position FROM journal_heads")
        return dict(await found.fetchall())


async def signed(federation: Federation, signer: Signer, on: date) -> Checkpoint:
    async with federation.write.database.scope(federation.tenant_id) as connection:
        made = await sign_head(connection, signer, federation.tenant_id, "access", on=on)
    assert made is not None
    return made


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return Signer.load(tmp_path / "keyring.json")


async def test_a_sign_in_waits_for_nothing_of_money(federation: Federation) -> None:
    """ADR 0017: the money book is locked by a run; a person comes in, and the money book has not moved."""
    person = await a_person(federation)
    before = await heads(federation)
    async with federation.write.database.scope(federation.tenant_id) as connection:
        await lock_head(connection, federation.tenant_id, "money")
        async with asyncio.timeout(5):
            session = await signs_in(federation, person.user_id)
            await execute(
                federation.write,
                door_actor(federation.tenant_id, person.user_id),
                CloseSessions(user_id=person.user_id, session_id=session.session_id),
            )
    after = await heads(federation)
    assert (after["money"], after["access"]) == (before["money"], before["access"] + 2)


async def test_one_key_serves_one_book(federation: Federation) -> None:
    """ADR 0017: books do not wait for each other, but an idempotency key is one for both."""
    person = await a_person(federation)
    door = door_actor(federation.tenant_id, person.user_id)
    refused = RefuseAccess(principal="client:x", capability="gate.check")
    before = await heads(federation)
    async with federation.write.database.scope(federation.tenant_id) as connection:
        await connection.execute(
            "INSERT INTO journal_receipts"
            " (tenant_id, principal, idempotency_key, digest, book, position, outcome, recorded_at)"
            " VALUES (%s, %s, 'k', '', 'money', 1, '{}', now())",
            (federation.tenant_id, door.principal),
        )
        # What the other one wrote is not to be seen yet, so that the same key seems to be free.
        await (await connection.execute("SELECT 1")).fetchall()
        task = asyncio.create_task(execute(federation.write, door, refused, idempotency_key="k"))
        await asyncio.sleep(0.3)
    with pytest.raises(IdempotencyKeyReused):
        await task
    assert await heads(federation) == before


async def test_a_command_records_into_the_book_it_declares(
    federation: Federation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ADR 0017: the other book is an error at the first try, so that the declaration cannot be forgotten."""
    person = await a_person(federation)
    handled = COMMANDS[OpenSession]
    forgotten = Handled(handled.handler, handled.capability)
    monkeypatch.setattr("backend.write.execute.COMMANDS", {**COMMANDS, OpenSession: forgotten})
    with pytest.raises(WrongBook):
        await signs_in(federation, person.user_id)


async def test_an_address_is_sealed_and_only_in_the_access_book(federation: Federation) -> None:
    """ADR 0017: nobody reads an address off the chain; an investigation can, until the person is erased."""
    person = await a_person(federation)
    await signs_in(federation, person.user_id)
    nobody = door_actor(federation.tenant_id, None, ip=ADDRESS)
    await execute(federation.write, nobody, RefuseAccess(principal="client:x", capability="gate.check"))
    invoicing = replace(system_actor(federation.tenant_id, "test"), ip=ADDRESS)
    await federation.a_member()
    write, tenant_id = federation.write, federation.tenant_id
    async with write.database.scope(tenant_id) as connection:
        found = await connection.execute("SELECT book, envelope FROM journal_events ORDER BY book, position")
        rows = [(book, bytes(envelope)) for book, envelope in await found.fetchall()]
        assert not any(ADDRESS.encode() in envelope or b"Firefox" in envelope for _, envelope in rows)
        opened = [(book, decode_envelope(envelope)) for book, envelope in rows]
        assert all(envelope.origin is None for book, envelope in opened if book == "money")
        keys = PersonKeys(write.keyring, connection, tenant_id)
        subjects = {origin_subject(tenant_id, person.user_id), origin_subject(tenant_id, None)}
        await keys.fetch(subjects)
        told = [envelope for _, envelope in opened if envelope.origin is not None]
        assert [envelope.type for envelope in told] == ["signed-in", "access-refused"]
        assert [address_in(envelope, keys) for envelope in told] == [ADDRESS, ADDRESS]
        found = await connection.execute("SELECT to_jsonb(s)::text FROM identity_sessions s")
        assert not any(ADDRESS in row[0] or "Firefox" in row[0] for row in await found.fetchall())
        await connection.execute(
            "UPDATE personal_keys SET wrapped = NULL, destroyed_at = now() WHERE subject_id = %s", (person.user_id,)
        )
        keys = PersonKeys(write.keyring, connection, tenant_id)
        await keys.fetch(subjects)
        assert [address_in(envelope, keys) for envelope in told] == [None, ADDRESS]
    assert invoicing.ip == ADDRESS
    assert await findings_of(federation) == []


CHANGES = {
    "bytes": ("UPDATE journal_events SET envelope = envelope || ' ' WHERE {here} AND position = 3", {3}),
    "gone": ("DELETE FROM journal_events WHERE {here} AND position = 3", {3, 4}),
    "column": ("UPDATE journal_events SET type = 'signed-out' WHERE {here} AND position = 2", {2}),
    "swapped": (
        "UPDATE journal_events e SET envelope = o.envelope, hash = o.hash FROM journal_events o"
        " WHERE {here} AND e.position IN (2, 3) AND o.tenant_id = e.tenant_id AND o.book = e.book"
        " AND o.position = 5 - e.position",
        {2, 3, 4},
    ),
    "the other book": (
        "UPDATE journal_events SET book = 'money', position = 1000 WHERE {here} AND position = 6",
        {None},
    ),
    "tail": ("DELETE FROM journal_events WHERE {here} AND position = 6", {None}),
    "head": ("UPDATE journal_heads SET hash = sha256('x') WHERE {here}", {None}),
}


@pytest.mark.parametrize("change", sorted(CHANGES))
async def test_what_was_changed_in_the_access_book_is_named(
    federation: Federation, settings: Settings, change: str
) -> None:
    """I07, ADR 0017: the same planted errors as in the money book, found by the same code."""
    person = await a_person(federation)
    for _ in range(5):
        await signs_in(federation, person.user_id)
    assert (await heads(federation))["access"] == 6
    assert await findings_of(federation) == []
    statement, positions = CHANGES[change]
    alias = "e." if change == "swapped" else ""
    here = f"{alias}tenant_id = '{federation.tenant_id}' AND {alias}book = 'access'"
    await tamper(settings, statement.format(here=here))
    found = [each for each in await findings_of(federation) if each.check == "chain"]
    assert {each.position for each in found} >= positions
    assert any(each.book == "access" for each in found)


async def two_years(federation: Federation, signer: Signer) -> tuple[UserId, list[Checkpoint]]:
    """Sign-ins and tokens of long ago and of now, each day signed; the user and the checkpoints."""
    checkpoints = []
    for days in (900, 899, 898, 1):
        then = at(federation, NOW - timedelta(days=days))
        if not checkpoints:
            person = await a_person(then)
        await signs_in(then, person.user_id)
        token = CreateToken(
            token_id=uuid4(), user_id=person.user_id, digest=token_bytes(32), label=f"{days} days", days=30
        )
        await execute(then.write, system_actor(then.tenant_id, "test"), token)
        checkpoints.append(await signed(then, signer, (NOW - timedelta(days=days)).date()))
    return person.user_id, checkpoints


async def pruned(federation: Federation, *, kept_days: int = 730) -> int:
    command = PruneAccessBook(signed_before=(NOW - timedelta(days=kept_days)).date())
    receipt = await execute(federation.write, system_actor(federation.tenant_id, "retention"), command)
    return int(receipt.answer["pruned"])


async def test_what_is_older_than_its_period_goes_behind_a_signed_checkpoint(
    federation: Federation, signer: Signer
) -> None:
    """ADR 0017: the chain verifies from where it begins now; read models are what a rebuild makes of what is left."""
    federation = at(federation, NOW)
    _, checkpoints = await two_years(federation, signer)
    write, tenant_id = federation.write, federation.tenant_id
    await catch_up(write.database, write.keyring, tenant_id)
    assert await pruned(federation) == checkpoints[2].position
    assert await pruned(federation) == 0
    assert await findings_of(federation, *checkpoints) == []
    await catch_up(write.database, write.keyring, tenant_id)
    assert await compare(write.database, write.keyring, tenant_id) == []
    await rebuild_together(write.database, write.keyring, tenant_id, projections())
    assert await compare(write.database, write.keyring, tenant_id) == []
    async with write.database.snapshot(tenant_id) as connection:
        rows = (await activity(connection, Reader(tenant_id=tenant_id), page=PageRequest(first=100))).items
        labels = await connection.execute("SELECT label FROM read_access_tokens")
        assert {row[0] for row in await labels.fetchall()} == {"1 days"}
    shown = [row for row in rows if row.book == "access"]
    assert [row.type for row in shown] == ["access-book-pruned", "token-created", "signed-in"]
    # What follows is one chain with what is left.
    await signs_in(federation, (await a_person(federation)).user_id)
    assert await findings_of(federation, *checkpoints) == []


async def test_a_stream_whose_beginning_was_let_go_of_goes_on(federation: Federation, signer: Signer) -> None:
    """ADR 0017: whoever remembers states of before forgets them, in this process and in others."""
    federation = at(federation, NOW)
    user_id, _ = await two_years(federation, signer)
    other = replace(federation, write=replace(federation.write, cache=type(federation.write.cache)()))
    await token_for(other, user_id)
    await pruned(federation)
    for each in (other, federation, other):
        await token_for(each, user_id)
    assert await findings_of(federation) == []


async def token_for(federation: Federation, user_id: UserId) -> None:
    token = CreateToken(token_id=uuid4(), user_id=user_id, digest=token_bytes(32), label="more", days=30)
    await execute(federation.write, system_actor(federation.tenant_id, "test"), token)


async def test_nothing_young_goes_whoever_asks(federation: Federation, signer: Signer, settings: Settings) -> None:
    """ADR 0017: the database keeps 400 days itself; what nobody signed is not let go of; a reader who lags keeps it."""
    federation = at(federation, NOW)
    await two_years(federation, signer)
    write, tenant_id = federation.write, federation.tenant_id
    await catch_up(write.database, write.keyring, tenant_id)
    assert await pruned(federation) == 7
    # The checkpoint of yesterday is not behind any period that the database lets pass.
    with pytest.raises(NotPruned):
        await pruned(federation, kept_days=-1)
    async with write.database.scope(tenant_id) as connection:
        for until in (8, 1_000_000):
            found = await (await connection.execute("SELECT journal_prune(%s)", (until,))).fetchone()
            assert found == (0,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with write.database.scope(tenant_id) as connection:
            await connection.execute("DELETE FROM journal_events WHERE book = 'access'")


async def test_who_lags_keeps_what_it_has_not_seen(federation: Federation, signer: Signer) -> None:
    federation = at(federation, NOW)
    _, checkpoints = await two_years(federation, signer)
    write, tenant_id = federation.write, federation.tenant_id
    await catch_up(write.database, write.keyring, tenant_id)
    async with write.database.scope(tenant_id) as connection:
        await connection.execute(
            "UPDATE checkpoints SET position = %s WHERE projection = 'access'", (checkpoints[1].position,)
        )
        upto = await to_be_pruned(connection, tenant_id, signed_before=NOW.date() - timedelta(days=730))
    assert upto == checkpoints[1]


SHORTENED = {
    "further than was said": "UPDATE journal_heads SET pruned_to = pruned_to + 1 WHERE {here}",
    "rows gone beyond it": "DELETE FROM journal_events WHERE {here} AND position <= 8",
    "no checkpoint there": "DELETE FROM signed_checkpoints WHERE {here} AND position = 7",
    "another checkpoint there": "UPDATE signed_checkpoints SET hash = sha256('x') WHERE {here} AND position = 7",
    "an older checkpoint changed": "UPDATE signed_checkpoints SET hash = sha256('x') WHERE {here} AND position = 3",
}


@pytest.mark.parametrize("change", sorted(SHORTENED))
async def test_a_book_that_was_shortened_otherwise_is_found(
    federation: Federation, signer: Signer, settings: Settings, change: str
) -> None:
    """ADR 0017: where a book begins is signed, and said by an event of its own."""
    federation = at(federation, NOW)
    _, checkpoints = await two_years(federation, signer)
    await catch_up(federation.write.database, federation.write.keyring, federation.tenant_id)
    assert await pruned(federation) == 7
    assert await findings_of(federation, *checkpoints) == []
    await tamper(settings, SHORTENED[change].format(here=f"tenant_id = '{federation.tenant_id}' AND book = 'access'"))
    found = await findings_of(federation, *checkpoints)
    assert found
    assert {each.book for each in found} == {"access"}


async def test_each_book_is_signed(federation: Federation, signer: Signer) -> None:
    """S001-92: a checkpoint says of which book it is, and one of the other proves nothing about this."""
    await a_person(federation)
    made = []
    for book in BOOKS:
        async with federation.write.database.scope(federation.tenant_id) as connection:
            made.append(await sign_head(connection, signer, federation.tenant_id, book, on=date(2026, 11, 20)))
    money, access = made
    assert money is not None
    assert access is not None
    assert (money.book, access.book) == BOOKS
    assert await findings_of(federation, money, access, trusted=money.public_key) == []
    forged = replace(money, book="access")
    assert "signatures" in {each.check for each in await findings_of(federation, forged)}
