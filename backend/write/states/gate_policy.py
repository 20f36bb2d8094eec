"""The gate's policy as an aggregate: the last one set."""

from typing import Any, Final

from backend.events.gate import GatePolicySet
from backend.values.gate import GatePolicy
from backend.values.identifiers import StreamId, TenantId, tenant_stream
from backend.write.states.aggregate import Aggregate


def evolve(policy: GatePolicy | None, event: Any) -> GatePolicy | None:
    """One fold over the tenant's gate stream."""
    return event.policy if isinstance(event, GatePolicySet) else policy


GATE_POLICY: Final = Aggregate[GatePolicy]("gate policy", evolve)


def gate_stream(tenant_id: TenantId) -> StreamId:
    """The stream of the tenant's gate policy."""
    return tenant_stream(tenant_id, "gate")
