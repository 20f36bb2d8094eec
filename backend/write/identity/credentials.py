"""Handlers for what people prove themselves with: passwords, codes, passkeys, the word of a provider."""

from typing import Final

from backend.events.access import (
    IdentityLinked,
    PasswordChanged,
    RecoveryCodesRenewed,
    SecondFactorAdded,
    SecondFactorRemoved,
)
from backend.tenants.identity import accounts, challenges, passkeys, providers
from backend.values.identifiers import UserId
from backend.write.identity.commands import (
    AddPasskey,
    ConfirmTotp,
    LinkIdentity,
    RemovePasskey,
    RemoveTotp,
    RenewRecoveryCodes,
    ResetPassword,
    SetPassword,
)
from backend.write.identity.decisions import followed
from backend.write.identity.sessions import close, person, record_of, rotate
from backend.write.refusal import AlreadyExists, InvalidValue, NotFound
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import one_line

MAX_LABEL: Final = 100
MAX_CODES: Final = 20


async def set_password(command: SetPassword, work: UnitOfWork) -> None:
    work.authorise(None)
    await person(work, command.user_id)
    await change_password(work, command.user_id, command.password_hash, cause=command.cause)
    keep = command.keep.session_id if command.keep else None
    await close(work, command.user_id, keep=keep, cause="password_changed")
    await rotate(work, command.user_id, command.keep)


async def reset_password(command: ResetPassword, work: UnitOfWork) -> None:
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


async def confirm_totp(command: ConfirmTotp, work: UnitOfWork) -> None:
    work.authorise(None)
    await person(work, command.user_id)
    if not await accounts.confirm_totp(work.connection, work.tenant_id, command.user_id):
        raise NotFound("nothing was begun that could be confirmed", path=("userId",))
    await _keep_codes(work, command.user_id, command.recovery_digests)
    await rotate(work, command.user_id, command.keep)
    await record_of(work, command.user_id, SecondFactorAdded(user_id=command.user_id, kind="totp", label=""))


async def remove_totp(command: RemoveTotp, work: UnitOfWork) -> None:
    work.authorise(None)
    await person(work, command.user_id)
    if not await accounts.remove_totp(work.connection, work.tenant_id, command.user_id):
        raise NotFound("codes are not asked for", path=("userId",))
    await _keep_codes(work, command.user_id, ())
    await rotate(work, command.user_id, command.keep)
    await record_of(work, command.user_id, SecondFactorRemoved(user_id=command.user_id, kind="totp", label=""))


async def renew_recovery_codes(command: RenewRecoveryCodes, work: UnitOfWork) -> None:
    work.authorise(None)
    account = await person(work, command.user_id)
    if not account.totp_confirmed:
        raise NotFound("codes are not asked for", path=("userId",))
    await _keep_codes(work, command.user_id, command.recovery_digests)
    await record_of(work, command.user_id, RecoveryCodesRenewed(user_id=command.user_id))


async def add_passkey(command: AddPasskey, work: UnitOfWork) -> None:
    work.authorise(None)
    await person(work, command.user_id)
    label = one_line(command.label, MAX_LABEL, path=("label",))
    if len(await passkeys.passkeys_of(work.connection, work.tenant_id, command.user_id)) >= passkeys.MAX_PASSKEYS:
        raise InvalidValue(f"at most {passkeys.MAX_PASSKEYS} passkeys: remove one first", path=("userId",))
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


async def remove_passkey(command: RemovePasskey, work: UnitOfWork) -> None:
    work.authorise(None)
    label = await passkeys.remove_passkey(work.connection, work.tenant_id, command.user_id, command.passkey_id)
    if label is None:
        raise NotFound("there is no such passkey", path=("passkeyId",))
    await record_of(work, command.user_id, SecondFactorRemoved(user_id=command.user_id, kind="passkey", label=label))


async def link_identity(command: LinkIdentity, work: UnitOfWork) -> None:
    work.authorise(None)
    await person(work, command.user_id)
    known = await providers.providers_of(work.connection, work.tenant_id)
    if command.provider_id not in {provider.provider_id for provider in known}:
        raise NotFound("there is no such provider", path=("providerId",))
    if not await providers.link_subject(
        work.connection, work.tenant_id, command.provider_id, command.subject_digest, command.user_id
    ):
        raise AlreadyExists("the provider means somebody else by this")
    await record_of(work, command.user_id, IdentityLinked(user_id=command.user_id, provider_id=command.provider_id))


async def _keep_codes(work: UnitOfWork, user_id: UserId, digests: tuple[bytes, ...]) -> None:
    if len(digests) > MAX_CODES:
        raise InvalidValue(f"at most {MAX_CODES} recovery codes", path=("recoveryDigests",))
    await accounts.keep_recovery_codes(work.connection, work.tenant_id, user_id, digests)
