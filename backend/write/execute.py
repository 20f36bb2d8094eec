"""The front door of the write side: authorisation, idempotency, lock, handler, commit."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg.errors import UniqueViolation

from backend.events.event import BY_CLASS
from backend.inline.registry import fold
from backend.journal.append import Head, append, ask_for_head, head_locked_by, lock_head
from backend.journal.codec import Recorded
from backend.journal.keys import Keyring, PersonKeys
from backend.journal.load import news_after, outdates_states
from backend.journal.origins import Origin
from backend.journal.projection import Target
from backend.runtime.clock import Clock, SystemClock
from backend.runtime.database import Asked, Connection, Database
from backend.runtime.ids import new_id
from backend.tenants.actor import Actor
from backend.tenants.identity.sessions import FRESH
from backend.values.books import Book
from backend.values.identifiers import TenantId
from backend.values.why import Why
from backend.write.command import Handled
from backend.write.refusal import FreshSignInRequired, IdempotencyKeyReused, InvalidValue
from backend.write.registry import COMMANDS
from backend.write.unit_of_work import AggregateCache, Journal, UnitOfWork

MAX_KEY_LENGTH: Final = 255
MAX_REASON_LENGTH: Final = 500
# A cache that missed more events than this drops the states of the tenant: asking what changed would cost more.
MAX_NEWS: Final = 1_000

_canonical: Final = msgspec.json.Encoder(order="sorted", decimal_format="string")


async def _nobody(tenant_id: TenantId) -> None:
    """No doorbell: the sweep will find what is due."""


@dataclass(frozen=True, kw_only=True)
class WriteSide:
    """What executing commands needs of the process. `nudge` rings a doorbell after a commit; losing it is harmless."""

    database: Database
    keyring: Keyring
    clock: Clock = field(default_factory=SystemClock)
    new_id: Callable[[], UUID] = new_id
    nudge: Callable[[TenantId], Awaitable[None]] = _nobody
    cache: AggregateCache = field(default_factory=AggregateCache)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a command did: the position it reached in its book, and ids and amounts. The same on every replay."""

    book: Book
    position: int
    answer: dict[str, Any]
    replayed: bool = False


async def execute(
    write: WriteSide, actor: Actor, command: Any, *, idempotency_key: str | None = None, reason: str = ""
) -> Receipt:
    """Carry out one command in one transaction, or raise and leave no trace.

    Raises a `Refusal` when the business says no, `Forbidden` when the actor may not. The same idempotency key with
    the same command answers as the first time; with another command it is refused.
    """
    handled = COMMANDS[type(command)]
    actor.reach(handled.capability)
    _check_fresh(actor, handled, write.clock)
    _check_limits(idempotency_key, reason)
    digest = _fingerprint(command)
    async with _alone_with_its_key(), write.database.scope(actor.tenant_id) as connection:
        head, earlier = await _locked(connection, actor, handled.book, idempotency_key, digest)
        if earlier is not None:
            return earlier
        work, recorded = await _carry_out(write, actor, command, connection, head, reason=reason, cache=write.cache)
        position = recorded[-1].position if recorded else head.position
        receipt = Receipt(book=head.book, position=position, answer=work.answer)
        if idempotency_key is not None:
            await _keep(connection, actor, idempotency_key, digest, receipt, work)
    journal = (actor.tenant_id, head.book)
    if write.cache.seen(journal) == head.position:
        write.cache.appended(journal, [each.stream_id for each in recorded], until=position)
    if any(outdates_states(BY_CLASS[type(each.event)]) for each in recorded):
        write.cache.forget_all(journal)
    await write.nudge(actor.tenant_id)
    return receipt


@asynccontextmanager
async def _alone_with_its_key() -> AsyncIterator[None]:
    """Two commands of different books do not wait for each other: the second to commit under one key is refused."""
    try:
        yield
    except UniqueViolation as taken:
        if taken.diag.constraint_name != "journal_receipts_pkey":
            raise
        raise _reused() from None


def _reused() -> IdempotencyKeyReused:
    return IdempotencyKeyReused(
        "this idempotency key was used for a different request: repeat the first one, or use a new key",
        path=("idempotencyKey",),
    )


async def preview(write: WriteSide, actor: Actor, *commands: Any) -> tuple[Recorded, ...]:
    """What the last of `commands` would record now, after the ones before it. All of it is rolled back.

    All of them are of one book. Decided by the same handlers under the same lock, so that it is what would be issued.
    Raises what `execute` raises.
    """
    # A cache of its own: states of a past that never was must not be remembered.
    cache = AggregateCache()
    recorded: tuple[Recorded, ...] = ()
    async with write.database.scope(actor.tenant_id) as connection:
        for command in commands:
            head = await lock_head(connection, actor.tenant_id, _one_book(commands))
            _, recorded = await _carry_out(write, actor, command, connection, head, reason="", cache=cache)
        await connection.rollback()
    return recorded


