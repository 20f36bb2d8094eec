"""Read models somebody asked to have computed anew: rows that a worker carries out, so that a crash forgets none."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from backend.runtime.database import Connection, ReadConnection
from backend.values.identifiers import TenantId

MAX_FAILED_TEXT: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRebuild:
    """One read model that waits to be rebuilt, or is being rebuilt; `failed` says why it could not be."""

    projection: str
    asked_at: datetime
    failed: str


async def ask_for_rebuild(connection: Connection, tenant_id: TenantId, projection: str, *, at: datetime) -> None:
    """Request that a read model is rebuilt. A request that failed is tried again."""
    await connection.execute(
        b"INSERT INTO rebuild_requests (tenant_id, projection, asked_at) VALUES (%b, %b, %b)"
        b" ON CONFLICT (tenant_id, projection) DO UPDATE SET asked_at = excluded.asked_at, failed = NULL",
        (tenant_id, projection, at),
    )


async def known_projections(connection: Connection, tenant_id: TenantId) -> frozenset[str]:
    """The read models of the tenant, as its live checkpoints name them."""
    found = await connection.execute(b"SELECT projection FROM checkpoints WHERE tenant_id = %b AND live", (tenant_id,))
    return frozenset(row[0] for row in await found.fetchall() if is_read_model(row[0]))


def is_read_model(checkpoint: str) -> bool:
    """Whether a checkpoint is that of a read model. A policy has one too (`policy:mirroring`): it sends commands as it
    goes, so it lags like the others, and going through it all again would be another thing."""
    return not checkpoint.startswith("policy:")


async def asked_rebuilds(connection: ReadConnection, tenant_id: TenantId) -> tuple[AskedRebuild, ...]:
    """What was asked for and is not done, the oldest first."""
    found = await connection.execute(
        b"SELECT projection, asked_at, coalesce(failed, '') FROM rebuild_requests WHERE tenant_id = %b"
        b" ORDER BY asked_at, projection",
        (tenant_id,),
    )
    return tuple(AskedRebuild(projection=row[0], asked_at=row[1], failed=row[2]) for row in await found.fetchall())


async def rebuild_done(connection: Connection, tenant_id: TenantId, projection: str) -> None:
    """Delete the request: the read model was rebuilt."""
    await connection.execute(
        b"DELETE FROM rebuild_requests WHERE tenant_id = %b AND projection = %b", (tenant_id, projection)
    )


async def rebuild_failed(connection: Connection, tenant_id: TenantId, projection: str, why: str) -> None:
    """Note why the rebuild failed. The request waits for a person now, and no longer for a worker."""
    await connection.execute(
        b"UPDATE rebuild_requests SET failed = %b WHERE tenant_id = %b AND projection = %b",
        (why[:MAX_FAILED_TEXT], tenant_id, projection),
    )
