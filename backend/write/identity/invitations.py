"""Invitations: who is asked to join, and that they did."""

from dataclasses import dataclass
from typing import ClassVar, Final

from backend.events.access import InvitationAccepted, UserInvited
from backend.rules.email_address import is_address
from backend.tenants.capabilities import Capability
from backend.tenants.grants import add_grant, grants_of
from backend.tenants.identity import accounts, challenges
from backend.tenants.nodes import existing_nodes
from backend.tenants.onboarding import add_user, rename_user
from backend.values.identifiers import OrgNodeId, UserId
from backend.values.why import Why
from backend.write.access.roles import GrantRole, check_covers, grant, role_named
from backend.write.command import command
from backend.write.identity.letters import Link, followed, write_letter
from backend.write.identity.passwords import change_password
from backend.write.identity.sessions import close, person, record_of
from backend.write.refusal import InvalidValue
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import language, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteUser:
    """Ask a person to join with a role. Whoever is here already gets the role, and a letter that says so."""

    ASSIGNED: ClassVar = ("user_id", "link")
    user_id: UserId
    email: str
    name: str
    language: str
    role: str
    org_node_id: OrgNodeId
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptInvitation:
    """Join: the link with this digest was followed, and a password chosen."""

    user_id: UserId
    digest: bytes
    name: str
    password_hash: str


MAX_NAME: Final = 100


def invitation(command: InviteUser) -> tuple[str, str, str]:
    """Name, address and language as they will be kept."""
    name = one_line(command.name, MAX_NAME, path=("name",))
    if not is_address(command.email):
        raise InvalidValue(Why.NOT_AN_EMAIL, path=("email",))
    return name, command.email, language(command.language, path=("language",))


@command(Capability.ACCESS_MANAGE, dangerous=True, book="access")
async def invite_user(command: InviteUser, work: UnitOfWork) -> None:
    """Store the user and the grant where they are new, queue the letter, and record them."""
    work.authorise(command.org_node_id)
    role = role_named(command.role)
    check_covers(work.actor, {(role, command.org_node_id)})
    name, email, language = invitation(command)
    if command.org_node_id not in await existing_nodes(work.connection, work.tenant_id, (command.org_node_id,)):
        raise InvalidValue(Why.ORG_NODE_UNKNOWN, path=("orgNodeId",))
    known = await accounts.account_by_email(work.connection, work.tenant_id, email)
    user_id = known.user_id if known else command.user_id
    if known is None:
        await add_user(work.connection, work.tenant_id, user_id, name=name, email=email, at=work.now)
        await accounts.keep_language(work.connection, work.tenant_id, user_id, language)
        await record_of(work, user_id, UserInvited(user_id=user_id, language=language, name=name, email=email))
    held = await grants_of(work.connection, work.tenant_id, user_id) or frozenset()
    if (role, command.org_node_id) not in held:
        wanted = GrantRole(user_id=user_id, role=role.value, org_node_id=command.org_node_id)
        granted = grant(wanted, held)
        await add_grant(work.connection, work.tenant_id, granted)
        await record_of(work, user_id, granted)
    # Who has never had a way to sign in gets a link; whoever has one is only told of the role.
    if known is None or known.password_hash is None:
        await challenges.withdraw(work.connection, work.tenant_id, user_id, "invitation")
        await write_letter(work, user_id, command.link, "invitation")
    else:
        await write_letter(work, user_id, command.link, "welcome")
    work.answer = {"user_id": str(user_id)}


@command(Capability.SYSTEM, book="access")
async def accept_invitation(command: AcceptInvitation, work: UnitOfWork) -> None:
    """Redeem the link of an invitation, store the password, and record it."""
    work.authorise(None)
    await person(work, command.user_id)
    link = await challenges.redeem_digest(work.connection, work.tenant_id, command.digest, "invitation", at=work.now)
    followed(link, command.user_id)
    name = one_line(command.name, MAX_NAME, path=("name",))
    await rename_user(work.connection, work.tenant_id, command.user_id, name=name)
    await change_password(work, command.user_id, command.password_hash, cause="invitation")
    await close(work, command.user_id, cause="password_changed")
    await record_of(work, command.user_id, InvitationAccepted(user_id=command.user_id))
