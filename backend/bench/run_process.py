"""A run that another process issues, as a worker does while people sign in."""

import asyncio
import sys
from uuid import UUID

from backend.runtime.settings import Settings
from backend.services import open_services
from backend.tenants.actor import system_actor
from backend.values.identifiers import RunId, TenantId
from backend.write.execute import execute
from backend.write.renewals.issue_chunk import IssueRunChunk
from backend.write.renewals.start import CHUNK_SIZE


async def issue(tenant_id: TenantId, run_id: RunId, size: int) -> None:
    """Every chunk of the run, one after the other, without a pause."""
    async with open_services(Settings.from_environ()) as services:
        for chunk in range(-(-size // CHUNK_SIZE)):
            await execute(services.write, system_actor(tenant_id, "bench"), IssueRunChunk(run_id=run_id, chunk=chunk))


if __name__ == "__main__":
    tenant, run, size = sys.argv[1:]
    asyncio.run(issue(TenantId(UUID(tenant)), RunId(UUID(run)), int(size)))
