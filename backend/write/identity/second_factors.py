"""The second factor: codes of an authenticator, and the recovery codes for whoever lost it."""

from dataclasses import dataclass
from typing import Final

from backend.events.access import RecoveryCodesRenewed, SecondFactorAdded, SecondFactorRemoved
from backend.tenants.capabilities import Capability
from backend.tenants.identity import accounts
from backend.values.identifiers import UserId
from backend.values.why import Why
from backend.write.command import command
from backend.write.identity.sessions import Rotation, person, record_of, rotate
from backend.write.refusal import InvalidValue, NotFound
from backend.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmTotp:
    """Ask this person for a time-based code from now on."""

    user_id: UserId
    recovery_digests: tuple[bytes, ...]
    keep: Rotation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveTotp:
    """Ask for codes no more."""

    user_id: UserId
    keep: Rotation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewRecoveryCodes:
    """Replace the recovery codes."""

    user_id: UserId
    recovery_digests: tuple[bytes, ...]


MAX_CODES: Final = 20


@command(Capability.SYSTEM, dangerous=True, book="access")
async def confirm_totp(command: ConfirmTotp, work: UnitOfWork) -> None:
    """Confirm the TOTP seed that was begun, store the recovery codes, and record it."""
    work.authorise(None)
    await person(work, command.user_id)
    if not await accounts.confirm_totp(work.connection, work.tenant_id, command.user_id):
        raise NotFound("nothing was begun that could be confirmed", path=("userId",))
    await _keep_codes(work, command.user_id, command.recovery_digests)
    await rotate(work, command.user_id, command.keep)
    await record_of(work, command.user_id, SecondFactorAdded(user_id=command.user_id, kind="totp", label=""))


@command(Capability.SYSTEM, dangerous=True, book="access")
async def remove_totp(command: RemoveTotp, work: UnitOfWork) -> None:
    """Remove the TOTP seed and the recovery codes of the user, and record it."""
    work.authorise(None)
    await person(work, command.user_id)
    if not await accounts.remove_totp(work.connection, work.tenant_id, command.user_id):
        raise NotFound("codes are not asked for", path=("userId",))
    await _keep_codes(work, command.user_id, ())
    await rotate(work, command.user_id, command.keep)
    await record_of(work, command.user_id, SecondFactorRemoved(user_id=command.user_id, kind="totp", label=""))


@command(Capability.SYSTEM, dangerous=True, book="access")
async def renew_recovery_codes(command: RenewRecoveryCodes, work: UnitOfWork) -> None:
    """Replace the recovery codes of the user and record it."""
    work.authorise(None)
    account = await person(work, command.user_id)
    if not account.totp_confirmed:
        raise NotFound("codes are not asked for", path=("userId",))
    await _keep_codes(work, command.user_id, command.recovery_digests)
    await record_of(work, command.user_id, RecoveryCodesRenewed(user_id=command.user_id))


async def _keep_codes(work: UnitOfWork, user_id: UserId, digests: tuple[bytes, ...]) -> None:
    if len(digests) > MAX_CODES:
        raise InvalidValue(Why.TOO_MANY, limit=MAX_CODES, path=("recoveryDigests",))
    await accounts.keep_recovery_codes(work.connection, work.tenant_id, user_id, digests)
