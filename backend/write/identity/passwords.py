"""Passwords: set, asked for anew, and reset by a link."""

from dataclasses import dataclass

from backend.events.access import PasswordChanged, PasswordResetRequested
from backend.tenants.capabilities import Capability
from backend.tenants.identity import accounts, challenges
from backend.values.identifiers import UserId
from backend.write.command import command
from backend.write.identity.letters import Link, followed, write_letter
from backend.write.identity.sessions import Rotation, close, person, record_of, rotate
from backend.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPassword:
    """Give the person a new password. Every session but `keep` ends, and every link to reset it is void."""

    user_id: UserId
    password_hash: str
    cause: str
    keep: Rotation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPasswordReset:
    """Mail the person a link to choose a new password."""

    user_id: UserId
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword:
    """Set the password of whoever followed the link with this digest."""

    user_id: UserId
    digest: bytes
    password_hash: str


@command(Capability.SYSTEM, book="access")
async def set_password(command: SetPassword, work: UnitOfWork) -> None:
    """Store the hash of a new password, and record the change."""
    work.authorise(None)
    await person(work, command.user_id)
    await change_password(work, command.user_id, command.password_hash, cause=command.cause)
    keep = command.keep.session_id if command.keep else None
    await close(work, command.user_id, keep=keep, cause="password_changed")
    await rotate(work, command.user_id, command.keep)


@command(Capability.SYSTEM, book="access")
async def reset_password(command: ResetPassword, work: UnitOfWork) -> None:
    """Redeem the link of a reset, store the new hash, and record the change."""
    work.authorise(None)
    await person(work, command.user_id)
    link = await challenges.redeem_digest(work.connection, work.tenant_id, command.digest, "reset", at=work.now)
    followed(link, command.user_id)
    await change_password(work, command.user_id, command.password_hash, cause="reset")
    await close(work, command.user_id, cause="password_changed")


async def change_password(work: UnitOfWork, user_id: UserId, password_hash: str, *, cause: str) -> None:
    """The new hash. Whoever was half way in with the old password starts again, and links to reset it are void."""
    await accounts.keep_password(work.connection, work.tenant_id, user_id, password_hash, at=work.now)
    await challenges.withdraw(work.connection, work.tenant_id, user_id, "reset", "second_factor")
    await record_of(work, user_id, PasswordChanged(user_id=user_id, cause=cause))


@command(Capability.SYSTEM, book="access")
async def request_password_reset(command: RequestPasswordReset, work: UnitOfWork) -> None:
    """Queue the letter with the link of a reset, and record the request."""
    work.authorise(None)
    await person(work, command.user_id)
    await challenges.withdraw(work.connection, work.tenant_id, command.user_id, "reset")
    await write_letter(work, command.user_id, command.link, "reset")
    await record_of(work, command.user_id, PasswordResetRequested(user_id=command.user_id))
