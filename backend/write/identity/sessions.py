"""Handlers for sessions: let in, let in afresh, send out, and write down who was turned away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from backend.events.access import AccessRefused, SignedIn, SignedInAfresh, SignedOut, SignInRefused
from backend.tenants.identity import sessions as rows
from backend.tenants.identity.accounts import Account, account_of
from backend.values.identifiers import UserId
from backend.write.access.user_access import USER_ACCESS, access_stream
from backend.write.identity.commands import (
    CloseSessions,
    OpenSession,
    RefreshSession,
    RefuseAccess,
    RefuseSignIn,
    Rotation,
)
from backend.write.identity.decisions import method_named
from backend.write.refusal import NotFound
from backend.write.unit_of_work import Aggregate, UnitOfWork
from backend.write.wording import one_line

MAX_WORD: Final = 100
# Nothing is decided from a session's past: its stream is loaded for its version only.
_SESSION: Final = Aggregate[bool]("session", lambda state, event: True)


async def open_session(command: OpenSession, work: UnitOfWork) -> None:
    work.authorise(None)
    await person(work, command.user_id)
    method_named(command.method)
    if command.replaces is not None:
        await close(work, command.user_id, only=(command.replaces,), cause="replaced")
    await rows.open_session(
        work.connection,
        work.tenant_id,
        rows.Session(
            session_id=command.session_id,
            user_id=command.user_id,
            method=command.method,
            opened_at=work.now,
            seen_at=work.now,
            fresh_at=work.now,
            expires_at=work.now + rows.ABSOLUTE,
            ip=work.actor.ip or "",
            agent=command.agent,
        ),
        digest=command.digest,
    )
    work.record(
        command.session_id, SignedIn(session_id=command.session_id, user_id=command.user_id, method=command.method)
    )


async def refresh_session(command: RefreshSession, work: UnitOfWork) -> None:
    work.authorise(None)
    await person(work, command.user_id)
    method_named(command.method)
    await rotate(
        work, command.user_id, Rotation(session_id=command.session_id, digest=command.digest), fresh_at=work.now
    )
    await work.load(_SESSION, command.session_id)
    work.record(
        command.session_id,
        SignedInAfresh(session_id=command.session_id, user_id=command.user_id, method=command.method),
    )


async def close_sessions(command: CloseSessions, work: UnitOfWork) -> None:
    work.authorise(None)
    await person(work, command.user_id)
    only = None if command.session_id is None else (command.session_id,)
    closed = await close(work, command.user_id, only=only, keep=command.keep, cause=command.cause)
    if only is not None and not closed:
        raise NotFound("there is no such session", path=("sessionId",))
    work.answer = {"closed": len(closed)}


async def refuse_sign_in(command: RefuseSignIn, work: UnitOfWork) -> None:
    work.authorise(None)
    await person(work, command.user_id)
    refused = SignInRefused(user_id=command.user_id, cause=one_line(command.cause, MAX_WORD, path=("cause",)))
    work.record(work.new_id(), refused)


async def refuse_access(command: RefuseAccess, work: UnitOfWork) -> None:
    work.authorise(None)
    refused = AccessRefused(
        principal=one_line(command.principal, MAX_WORD, path=("principal",)),
        capability=one_line(command.capability, MAX_WORD, path=("capability",)),
    )
    work.record(work.new_id(), refused)


async def close(
    work: UnitOfWork, user_id: UserId, *, only: Sequence[UUID] | None = None, keep: UUID | None = None, cause: str
) -> tuple[UUID, ...]:
    """End sessions, each with its event. Answers which."""
    closed = await rows.close_sessions(work.connection, work.tenant_id, user_id, only=only, keep=keep)
    await work.load_many(_SESSION, closed)
    for session_id in closed:
        work.record(session_id, SignedOut(session_id=session_id, user_id=user_id, cause=cause))
    return closed


async def rotate(
    work: UnitOfWork, user_id: UserId, rotation: Rotation | None, *, fresh_at: datetime | None = None
) -> None:
    """A new secret for the session that goes on. Raises `NotFound` when it ended in the meantime."""
    if rotation is not None and not await rows.renew_session(
        work.connection, work.tenant_id, user_id, rotation.session_id, digest=rotation.digest, fresh_at=fresh_at
    ):
        raise NotFound("there is no such session", path=("sessionId",))


async def person(work: UnitOfWork, user_id: UserId) -> Account:
    """The user, who must exist here. Raises `NotFound`."""
    account = await account_of(work.connection, work.tenant_id, user_id)
    if account is None:
        raise NotFound("there is no such user", path=("userId",))
    return account


async def record_of(work: UnitOfWork, user_id: UserId, event: Any) -> None:
    """Add to the history of a user's access."""
    stream = access_stream(user_id)
    # Loading again would forget what this very command recorded before.
    if not any(pending.stream_id == stream for pending in work.pending):
        await work.load(USER_ACCESS, stream)
    work.record(stream, event)
