"""Carrying out the rebuilds that operators asked for. The rows are the truth: a killed worker's come again."""

from backend.journal.rebuilds import asked_rebuilds, rebuild_done, rebuild_failed
from backend.read.rebuild import RebuildLost, RebuildUnderWay, UnreadableJournal, rebuild
from backend.read.registry import projection_named
from backend.runtime.logs import logger
from backend.services import Services
from backend.values.identifiers import TenantId

log = logger(__name__)


async def rebuild_asked(services: Services, tenant_id: TenantId) -> int:
    """Rebuild what was asked for in this tenant, one after the other; answers how many are done."""
    async with services.database.scope(tenant_id) as connection:
        asked = [each.projection for each in await asked_rebuilds(connection, tenant_id) if not each.failed]
    done = 0
    for name in asked:
        try:
            await rebuild(services.database, services.keyring, tenant_id, projection_named(name))
        except RebuildUnderWay:
            # Another worker has it, and removes the row.
            continue
        except (RebuildLost, UnreadableJournal, KeyError) as why:
            log.warning("rebuild.failed", projection=name, error=type(why).__name__, detail=str(why))
            async with services.database.scope(tenant_id) as connection:
                await rebuild_failed(connection, tenant_id, name, f"{type(why).__name__}: {why}")
            continue
        async with services.database.scope(tenant_id) as connection:
            await rebuild_done(connection, tenant_id, name)
        done += 1
        log.info("rebuild.done", projection=name)
    return done