async def _carry_out(
    write: WriteSide,
    actor: Actor,
    command: Any,
    connection: Connection,
    head: Head,
    *,
    reason: str,
    cache: AggregateCache,
) -> tuple[UnitOfWork, tuple[Recorded, ...]]:
    """Let the handler decide, then append and fold what it recorded, in the caller's transaction."""
    handled = COMMANDS[type(command)]
    actor.reach(handled.capability)
    await _refresh(cache, connection, (actor.tenant_id, head.book), head)
    keys = PersonKeys(write.keyring, connection, actor.tenant_id)
    work = UnitOfWork(
        connection=connection,
        actor=actor,
        capability=handled.capability,
        clock=write.clock,
        head=head,
        keys=keys,
        cache=cache,
        new_id=write.new_id,
    )
    await handled.handler(command, work)
    if not work.authorised:
        raise AssertionError(f"the handler of {type(command).__name__} never authorised its org node")
    if not handled.once and any(pending.entry is not None for pending in work.pending):
        raise AssertionError(f"{type(command).__name__} books money, and its handler does not say that it happens once")
    if not work.pending:
        return work, ()
    # Only the access book says where somebody came from, and prunes it: the money book is kept for ever.
    origin = Origin.of(actor.tenant_id, actor.user_id, actor.ip) if head.book == "access" else None
    await keys.fetch_or_make(connection, _subjects(work) | ({origin.subject} if origin else set()))
    recorded = await append(
        connection,
        actor.tenant_id,
        head,
        work.pending,
        keys,
        actor=actor.principal,
        reason=reason,
        at=work.now,
        origin=origin,
    )
    if forgotten := _forgotten(recorded):
        await keys.destroy(connection, forgotten, at=work.now)
    await fold(connection, Target(actor.tenant_id, head.inline_generation), recorded)
    return work, tuple(recorded)


async def _locked(
    connection: Connection, actor: Actor, book: Book, key: str | None, digest: bytes
) -> tuple[Head, Receipt | None]:
    """The head, locked, and the receipt of an earlier execution: one round trip for both."""
    asked_head = await ask_for_head(connection, actor.tenant_id, book)
    asked_receipt = await _ask_for_receipt(connection, actor, key)
    head = await head_locked_by(asked_head, connection, actor.tenant_id, book)
    if not asked_head.rowcount:
        # The tenant's first command: there was nothing to lock yet when the receipt was asked for.
        asked_receipt = await _ask_for_receipt(connection, actor, key)
    return head, await _earlier(asked_receipt, digest)


async def _refresh(cache: AggregateCache, connection: Connection, journal: Journal, head: Head) -> None:
    """Under the lock: tell the cache what other processes appended since it last heard of this journal."""
    seen = cache.seen(journal)
    if seen != head.position:
        streams = None
        if seen is not None and seen < head.position:
            news = await news_after(connection, *journal, seen, limit=MAX_NEWS)
            streams = news.streams
            if news.outdated:
                cache.forget_all(journal)
        cache.appended(journal, streams, until=head.position)


def _check_fresh(actor: Actor, handled: Handled, clock: Clock) -> None:
    """The one place where dangerous commands ask for a fresh sign-in. Programs have no session and cannot sign in; what
    they may do is decided when they are given their key."""
    if not handled.dangerous or actor.session_id is None:
        return
    if actor.fresh_at is None or clock.now() - actor.fresh_at > FRESH:
        raise FreshSignInRequired("sign in once more to do this: it cannot easily be undone")


def _check_limits(idempotency_key: str | None, reason: str) -> None:
    if idempotency_key is not None and not 0 < len(idempotency_key) <= MAX_KEY_LENGTH:
        raise InvalidValue(Why.WRONG_LENGTH, lowest=1, highest=MAX_KEY_LENGTH, path=("idempotencyKey",))
    if len(reason) > MAX_REASON_LENGTH:
        raise InvalidValue(Why.TOO_LONG, limit=MAX_REASON_LENGTH, path=("reason",))


def _fingerprint(command: Any) -> bytes:
    """The digest of what the client asked. Ids that the edge made up for a new thing are left out, so that a client
    that repeats itself is recognised."""
    assigned = getattr(command, "ASSIGNED", ())
    asked = {item.name: getattr(command, item.name) for item in fields(command) if item.name not in assigned}
    return sha256(type(command).__name__.encode() + b"\0" + _canonical.encode(asked)).digest()


async def _ask_for_receipt(connection: Connection, actor: Actor, key: str | None) -> Asked | None:
    if key is None:
        return None
    return await connection.execute(
        b"SELECT digest, book, position, outcome FROM journal_receipts"
        b" WHERE tenant_id = %b AND principal = %b AND idempotency_key = %b",
        (actor.tenant_id, actor.principal, key),
    )


async def _earlier(asked: Asked | None, digest: bytes) -> Receipt | None:
    row = await asked.fetchone() if asked is not None else None
    if row is None:
        return None
    if bytes(row[0]) != digest:
        raise _reused()
    return Receipt(book=row[1], position=row[2], answer=msgspec.json.decode(row[3]), replayed=True)


async def _keep(
    connection: Connection, actor: Actor, key: str, digest: bytes, receipt: Receipt, work: UnitOfWork
) -> None:
    await connection.execute(
        b"INSERT INTO journal_receipts"
        b" (tenant_id, principal, idempotency_key, digest, book, position, outcome, recorded_at)"
        b" VALUES (%b, %b, %b, %b, %b, %b, %b, %b)",
        (
            actor.tenant_id,
            actor.principal,
            key,
            digest,
            receipt.book,
            receipt.position,
            _canonical.encode(receipt.answer),
            work.now,
        ),
    )


def _one_book(commands: Sequence[Any]) -> Book:
    """The book of all these commands: a transaction never locks two heads."""
    (book,) = {COMMANDS[type(command)].book for command in commands}
    return book


def _forgotten(recorded: Sequence[Recorded]) -> set[UUID]:
    """The persons whose keys go with what was recorded."""
    return {
        getattr(each.event, forgets) for each in recorded if (forgets := BY_CLASS[type(each.event)].forgets) is not None
    }


def _subjects(work: UnitOfWork) -> set[UUID]:
    found = set()
    for pending in work.pending:
        subject = BY_CLASS[type(pending.event)].subject
        if subject is not None:
            found.add(getattr(pending.event, subject))
    return found
