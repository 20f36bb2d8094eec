"""Who acts: the tenant they are in, and how far each of their capabilities reaches in the org tree."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from backend.tenants.capabilities import Capability
from backend.values.identifiers import OrgNodeId, TenantId, UserId


class Forbidden(Exception):
    """The actor lacks the capability, or it does not reach the org node. The message names the capability only."""

    def __init__(self, capability: Capability) -> None:
        super().__init__(f"you may not do this: it needs the capability {capability.value} here")
        self.capability = capability


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a capability goes: every org node of the tenant (`nodes is None`), or exactly `nodes`."""

    nodes: frozenset[OrgNodeId] | None

    def covers(self, node: OrgNodeId | None) -> bool:
        """`None` means the tenant as a whole, which only an unlimited reach covers."""
        return self.nodes is None or (node is not None and node in self.nodes)

    @property
    def array(self) -> list[UUID] | None:
        """For SQL: `(%b::uuid[] IS NULL OR org_node_id = ANY(%b))`."""
        return None if self.nodes is None else list(self.nodes)


EVERYWHERE = Reach(None)
NOWHERE = Reach(frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An authenticated user, token or worker. `principal` is what the journal records (`user:<uuid>`).

    Who came by a session has its id, and the moment of the last sign-in: dangerous commands ask how long ago that was.
    `time_zone` is the tenant's, for whoever came by a credential; our own processes ask where they need it.
    """

    tenant_id: TenantId
    principal: str
    user_id: UserId | None = None
    reaches: dict[Capability, Reach] = field(default_factory=dict)
    ip: str | None = None
    session_id: UUID | None = None
    fresh_at: datetime | None = None
    time_zone: str = ""

    def reach(self, capability: Capability) -> Reach:
        """How far the capability goes. Raises `Forbidden` when the actor does not have it at all."""
        found = self.reaches.get(capability, NOWHERE)
        if found.nodes is not None and not found.nodes:
            raise Forbidden(capability)
        return found

    def reader(self, capability: Capability) -> "Reader":
        """The scope of a query that needs `capability`. Raises `Forbidden`."""
        return Reader(tenant_id=self.tenant_id, reach=self.reach(capability))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """The scope of a query: the tenant whose data is read, and which org nodes of it."""

    tenant_id: TenantId
    reach: Reach = EVERYWHERE


def system_actor(tenant_id: TenantId, name: str, *only: Capability) -> Actor:
    """One of our own processes, which may do everything in a tenant, or exactly what `only` says. The journal
    says that it did it."""
    return Actor(tenant_id=tenant_id, principal=f"system:{name}", reaches=dict.fromkeys(only or Capability, EVERYWHERE))


def operator_actor(operator: Actor, tenant_id: TenantId, *capabilities: Capability) -> Actor:
    """An operator of the platform, acting in a tenant it looks after with exactly these capabilities. The tenant's
    journal names them as `operator:`; a fresh sign-in is theirs. Raises `Forbidden` for anybody else."""
    if operator.user_id is None or operator.reach(Capability.PLATFORM_OPERATE).nodes is not None:
        raise Forbidden(Capability.PLATFORM_OPERATE)
    return Actor(
        tenant_id=tenant_id,
        principal=f"operator:{operator.user_id}",
        user_id=operator.user_id,
        reaches=dict.fromkeys(capabilities, EVERYWHERE),
        ip=operator.ip,
        session_id=operator.session_id,
        fresh_at=operator.fresh_at,
    )


def door_actor(
    tenant_id: TenantId,
    user_id: UserId | None,
    *,
    ip: str | None = None,
    session_id: UUID | None = None,
    fresh_at: datetime | None = None,
) -> Actor:
    """The door itself, recording what a person does to their own access: to sign in, nobody needs a role. The journal
    names the person."""
    return Actor(
        tenant_id=tenant_id,
        principal=f"user:{user_id}" if user_id else "system:door",
        user_id=user_id,
        reaches={Capability.SYSTEM: EVERYWHERE},
        ip=ip,
        session_id=session_id,
        fresh_at=fresh_at,
    )
