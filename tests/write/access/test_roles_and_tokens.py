"""Who may be given what: pure."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from backend.tenants.actor import EVERYWHERE, Actor, Forbidden, Reach
from backend.tenants.capabilities import ROLES, Capability, Role
from backend.values.identifiers import OrgNodeId, TenantId, UserId
from backend.write.access.roles import GrantRole, LastAdmin, RevokeRole, check_covers, grant, revoke
from backend.write.access.tokens import MAX_TOKENS, CreateToken, RevokeToken, token_created, token_revoked
from backend.write.refusal import AlreadyExists, InvalidValue, NotFound
from backend.write.states.user_access import UserAccess

USER, NODE, ELSEWHERE = UserId(uuid4()), OrgNodeId(uuid4()), OrgNodeId(uuid4())
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def a_token(*, days: int = 30, label: str = "script", digest: bytes = b"x" * 32) -> CreateToken:
    return CreateToken(token_id=uuid4(), user_id=USER, digest=digest, label=label, days=days)


def an_actor(role: Role, node: OrgNodeId | None) -> Actor:
    reach = EVERYWHERE if node is None else Reach(frozenset({node}))
    reaches = dict.fromkeys(ROLES[role], reach)
    return Actor(tenant_id=TenantId(uuid4()), principal="user:test", reaches=reaches)


def test_a_role_is_granted_once() -> None:
    command = GrantRole(user_id=USER, role="auditor", org_node_id=NODE)
    assert grant(command, ()).role == "auditor"
    with pytest.raises(AlreadyExists):
        grant(command, {(Role.AUDITOR, NODE)})


def test_only_known_roles_are_granted() -> None:
    with pytest.raises(InvalidValue) as refused:
        grant(GrantRole(user_id=USER, role="emperor", org_node_id=NODE), ())
    assert refused.value.path == ("role",)


def test_only_a_role_that_is_held_is_revoked() -> None:
    command = RevokeRole(user_id=USER, role="auditor", org_node_id=NODE)
    assert revoke(command, {(Role.AUDITOR, NODE)}, other_admins=0).org_node_id == NODE
    with pytest.raises(NotFound):
        revoke(command, {(Role.AUDITOR, ELSEWHERE)}, other_admins=1)


def test_the_last_who_can_give_roles_keeps_theirs() -> None:
    for role in (Role.FEDERATION_ADMIN, Role.PLATFORM_OPERATOR):
        command = RevokeRole(user_id=USER, role=role.value, org_node_id=NODE)
        assert revoke(command, {(role, NODE)}, other_admins=1).role == role.value
        with pytest.raises(LastAdmin):
            revoke(command, {(role, NODE)}, other_admins=0)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_gives_more_than_they_have(role: Role) -> None:
    """S002 item 3: roles are scoped to a subtree; a treasurer makes no administrator."""
    check_covers(an_actor(Role.PLATFORM_OPERATOR, None), {(role, NODE)})
    check_covers(an_actor(role, NODE), {(role, NODE)})
    with pytest.raises(Forbidden):
        check_covers(an_actor(role, NODE), {(role, ELSEWHERE)})
    if role is Role.PLATFORM_OPERATOR:
        with pytest.raises(Forbidden):
            check_covers(an_actor(Role.FEDERATION_ADMIN, None), {(role, NODE)})


def test_no_role_of_a_person_includes_what_only_our_workers_may() -> None:
    assert not [role for role, capabilities in ROLES.items() if Capability.SYSTEM in capabilities]


def test_a_token_expires_after_its_days() -> None:
    assert token_created(a_token(days=7), UserAccess(), at=NOW).expires_at == NOW + timedelta(days=7)


@pytest.mark.parametrize(
    ("command", "path"),
    [
        (a_token(days=0), ("days",)),
        (a_token(days=367), ("days",)),
        (a_token(label=" "), ("label",)),
        (a_token(label="x" * 101), ("label",)),
        (a_token(digest=b"short"), ("digest",)),
    ],
)
def test_a_token_has_limits(command: CreateToken, path: tuple[str, ...]) -> None:
    with pytest.raises(InvalidValue) as refused:
        token_created(command, UserAccess(), at=NOW)
    assert refused.value.path == path


def test_expired_tokens_do_not_count_against_the_limit() -> None:
    expired = UserAccess(tokens={uuid4(): NOW for _ in range(MAX_TOKENS)})
    token_created(a_token(), expired, at=NOW)
    valid = UserAccess(tokens={uuid4(): NOW + timedelta(days=1) for _ in range(MAX_TOKENS)})
    with pytest.raises(InvalidValue):
        token_created(a_token(), valid, at=NOW)


def test_only_a_token_of_the_user_is_revoked() -> None:
    token: UUID = uuid4()
    access = UserAccess(tokens={token: NOW})
    assert token_revoked(RevokeToken(user_id=USER, token_id=token), access).token_id == token
    with pytest.raises(NotFound):
        token_revoked(RevokeToken(user_id=USER, token_id=uuid4()), access)
