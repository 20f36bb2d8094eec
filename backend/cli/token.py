"""`carreau token`: a bearer token for a script, with one role on one part of a federation."""

from __future__ import annotations

import argparse
import contextlib
import sys
from typing import TYPE_CHECKING, Final

from backend.cli.with_services import CannotGoOn, run_with_services, tenant_named
from backend.tenants.capabilities import Role

if TYPE_CHECKING:
    from backend.cli import Commands
    from backend.services import Services
    from backend.values.identifiers import OrgNodeId, TenantId, UserId

DAYS: Final = 30
CODES_SHOWN: Final = 20


def register(commands: Commands) -> None:
    parser = commands.add_parser("token", help="make a bearer token for a script, and print it once")
    parser.add_argument("--tenant", required=True, metavar="SLUG", help="the federation, by its slug")
    parser.add_argument("--role", required=True, choices=[role.value for role in Role], help="what it may do")
    parser.add_argument("--node", default="", metavar="CODE", help="a district or club; default: the whole federation")
    parser.add_argument("--days", type=int, default=DAYS, help=f"how long it works (default {DAYS})")
    parser.set_defaults(run=lambda said: run_with_services(lambda services: token(services, said)))


async def token(services: Services, said: argparse.Namespace) -> int:
    """Print the token on stdout, alone, so that `TOKEN=$(./carreau token …)` holds it; the rest goes to stderr."""
    made = await make_token(services, slug=said.tenant, role=Role(said.role), node_code=said.node, days=said.days)
    where = said.node or said.tenant
    print(f"carreau: {said.role} of {where}, for {said.days} days; it is shown this once", file=sys.stderr)
    print(made)
    return 0


async def make_token(services: Services, *, slug: str, role: Role, node_code: str, days: int) -> str:
    """A token of the service user for this role on this node, who is made at the first call."""
    from backend.api.dispatch import record
    from backend.tenants.actor import system_actor
    from backend.tenants.directory import new_token, token_digest
    from backend.values.identifiers import TokenId
    from backend.write.access.tokens import CreateToken

    tenant_id = (await tenant_named(services, slug)).tenant_id
    user_id = await _service_user(services, tenant_id, role, await _node(services, tenant_id, node_code))
    made = new_token()
    # Nobody gives more than they have, so whoever makes a token for any role has every capability.
    await record(
        services,
        system_actor(tenant_id, "command-line"),
        CreateToken(
            token_id=TokenId(services.write.new_id()),
            user_id=user_id,
            digest=token_digest(made),
            label=f"carreau token, {role.value}",
            days=days,
        ),
    )
    return made


async def _service_user(services: Services, tenant_id: TenantId, role: Role, node: OrgNodeId) -> UserId:
    from backend.api.dispatch import record
    from backend.tenants.actor import system_actor
    from backend.tenants.onboarding import add_user
    from backend.tenants.people import is_known
    from backend.values.identifiers import UserId, derived_id
    from backend.write.access.roles import GrantRole
    from backend.write.refusal import AlreadyExists

    user_id = UserId(derived_id(tenant_id, f"service-user:{role.value}:{node}"))
    async with services.database.scope(tenant_id) as connection:
        if not await is_known(connection, tenant_id, user_id):
            # `.invalid` is a domain that can never receive mail (RFC 2606).
            email = f"{user_id}@service.invalid"
            name = f"Service: {role.value}"
            await add_user(connection, tenant_id, user_id, name=name, email=email, at=services.clock.now())
    grant = GrantRole(user_id=user_id, role=role.value, org_node_id=node)
    with contextlib.suppress(AlreadyExists):
        await record(services, system_actor(tenant_id, "command-line"), grant)
    return user_id


async def _node(services: Services, tenant_id: TenantId, code: str) -> OrgNodeId:
    """The org node of this code, or the root. Raises `CannotGoOn`, naming a few that exist."""
    from backend.tenants.nodes import nodes_of

    async with services.database.scope(tenant_id) as connection:
        tree = await nodes_of(connection, tenant_id)
    found = next((node for node in tree if node.code == code or (not code and node.parent is None)), None)
    if found is None:
        codes = ", ".join(node.code for node in tree[:CODES_SHOWN])
        raise CannotGoOn(f"there is no org node {code!r}; some that exist: {codes}")
    return found.node
