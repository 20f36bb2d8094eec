"""Roles given and taken. Nobody gives more than they have. The row and its event are written in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from backend.events.grants import RoleGranted, RoleRevoked
from backend.tenants.actor import Actor, Forbidden
from backend.tenants.capabilities import ROLES, Capability, Role
from backend.tenants.grants import add_grant, grants_of, other_admins, remove_grant
from backend.tenants.nodes import existing_nodes
from backend.values.identifiers import OrgNodeId, UserId
from backend.values.why import Why
from backend.write.command import command
from backend.write.refusal import AlreadyExists, InvalidValue, NotFound, Refusal, RefusalCode
from backend.write.states.user_access import USER_ACCESS, UserAccess, access_stream
from backend.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRole:
    """Let a user act with `role` on `org_node_id` and everything below it. Nobody gives more than they have."""

    user_id: UserId
    role: str
    org_node_id: OrgNodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeRole:
    """Take a role away again, from the next request on."""

    user_id: UserId
    role: str
    org_node_id: OrgNodeId


class LastAdmin(Refusal):
    """Nobody would be left who can give roles in the whole federation: give somebody else the role first."""

    code = RefusalCode.LAST_ADMIN
    status = 409


MAX_ROLES: Final = 100

# The roles that may give roles.
ADMINS: Final = frozenset(role for role in Role if Capability.ACCESS_MANAGE in ROLES[role])

# What a user holds: a role, and the org node it was given for.
Held = Collection[tuple[Role, OrgNodeId]]


def grant(command: GrantRole, held: Held) -> RoleGranted:
    """The grant. `held` is what the user has already."""
    role = role_named(command.role)
    if (role, command.org_node_id) in held:
        raise AlreadyExists("the user has this role there already", path=("role",))
    if len(held) >= MAX_ROLES:
        raise InvalidValue(Why.TOO_MANY, limit=MAX_ROLES, path=("userId",))
    return RoleGranted(user_id=command.user_id, role=role.value, org_node_id=command.org_node_id)


def revoke(command: RevokeRole, held: Held, *, other_admins: int) -> RoleRevoked:
    """The end of a role. `other_admins` are those who would still manage access in the whole federation."""
    role = role_named(command.role)
    if (role, command.org_node_id) not in held:
        raise NotFound("the user does not have this role there", path=("role",))
    if role in ADMINS and other_admins == 0:
        raise LastAdmin("nobody else can give roles here: make somebody else an administrator first", path=("role",))
    return RoleRevoked(user_id=command.user_id, role=role.value, org_node_id=command.org_node_id)


def check_covers(giver: Actor, held: Held) -> None:
    """Refuse an actor who does not have everything that these roles allow, where they allow it. Raises `Forbidden`."""
    for role, node in held:
        for capability in sorted(ROLES[role]):
            if not giver.reach(capability).covers(node):
                raise Forbidden(capability)


def role_named(name: str) -> Role:
    """The role of this name. Raises `InvalidValue`."""
    try:
        return Role(name)
    except ValueError:
        raise InvalidValue(Why.NOT_ONE_OF, allowed=", ".join(Role), path=("role",)) from None


@command(Capability.ACCESS_MANAGE, dangerous=True, book="access")
async def grant_role(command: GrantRole, work: UnitOfWork) -> None:
    """Add the grant to the rows and record it."""
    may_give(work, {(role_named(command.role), command.org_node_id)})
    held = await roles_of(work, command.user_id)
    if command.org_node_id not in await existing_nodes(work.connection, work.tenant_id, (command.org_node_id,)):
        raise InvalidValue(Why.ORG_NODE_UNKNOWN, path=("orgNodeId",))
    granted = grant(command, held)
    await access_of(work, command.user_id)
    await add_grant(work.connection, work.tenant_id, granted)
    work.record(access_stream(command.user_id), granted)
    work.answer = {"user_id": str(command.user_id), "role": granted.role}


@command(Capability.ACCESS_MANAGE, dangerous=True, book="access")
async def revoke_role(command: RevokeRole, work: UnitOfWork) -> None:
    """Load who else could give roles, remove the grant from the rows, and record it."""
    may_give(work, {(role_named(command.role), command.org_node_id)})
    held = await roles_of(work, command.user_id)
    admins = await other_admins(
        work.connection, work.tenant_id, ADMINS, but=(command.user_id, command.role, command.org_node_id)
    )
    revoked = revoke(command, held, other_admins=admins)
    await access_of(work, command.user_id)
    await remove_grant(work.connection, work.tenant_id, revoked)
    work.record(access_stream(command.user_id), revoked)
    work.answer = {"user_id": str(command.user_id), "role": revoked.role}


def may_give(work: UnitOfWork, held: Collection[tuple[Role, OrgNodeId]]) -> None:
    """Refuse an actor who does not manage access on each of these nodes, or lacks what the roles allow there."""
    nodes: set[OrgNodeId | None] = {node for _, node in held}
    for node in nodes or {None}:
        work.authorise(node)
    check_covers(work.actor, held)


async def roles_of(work: UnitOfWork, user_id: UserId) -> frozenset[tuple[Role, OrgNodeId]]:
    """The grants of a user, from the rows. Raises `NotFound`."""
    # The rows are what opens doors, so they and not the history say what a token would allow.
    found = await grants_of(work.connection, work.tenant_id, user_id)
    if found is None:
        raise NotFound("there is no such user", path=("userId",))
    return found


async def access_of(work: UnitOfWork, user_id: UserId) -> UserAccess:
    """The user's tokens, from their access stream."""
    return await work.load(USER_ACCESS, access_stream(user_id)) or UserAccess()
