"""Sessions: let in, let in afresh, send out, and write down who was turned away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from backend.events.access import AccessRefused, SignedIn, SignedInAfresh, SignedOut, SignInRefused
from backend.tenants.capabilities import Capability
from backend.tenants.identity import sessions as rows
from backend.tenants.identity.accounts import Account, account_of
from backend.values.identifiers import UserId
from backend.values.why import Why
from backend.write.command import command
from backend.write.refusal import InvalidValue, NotFound
from backend.write.states.aggregate import Aggregate
from backend.write.states.user_access import USER_ACCESS, access_stream
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """Let the person in: they proved by `method` who they are. A session they had in this browser ends."""

    session_id: UUID
    user_id: UserId
    digest: bytes
    method: str
    agent: str
    replaces: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshSession:
    """The person proved once more who they are: the session is fresh, and its cookie a new one."""

    session_id: UUID
    user_id: UserId
    digest: bytes
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSessions:
    """End one session of a person, or all but `keep`."""

    user_id: UserId
    session_id: UUID | None = None
    keep: UUID | None = None
    cause: str = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseSignIn:
    """Write down that somebody failed to sign in as this person."""

    user_id: UserId
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseAccess:
    """Write down that somebody tried what they may not do."""

    principal: str
    capability: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """The session that goes on, under a new secret: what it may do changed, so its old cookie opens nothing."""

    session_id: UUID
    digest: bytes


METHODS: Final = frozenset({"password", "password+totp", "password+recovery_code", "passkey", "oidc", "invitation"})


def method_named(method: str) -> str:
    """The way of signing in. Raises `InvalidValue` for one we do not have."""
    if method not in METHODS:
        raise InvalidValue(Why.NOT_ONE_OF, allowed=", ".join(sorted(METHODS)), path=("method",))
    return method


MAX_WORD: Final = 100

# Nothing is decided from a session's past: its stream is loaded for its version only.
_SESSION: Final = Aggregate[bool]("session", lambda state, event: True)


@command(Capability.SYSTEM, book="access")
async def open_session(command: OpenSession, work: UnitOfWork) -> None:
    """Store a new session and record the sign-in, closing the session it replaces."""
    work.authorise(None)
    await person(work, command.user_id)
    method_named(command.method)
    if command.replaces is not None:
        await close(work, command.user_id, only=(command.replaces,), cause="replaced")
    await work.keys.fetch_or_make(work.connection, {command.user_id})
    device = rows.Device(ip=work.actor.ip or "", agent=command.agent)
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
            device=device.sealed(work.keys(command.user_id), command.session_id),
        ),
        digest=command.digest,
    )
    work.record(
        command.session_id, SignedIn(session_id=command.session_id, user_id=command.user_id, method=command.method)
    )


@command(Capability.SYSTEM, book="access")
async def refresh_session(command: RefreshSession, work: UnitOfWork) -> None:
    """Replace the secret of a session and record the fresh sign-in."""
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


@command(Capability.SYSTEM, book="access")
async def close_sessions(command: CloseSessions, work: UnitOfWork) -> None:
    """Remove one session of the user, or all but one, and record it."""
    work.authorise(None)
    await person(work, command.user_id)
    only = None if command.session_id is None else (command.session_id,)
    closed = await close(work, command.user_id, only=only, keep=command.keep, cause=command.cause)
    if only is not None and not closed:
        raise NotFound("there is no such session", path=("sessionId",))
    work.answer = {"closed": len(closed)}


@command(Capability.SYSTEM, book="access")
async def refuse_sign_in(command: RefuseSignIn, work: UnitOfWork) -> None:
    """Record that a sign-in of a known user was refused."""
    work.authorise(None)
    await person(work, command.user_id)
    refused = SignInRefused(user_id=command.user_id, cause=one_line(command.cause, MAX_WORD, path=("cause",)))
    work.record(work.new_id(), refused)


@command(Capability.SYSTEM, book="access")
async def refuse_access(command: RefuseAccess, work: UnitOfWork) -> None:
    """Record that a capability was refused to somebody."""
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
