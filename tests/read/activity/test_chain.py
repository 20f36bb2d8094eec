"""The journal checked piece by piece gives the verdict of `carreau verify`, for whoever may see all of it."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from backend.journal.keys import Keyring
from backend.journal.signing import Signer, sign_head
from backend.read.activity import chain
from backend.read.activity.chain import JournalPiece, journal_piece
from backend.read.paging import BadPage
from backend.runtime.database import Database, connect
from backend.runtime.settings import Settings
from backend.tenants.actor import Reach, Reader
from backend.values.identifiers import OrgNodeId
from tests.given.past import Past
from tests.given.tampering import tamper
from tests.read.test_plans import plan_of

SIZE = 4


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "PIECE_EVENTS", SIZE)


async def pieces(past: Past) -> list[JournalPiece]:
    """Every piece, as the app asks for them."""
    found, after = list[JournalPiece](), 0
    while not found or found[-1].checked_to < found[-1].head:
        async with past.database.snapshot(past.tenant_id) as connection:
            piece = await journal_piece(connection, Reader(tenant_id=past.tenant_id), after=after)
        assert piece is not None
        found.append(piece)
        after = piece.checked_to
    return found


async def ten_events(past: Past) -> None:
    for _ in range(10):
        await past.record(past.a_member())


async def test_piece_by_piece_to_the_head(past: Past, settings: Settings) -> None:
    """S002-62: bounded work a request, from the first instant to the last, with the signed checkpoint."""
    await ten_events(past)
    async with past.database.scope(past.tenant_id) as connection:
        signed = await sign_head(
            connection, Signer.load(settings.keyring_file), past.tenant_id, "money", on=date(2026, 11, 20)
        )
    found = await pieces(past)
    assert [(each.checked_to, each.head, each.faults) for each in found] == [(4, 10, ()), (8, 10, ()), (10, 10, ())]
    assert found[-1].checkpoint == signed
    assert found[0].first_at is not None
    assert found[-1].last_at is not None
    assert found[0].first_at <= found[-1].last_at


CHANGES = {
    "bytes": (
        "UPDATE journal_events SET envelope = envelope || ' ' WHERE tenant_id = %b AND book = 'money' AND position = 6",
        {6},
    ),
    "gone": ("DELETE FROM journal_events WHERE tenant_id = %b AND book = 'money' AND position = 5", {5, 6}),
    "column": (
        "UPDATE journal_events SET type = 'invoice-issued' WHERE tenant_id = %b AND book = 'money' AND position = 9",
        {9},
    ),
    "head": ("UPDATE journal_heads SET hash = sha256('x') WHERE tenant_id = %b AND book = 'money'", {None}),
}


@pytest.mark.parametrize("change", sorted(CHANGES))
async def test_what_was_changed_is_named(past: Past, settings: Settings, change: str) -> None:
    """F44, I07: in whichever piece it stands, also at the seam of two."""
    await ten_events(past)
    statement, positions = CHANGES[change]
    await tamper(settings, statement, past.tenant_id)
    faults = [fault for piece in await pieces(past) for fault in piece.faults]
    assert {fault.position for fault in faults} == positions


async def test_a_rewritten_past_does_not_fit_its_checkpoint(past: Past, settings: Settings) -> None:
    """ADR 0003: a signature that is there stays a witness."""
    await ten_events(past)
    async with past.database.scope(past.tenant_id) as connection:
        await sign_head(connection, Signer.load(settings.keyring_file), past.tenant_id, "money", on=date(2026, 11, 20))
    await tamper(
        settings,
        "UPDATE signed_checkpoints SET hash = sha256('x') WHERE tenant_id = %b AND book = 'money'",
        past.tenant_id,
    )
    subjects = [fault.subject for piece in await pieces(past) for fault in piece.faults]
    assert "signed on 2026-11-20" in subjects


async def test_a_checkpoint_by_another_key_proves_nothing(past: Past, settings: Settings, tmp_path: Path) -> None:
    """ADR 0003: whoever can rewrite the chain can sign it as well, but not with this installation's key."""
    await ten_events(past)
    ours = settings.keyring_file
    async with past.database.scope(past.tenant_id) as connection:
        await sign_head(connection, Signer.load(tmp_path / "elsewhere"), past.tenant_id, "money", on=date(2026, 11, 20))
        Signer.load(ours)
        reader = Reader(tenant_id=past.tenant_id)
        piece = await journal_piece(connection, reader, trusted=Signer.known(ours))
        trusting = await journal_piece(connection, reader, trusted=Signer.known(tmp_path / "elsewhere"))
    assert piece is not None
    assert trusting is not None
    assert [(fault.check, fault.position) for fault in piece.faults] == [("signatures", 10)]
    assert trusting.faults == ()
    assert Signer.known(tmp_path / "nothing-signed") == ""


async def test_a_piece_reads_its_events_by_index(past: Past, settings: Settings) -> None:
    """C33: some thousand rows where the last piece ended, however long the journal is."""
    for _ in range(20):
        await past.record(*[past.a_member() for _ in range(20)])
    async with await connect(settings.owner_database_url) as owner:
        await owner.execute("ANALYZE journal_events, signed_checkpoints, journal_heads")
    reader = Reader(tenant_id=past.tenant_id)
    plan = await plan_of(past.database, past, lambda c: journal_piece(c, reader, after=200))  # type: ignore[arg-type]
    for index in ("journal_events_pkey", "signed_checkpoints_pkey", "journal_heads_pkey"):
        assert index in plan, plan
    assert "Seq Scan" not in plan, plan


async def test_who_sees_a_part_checks_nothing(past: Past) -> None:
    """C36: how long the journal is concerns the whole tenant."""
    await ten_events(past)
    part = Reader(tenant_id=past.tenant_id, reach=Reach(frozenset({OrgNodeId(uuid4())})))
    async with past.database.snapshot(past.tenant_id) as connection:
        assert await journal_piece(connection, part) is None


async def test_beyond_the_end_is_a_mistake(past: Past) -> None:
    await ten_events(past)
    for after in (11, -1):
        async with past.database.snapshot(past.tenant_id) as connection:
            with pytest.raises(BadPage):
                await journal_piece(connection, Reader(tenant_id=past.tenant_id), after=after)


async def test_an_empty_journal_has_nothing_to_check(database: Database, keyring: Keyring) -> None:
    nobody = Past(database, keyring)
    async with database.snapshot(nobody.tenant_id) as connection:
        assert await journal_piece(connection, Reader(tenant_id=nobody.tenant_id)) is None
