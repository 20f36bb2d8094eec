"""Who may be given what: the pure rules. Nobody gives more than they have, and a token is no way around that."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from backend.events.grants import RoleGranted, RoleRevoked, TokenCreated, TokenRevoked
from backend.tenants.actor import Actor, Forbidden
from backend.tenants.capabilities import ROLES, Capability, Role
from backend.values.identifiers import OrgNodeId
from backend.write.access.commands import CreateToken, GrantRole, RevokeRole, RevokeToken
from backend.write.access.refusals import LastAdmin
from backend.write.access.user_access import UserAccess
from backend.write.refusal import AlreadyExists, InvalidValue, NotFound
from backend.write.wording import one_line

MAX_LABEL: Final = 100
MAX_TOKEN_DAYS: Final = 366
MAX_ROLES: Final = 100
MAX_TOKENS: Final = 100
DIGEST_BYTES: Final = 32

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
        raise InvalidValue(f"a user has at most {MAX_ROLES} roles", path=("userId",))
    return RoleGranted(user_id=command.user_id, role=role.value, org_node_id=command.org_node_id)


def revoke(command: RevokeRole, held: Held, *, other_admins: int) -> RoleRevoked:
    """The end of a role. `other_admins` are those who would still manage access in the whole federation."""
    role = role_named(command.role)
    if (role, command.org_node_id) not in held:
        raise NotFound("the user does not have this role there", path=("role",))
    if role in ADMINS and other_admins == 0:
        raise LastAdmin("nobody else can give roles here: make somebody else an administrator first", path=("role",))
    return RoleRevoked(user_id=command.user_id, role=role.value, org_node_id=command.org_node_id)


def create_token(command: CreateToken, access: UserAccess, *, at: datetime) -> TokenCreated:
    """A token that expires `days` from now."""
    if not 1 <= command.days <= MAX_TOKEN_DAYS:
        raise InvalidValue(f"a token lasts 1 to {MAX_TOKEN_DAYS} days", path=("days",))
    if len(command.digest) != DIGEST_BYTES:
        raise InvalidValue("the digest of a token is its SHA-256", path=("digest",))
    if access.valid(at) >= MAX_TOKENS:
        raise InvalidValue(f"a user has at most {MAX_TOKENS} valid tokens: revoke one first", path=("userId",))
    return TokenCreated(
        token_id=command.token_id,
        user_id=command.user_id,
        label=one_line(command.label, MAX_LABEL, path=("label",)),
        expires_at=at + timedelta(days=command.days),
    )


def revoke_token(command: RevokeToken, access: UserAccess) -> TokenRevoked:
    if command.token_id not in access.tokens:
        raise NotFound("the user has no such token", path=("tokenId",))
    return TokenRevoked(token_id=command.token_id, user_id=command.user_id)


def check_covers(giver: Actor, held: Held) -> None:
    """Whoever gives, takes or lends these roles must reach everything they allow. Raises `Forbidden`."""
    for role, node in held:
        for capability in sorted(ROLES[role]):
            if not giver.reach(capability).covers(node):
                raise Forbidden(capability)


def role_named(name: str) -> Role:
    try:
        return Role(name)
    except ValueError:
        raise InvalidValue(f"a role is one of {', '.join(Role)}", path=("role",)) from None
