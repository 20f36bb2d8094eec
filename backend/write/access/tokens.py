"""Personal tokens: created and revoked. A token is no way around what its user may do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final

from backend.events.grants import TokenCreated, TokenRevoked
from backend.tenants.capabilities import Capability
from backend.tenants.grants import add_credential, remove_credential
from backend.values.identifiers import TokenId, UserId
from backend.values.why import Why
from backend.write.access.roles import access_of, may_give, roles_of
from backend.write.command import command
from backend.write.refusal import InvalidValue, NotFound
from backend.write.states.user_access import UserAccess, access_stream
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateToken:
    """Let whoever holds a token act as the user, for `days`. `label` says what it is for.

    Only the SHA-256 of the token comes here: the edge made the token, shows it once and keeps nothing of it.
    """

    ASSIGNED: ClassVar = ("token_id", "digest")
    token_id: TokenId
    user_id: UserId
    digest: bytes
    label: str
    days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeToken:
    """Make a token open nothing, from the next request on."""

    user_id: UserId
    token_id: TokenId


MAX_LABEL: Final = 100
MAX_TOKEN_DAYS: Final = 366
MAX_TOKENS: Final = 100
DIGEST_BYTES: Final = 32


def token_created(command: CreateToken, access: UserAccess, *, at: datetime) -> TokenCreated:
    """A token that expires `days` from now."""
    if not 1 <= command.days <= MAX_TOKEN_DAYS:
        raise InvalidValue(Why.OUT_OF_RANGE, lowest=1, highest=MAX_TOKEN_DAYS, path=("days",))
    if len(command.digest) != DIGEST_BYTES:
        raise InvalidValue(Why.NOT_A_DIGEST, path=("digest",))
    if access.valid(at) >= MAX_TOKENS:
        raise InvalidValue(Why.TOO_MANY, limit=MAX_TOKENS, path=("userId",))
    return TokenCreated(
        token_id=command.token_id,
        user_id=command.user_id,
        label=one_line(command.label, MAX_LABEL, path=("label",)),
        expires_at=at + timedelta(days=command.days),
    )


def token_revoked(command: RevokeToken, access: UserAccess) -> TokenRevoked:
    """The end of a token. Raises `NotFound` for one that is not open."""
    if command.token_id not in access.tokens:
        raise NotFound("the user has no such token", path=("tokenId",))
    return TokenRevoked(token_id=command.token_id, user_id=command.user_id)


@command(Capability.ACCESS_MANAGE, dangerous=True, book="access")
async def create_token(command: CreateToken, work: UnitOfWork) -> None:
    """Store the digest of a new token and record it."""
    may_give(work, await roles_of(work, command.user_id))
    created = token_created(command, await access_of(work, command.user_id), at=work.now)
    await add_credential(work.connection, created, digest=command.digest)
    work.record(access_stream(command.user_id), created)
    work.answer = {"token_id": str(created.token_id), "expires_at": created.expires_at.isoformat()}


@command(Capability.ACCESS_MANAGE, dangerous=True, book="access")
async def revoke_token(command: RevokeToken, work: UnitOfWork) -> None:
    """Remove the digest of a token and record it."""
    may_give(work, await roles_of(work, command.user_id))
    revoked = token_revoked(command, await access_of(work, command.user_id))
    await remove_credential(work.connection, revoked)
    work.record(access_stream(command.user_id), revoked)
    work.answer = {"token_id": str(revoked.token_id)}
