"""API clients as an administrator sees them: registering one shows its private key once."""

import json
from uuid import UUID

from backend.api.dispatch import carry_out
from backend.api.graphql.identifiers import encoded, the
from backend.api.identity.answers import ClientMade, Clients, ClientShown, OrgNodeShown
from backend.api.identity.bodies import NewClient
from backend.api.identity.keys import UnusableKey, new_key, public_part, thumbprint
from backend.api.identity.token import audiences
from backend.api.identity.view import instant, instant_or_none
from backend.api.rest.endpoint import Call, Declined
from backend.rules.org_tree import Node
from backend.tenants.actor import Reach
from backend.tenants.capabilities import Capability
from backend.tenants.identity.clients import ApiClient, clients_of, public_client_id
from backend.tenants.nodes import nodes_named
from backend.values.identifiers import OrgNodeId, TenantId
from backend.write.identity.clients import RegisterApiClient, RevokeApiClient


async def list_clients(call: Call) -> Clients:
    """The programs within your reach, and the address that they sign their assertions for."""
    actor = call.actor
    reach: Reach = actor.reach(Capability.ACCESS_MANAGE)
    async with call.services.database.scope(actor.tenant_id) as connection:
        found = [each for each in await clients_of(connection, actor.tenant_id) if reach.covers(each.org_node_id)]
        nodes = await nodes_named(connection, actor.tenant_id, [each.org_node_id for each in found])
    clients = [_shown(actor.tenant_id, each, nodes[each.org_node_id]) for each in found]
    endpoint, origin = audiences(call.services.settings)
    return Clients(clients=clients, audience=origin, token_endpoint=endpoint)


async def register_client(call: Call, body: NewClient) -> ClientMade:
    """Register a program with a key of its own, or with one that is made here, shown once, and not kept."""
    private = new_key() if body.public_jwk is None else None
    try:
        public = public_part(private or body.public_jwk or {})
    except UnusableKey as unusable:
        raise Declined(400, "INVALID_VALUE", str(unusable), path=("public_jwk",)) from None
    client_id = call.services.write.new_id()
    command = RegisterApiClient(
        client_id=client_id,
        name=body.name,
        capabilities=tuple(body.capabilities),
        org_node_id=OrgNodeId(the("OrgNode", body.org_node_id, "org_node_id")),
        public_jwk=json.dumps(public),
        thumbprint=thumbprint(public),
        days=body.days,
    )
    await carry_out(call.services, call.actor, command)
    shown = {**private, "kid": thumbprint(public)} if private else None
    public_id = public_client_id(call.actor.tenant_id, client_id)
    return ClientMade(id=str(client_id), client_id=public_id, private_jwk=shown)


async def revoke_client(call: Call, client_id: UUID) -> None:
    """End a program's access."""
    await carry_out(call.services, call.actor, RevokeApiClient(client_id=client_id))


def _shown(tenant_id: TenantId, client: ApiClient, node: Node) -> ClientShown:
    return ClientShown(
        id=str(client.client_id),
        client_id=public_client_id(tenant_id, client.client_id),
        name=client.name,
        capabilities=list(client.capabilities),
        org_node=OrgNodeShown(id=encoded("OrgNode", node.node), name=node.name, kind=node.kind),
        created_at=instant(client.registered_at),
        expires_at=instant(client.expires_at),
        last_used_at=instant_or_none(client.used_at),
        revoked_at=instant_or_none(client.revoked_at),
    )
