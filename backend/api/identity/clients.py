"""API clients as an administrator sees them: registering one shows its private key once."""

import json
from typing import Any

from backend.api.dispatch import carry_out
from backend.api.graphql.identifiers import encoded, the
from backend.api.identity.bodies import NewClient
from backend.api.identity.keys import UnusableKey, new_key, public_part, thumbprint
from backend.api.identity.sessions import path_id
from backend.api.identity.token import audiences
from backend.api.identity.view import instant
from backend.api.identity.visit import Answer, TurnedAway, Visit
from backend.tenants.actor import Reach
from backend.tenants.capabilities import Capability
from backend.tenants.identity.clients import ApiClient, clients_of, public_client_id
from backend.values.identifiers import OrgNodeId, TenantId
from backend.write.identity.clients import RegisterApiClient, RevokeApiClient


async def listed(visit: Visit) -> Answer:
    actor = visit.actor
    reach: Reach = actor.reach(Capability.ACCESS_MANAGE)
    async with visit.services.database.scope(actor.tenant_id) as connection:
        found = [each for each in await clients_of(connection, actor.tenant_id) if reach.covers(each.org_node_id)]
        rows = await connection.execute(
            b"SELECT org_node_id, name, kind FROM org_nodes WHERE tenant_id = %b AND org_node_id = ANY(%b)",
            (actor.tenant_id, [each.org_node_id for each in found]),
        )
        nodes = {
            row[0]: {"id": encoded("OrgNode", row[0]), "name": row[1], "kind": row[2]} for row in await rows.fetchall()
        }
    clients = [_shown(actor.tenant_id, each, nodes[each.org_node_id]) for each in found]
    endpoint, origin = audiences(visit.services.settings)
    return Answer(body={"clients": clients, "audience": origin, "token_endpoint": endpoint})


async def register(visit: Visit, said: NewClient) -> Answer:
    """With a key of its own, or with one that is made here, shown once, and not kept."""
    private = new_key() if said.public_jwk is None else None
    try:
        public = public_part(private or said.public_jwk or {})
    except UnusableKey as unusable:
        raise TurnedAway(400, "INVALID_VALUE", str(unusable), pointer=("public_jwk",)) from None
    client_id = visit.services.write.new_id()
    command = RegisterApiClient(
        client_id=client_id,
        name=said.name,
        capabilities=tuple(said.capabilities),
        org_node_id=OrgNodeId(the("OrgNode", said.org_node_id, "org_node_id")),
        public_jwk=json.dumps(public),
        thumbprint=thumbprint(public),
        days=said.days,
    )
    await carry_out(visit.services, visit.actor, command)
    shown = {**private, "kid": thumbprint(public)} if private else None
    body = {"id": str(client_id), "client_id": public_client_id(visit.actor.tenant_id, client_id), "private_jwk": shown}
    return Answer(body=body, status=201)


async def revoke(visit: Visit) -> Answer:
    await carry_out(visit.services, visit.actor, RevokeApiClient(client_id=path_id(visit, "client_id")))
    return Answer(status=204)


def _shown(tenant_id: TenantId, client: ApiClient, node: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(client.client_id),
        "client_id": public_client_id(tenant_id, client.client_id),
        "name": client.name,
        "capabilities": list(client.capabilities),
        "org_node": node,
        "created_at": instant(client.registered_at),
        "expires_at": instant(client.expires_at),
        "last_used_at": instant(client.used_at),
        "revoked_at": instant(client.revoked_at),
    }
