"""Passkeys: added and removed."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backend.events.access import SecondFactorAdded, SecondFactorRemoved
from backend.tenants.capabilities import Capability
from backend.tenants.identity import passkeys
from backend.values.identifiers import UserId
from backend.values.why import Why
from backend.write.command import command
from backend.write.identity.sessions import person, record_of
from backend.write.refusal import AlreadyExists, InvalidValue, NotFound
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPasskey:
    """Let this authenticator speak for the person."""

    passkey_id: UUID
    user_id: UserId
    credential_id: bytes
    public_key: bytes
    sign_count: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePasskey:
    """Listen to this authenticator no more."""

    user_id: UserId
    passkey_id: UUID


MAX_LABEL: Final = 100


@command(Capability.SYSTEM, dangerous=True, book="access")
async def add_passkey(command: AddPasskey, work: UnitOfWork) -> None:
    """Store a passkey of the user and record it."""
    work.authorise(None)
    await person(work, command.user_id)
    label = one_line(command.label, MAX_LABEL, path=("label",))
    if len(await passkeys.passkeys_of(work.connection, work.tenant_id, command.user_id)) >= passkeys.MAX_PASSKEYS:
        raise InvalidValue(Why.TOO_MANY, limit=passkeys.MAX_PASSKEYS, path=("userId",))
    added = await passkeys.add_passkey(
        work.connection,
        work.tenant_id,
        passkeys.Passkey(
            passkey_id=command.passkey_id,
            user_id=command.user_id,
            credential_id=command.credential_id,
            public_key=command.public_key,
            sign_count=command.sign_count,
            label=label,
            added_at=work.now,
        ),
    )
    if not added:
        raise AlreadyExists("this passkey is registered already")
    await record_of(work, command.user_id, SecondFactorAdded(user_id=command.user_id, kind="passkey", label=label))


@command(Capability.SYSTEM, dangerous=True, book="access")
async def remove_passkey(command: RemovePasskey, work: UnitOfWork) -> None:
    """Remove a passkey of the user and record it."""
    work.authorise(None)
    label = await passkeys.remove_passkey(work.connection, work.tenant_id, command.user_id, command.passkey_id)
    if label is None:
        raise NotFound("there is no such passkey", path=("passkeyId",))
    await record_of(work, command.user_id, SecondFactorRemoved(user_id=command.user_id, kind="passkey", label=label))
