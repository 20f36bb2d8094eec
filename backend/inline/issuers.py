"""Which issuers a tenant has: there is one seat for the platform, one for the tenant, one for each org node."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Column, Index, Table, Text, Uuid

from backend.events.issuers import IssuerRegistered
from backend.journal.codec import Recorded
from backend.journal.projection import Target
from backend.rules.issuer_seats import KnownIssuer
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.runtime.tables import read_table
from backend.values.identifiers import TenantId

issuers: Final = read_table(
    "inline_issuers",
    Column("issuer_id", Uuid, nullable=False),
    Column("issuer_type", Text, nullable=False),
    Column("org_node_id", Uuid),
    Column("jurisdiction", Text, nullable=False),
    key=("issuer_id",),
)
Index(
    "inline_issuers_seat",
    issuers.c.tenant_id,
    issuers.c.generation,
    issuers.c.issuer_type,
    issuers.c.org_node_id,
    unique=True,
    postgresql_nulls_not_distinct=True,
)
_COLUMNS: Final = ("tenant_id", "generation", "issuer_id", "issuer_type", "org_node_id", "jurisdiction")


async def issuers_of(connection: Connection, tenant_id: TenantId, generation: int) -> tuple[KnownIssuer, ...]:
    """Every issuer of the tenant: as many as it has org nodes, at most."""
    found = await connection.execute(
        b"SELECT issuer_id, issuer_type, org_node_id, jurisdiction FROM inline_issuers"
        b" WHERE tenant_id = %b AND generation = %b",
        (tenant_id, generation),
    )
    return tuple(KnownIssuer(*row) for row in await found.fetchall())


@dataclass(frozen=True, slots=True)
class _Issuers:
    name: str = "issuer_seats"
    tables: tuple[Table, ...] = (issuers,)
    handles: frozenset[type] = frozenset({IssuerRegistered})

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        rows = []
        for recorded in events:
            e = recorded.event
            rows.append(
                (target.tenant_id, target.generation, e.issuer_id, e.issuer_type, e.issuer_org_node_id, e.jurisdiction)
            )
        await insert_rows(connection, issuers, _COLUMNS, rows)


ISSUERS: Final = _Issuers()
