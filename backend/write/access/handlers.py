"""Handlers of access commands: load, authorise, decide; the row and its event are written in one transaction."""

from collections.abc import Collection

from backend.tenants.capabilities import Role
from backend.tenants.grants import add_credential, add_grant, grants_of, other_admins, remove_credential, remove_grant
from backend.tenants.nodes import existing_nodes
from backend.values.identifiers import OrgNodeId, UserId
from backend.write.access import decisions
from backend.write.access.commands import CreateToken, GrantRole, RevokeRole, RevokeToken
from backend.write.access.user_access import USER_ACCESS, UserAccess, access_stream
from backend.write.refusal import InvalidValue, NotFound
from backend.write.unit_of_work import UnitOfWork


async def grant_role(command: GrantRole, work: UnitOfWork) -> None:
    _may_give(work, {(decisions.role_named(command.role), command.org_node_id)})
    held = await _grants_of(work, command.user_id)
    if command.org_node_id not in await existing_nodes(work.connection, work.tenant_id, (command.org_node_id,)):
        raise InvalidValue("there is no such org node in this tenant", path=("orgNodeId",))
    granted = decisions.grant(command, held)
    await _access(work, command.user_id)
    await add_grant(work.connection, work.tenant_id, granted)
    work.record(access_stream(command.user_id), granted)
    work.answer = {"user_id": str(command.user_id), "role": granted.role}


async def revoke_role(command: RevokeRole, work: UnitOfWork) -> None:
    _may_give(work, {(decisions.role_named(command.role), command.org_node_id)})
    held = await _grants_of(work, command.user_id)
    admins = await other_admins(
        work.connection, work.tenant_id, decisions.ADMINS, but=(command.user_id, command.role, command.org_node_id)
    )
    revoked = decisions.revoke(command, held, other_admins=admins)
    await _access(work, command.user_id)
    await remove_grant(work.connection, work.tenant_id, revoked)
    work.record(access_stream(command.user_id), revoked)
    work.answer = {"user_id": str(command.user_id), "role": revoked.role}


async def create_token(command: CreateToken, work: UnitOfWork) -> None:
    _may_give(work, await _grants_of(work, command.user_id))
    created = decisions.create_token(command, await _access(work, command.user_id), at=work.now)
    await add_credential(work.connection, created, digest=command.digest)
    work.record(access_stream(command.user_id), created)
    work.answer = {"token_id": str(created.token_id), "expires_at": created.expires_at.isoformat()}


async def revoke_token(command: RevokeToken, work: UnitOfWork) -> None:
    _may_give(work, await _grants_of(work, command.user_id))
    revoked = decisions.revoke_token(command, await _access(work, command.user_id))
    await remove_credential(work.connection, revoked)
    work.record(access_stream(command.user_id), revoked)
    work.answer = {"token_id": str(revoked.token_id)}


def _may_give(work: UnitOfWork, held: Collection[tuple[Role, OrgNodeId]]) -> None:
    """The actor manages access on every node concerned, and has every capability that is at stake there."""
    nodes: set[OrgNodeId | None] = {node for _, node in held}
    for node in nodes or {None}:
        work.authorise(node)
    decisions.check_covers(work.actor, held)


async def _grants_of(work: UnitOfWork, user_id: UserId) -> frozenset[tuple[Role, OrgNodeId]]:
    # The rows are what opens doors, so they and not the history say what a token would allow.
    found = await grants_of(work.connection, work.tenant_id, user_id)
    if found is None:
        raise NotFound("there is no such user", path=("userId",))
    return found


async def _access(work: UnitOfWork, user_id: UserId) -> UserAccess:
    return await work.load(USER_ACCESS, access_stream(user_id)) or UserAccess()
