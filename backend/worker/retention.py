"""Prunes the access book of a tenant: deletes what is older than its period, some days of it at a time."""

from datetime import timedelta

from backend.runtime.logs import logger
from backend.services import Services
from backend.tenants.actor import system_actor
from backend.values.identifiers import TenantId
from backend.write.access.prune import PruneAccessBook
from backend.write.execute import execute

log = logger(__name__)


async def prune_old(services: Services, tenant_id: TenantId) -> int:
    """Prune until nothing is left that is older; how many rows went. Between two steps people sign in."""
    kept = timedelta(days=services.settings.access_retention_days)
    command = PruneAccessBook(signed_before=services.clock.now().date() - kept)
    actor, gone = system_actor(tenant_id, "retention"), 0
    while pruned := (await execute(services.write, actor, command)).answer["pruned"]:
        gone += pruned
    if gone:
        log.info("retention.pruned", rows=gone)
    return gone
