"""The gate's policy in force, so that a decision is one snapshot of two small tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
from sqlalchemy import Column, Table
from sqlalchemy.dialects.postgresql import JSONB

from backend.events.gate import GatePolicySet
from backend.journal.codec import Recorded
from backend.journal.projection import Target
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.runtime.tables import read_table
from backend.values.gate import GatePolicy
from backend.values.identifiers import TenantId

gate_policies: Final = read_table("inline_gate_policies", Column("policy", JSONB, nullable=False), key=())


def read_policy(stored: object) -> GatePolicy:
    """The policy of a stored row; the default policy where the tenant never set one."""
    return msgspec.convert(stored, GatePolicy) if stored else GatePolicy()


async def gate_policy(connection: Connection, tenant_id: TenantId, generation: int) -> GatePolicy:
    """The policy in force."""
    found = await connection.execute(
        b"SELECT policy FROM inline_gate_policies WHERE tenant_id = %b AND generation = %b", (tenant_id, generation)
    )
    row = await found.fetchone()
    return read_policy(row[0] if row else None)


@dataclass(frozen=True, slots=True)
class _GatePolicies:
    name: str = "gate_policies"
    tables: tuple[Table, ...] = (gate_policies,)
    handles: frozenset[type] = frozenset({GatePolicySet})

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        policy = msgspec.json.encode(events[-1].event.policy).decode()
        await insert_rows(
            connection,
            gate_policies,
            ("tenant_id", "generation", "policy"),
            [(target.tenant_id, target.generation, policy)],
            conflict="ON CONFLICT (tenant_id, generation) DO UPDATE SET policy = excluded.policy",
        )


GATE_POLICIES: Final = _GatePolicies()
