"""Handlers for who joins: invitations, their acceptance, and the letter that lets somebody choose a new password."""

from backend.events.access import InvitationAccepted, PasswordResetRequested, UserInvited
from backend.tenants.grants import add_grant, grants_of
from backend.tenants.identity import accounts, challenges
from backend.tenants.identity.letters import Letter, LetterKind, put_letter
from backend.tenants.nodes import existing_nodes
from backend.tenants.onboarding import add_user, rename_user
from backend.values.identifiers import UserId
from backend.write.access import decisions as access
from backend.write.access.commands import GrantRole
from backend.write.identity.commands import AcceptInvitation, InviteUser, Link, RequestPasswordReset
from backend.write.identity.credentials import change_password
from backend.write.identity.decisions import MAX_NAME, followed, invitation
from backend.write.identity.sessions import close, person, record_of
from backend.write.refusal import InvalidValue
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import one_line


async def invite_user(command: InviteUser, work: UnitOfWork) -> None:
    work.authorise(command.org_node_id)
    role = access.role_named(command.role)
    access.check_covers(work.actor, {(role, command.org_node_id)})
    name, email, language = invitation(command)
    if command.org_node_id not in await existing_nodes(work.connection, work.tenant_id, (command.org_node_id,)):
        raise InvalidValue("there is no such org node in this tenant", path=("orgNodeId",))
    known = await accounts.account_by_email(work.connection, work.tenant_id, email)
    user_id = known.user_id if known else command.user_id
    if known is None:
        await add_user(work.connection, work.tenant_id, user_id, name=name, email=email, at=work.now)
        await accounts.keep_language(work.connection, work.tenant_id, user_id, language)
        await record_of(work, user_id, UserInvited(user_id=user_id, language=language, name=name, email=email))
    held = await grants_of(work.connection, work.tenant_id, user_id) or frozenset()
    if (role, command.org_node_id) not in held:
        wanted = GrantRole(user_id=user_id, role=role.value, org_node_id=command.org_node_id)
        granted = access.grant(wanted, held)
        await add_grant(work.connection, work.tenant_id, granted)
        await record_of(work, user_id, granted)
    # Who has never had a way to sign in gets a link; whoever has one is only told of the role.
    if known is None or known.password_hash is None:
        await challenges.withdraw(work.connection, work.tenant_id, user_id, "invitation")
        await _mail(work, user_id, command.link, "invitation")
    else:
        await _mail(work, user_id, command.link, "welcome")
    work.answer = {"user_id": str(user_id)}


async def accept_invitation(command: AcceptInvitation, work: UnitOfWork) -> None:
    work.authorise(None)
    await person(work, command.user_id)
    link = await challenges.redeem_digest(work.connection, work.tenant_id, command.digest, "invitation", at=work.now)
    followed(link, command.user_id)
    name = one_line(command.name, MAX_NAME, path=("name",))
    await rename_user(work.connection, work.tenant_id, command.user_id, name=name)
    await change_password(work, command.user_id, command.password_hash, cause="invitation")
    await close(work, command.user_id, cause="password_changed")
    await record_of(work, command.user_id, InvitationAccepted(user_id=command.user_id))


async def request_password_reset(command: RequestPasswordReset, work: UnitOfWork) -> None:
    work.authorise(None)
    await person(work, command.user_id)
    await challenges.withdraw(work.connection, work.tenant_id, command.user_id, "reset")
    await _mail(work, command.user_id, command.link, "reset")
    await record_of(work, command.user_id, PasswordResetRequested(user_id=command.user_id))


async def _mail(work: UnitOfWork, user_id: UserId, link: Link, kind: LetterKind) -> None:
    """The letter, and the promise behind its link."""
    if kind != "welcome":
        await challenges.promise_digest(
            work.connection, work.tenant_id, link.digest, kind, at=work.now, user_id=user_id
        )
    letter = Letter(letter_id=link.letter_id, user_id=user_id, kind=kind, sealed=link.sealed, written_at=work.now)
    await put_letter(work.connection, work.tenant_id, letter)
