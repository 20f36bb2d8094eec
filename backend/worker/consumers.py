"""Everybody who consumes a tenant's journal, one after the other: the read models first, because others read them."""

from backend.journal.subscription import note_consumed
from backend.policies.forgetting import forget
from backend.policies.mirroring import mirror
from backend.read.catch_up import catch_up
from backend.services import Services
from backend.values.identifiers import TenantId


async def consume_all(services: Services, tenant_id: TenantId) -> None:
    """Bring the read models up to the head of the journal, mirror what was sent to other tenants, delete the pages of
    people who were erased; then note how far all of them came, so that the sweep passes the tenant by."""
    await catch_up(services.database, services.keyring, tenant_id)
    await mirror(services.write, tenant_id)
    await forget(services, tenant_id)
    async with services.database.scope(tenant_id) as connection:
        await note_consumed(connection, tenant_id)
