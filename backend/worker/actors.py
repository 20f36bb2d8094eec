"""The actors: each looks at one tenant's rows and does what is due. Running one twice, or never, loses nothing."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from uuid import UUID

import dramatiq

from backend.inline.open_runs import RUNS
from backend.inline.outbound_work import OUTBOUND
from backend.journal.tables import REBUILDS, RETENTION
from backend.outbound.senders.document_mail import DocumentMail
from backend.outbound.senders.letter import Letter
from backend.outbound.work import send_due
from backend.read.catch_up import PROJECTIONS
from backend.runtime.logs import bound, logger
from backend.runtime.settings import Settings
from backend.values.identifiers import TenantId
from backend.worker.broker import make_broker
from backend.worker.consumers import consume_all
from backend.worker.process import WorkerProcess, opened
from backend.worker.rebuilds import rebuild_asked
from backend.worker.retention import prune_old
from backend.worker.runs import advance_open_runs

# A rebuild reads a whole journal; killed, it leaves the live rows as they were and begins again.
REBUILD_LIMIT_MS: Final = 6 * 3_600_000

log = logger(__name__)
make_broker(Settings.from_environ().redis_url)

# What this process is doing now: a second message for the same work has nothing to add.
_busy: Final[set[tuple[str, str]]] = set()


@dramatiq.actor(queue_name=PROJECTIONS.name, max_age=60_000)
async def project(tenant_id: str) -> None:
    """Bring the tenant's read models up to the head of its journal, mirror what it sent to other tenants, and delete
    the pages of people who were erased."""
    await _alone("project", tenant_id, _project)


@dramatiq.actor(queue_name=RUNS.name, max_age=60_000)
async def advance_runs(tenant_id: str) -> None:
    """Issue the remaining chunks of the tenant's open runs."""
    await _alone("advance_runs", tenant_id, _advance)


@dramatiq.actor(queue_name=OUTBOUND.name, max_age=60_000)
async def deliver(tenant_id: str) -> None:
    """Attempt everything that is due to leave the tenant, until nothing is."""
    await _alone("deliver", tenant_id, _deliver)


@dramatiq.actor(queue_name=REBUILDS.name, max_age=60_000, time_limit=REBUILD_LIMIT_MS)
async def rebuild(tenant_id: str) -> None:
    """Compute anew the read models of the tenant that an operator asked for."""
    await _alone("rebuild", tenant_id, _rebuild)


@dramatiq.actor(queue_name=RETENTION.name, max_age=60_000)
async def prune(tenant_id: str) -> None:
    """Let the tenant's access book go of what is older than its period."""
    await _alone("prune", tenant_id, _prune)


# Who does which kind of due work.
ACTORS: Final[Mapping[str, dramatiq.Actor[..., Any]]] = {
    PROJECTIONS.name: project,
    RUNS.name: advance_runs,
    OUTBOUND.name: deliver,
    REBUILDS.name: rebuild,
    RETENTION.name: prune,
}


async def _project(process: WorkerProcess, tenant_id: TenantId) -> None:
    await consume_all(process.services, tenant_id)


async def _advance(process: WorkerProcess, tenant_id: TenantId) -> None:
    await advance_open_runs(process.services, tenant_id)


async def _rebuild(process: WorkerProcess, tenant_id: TenantId) -> None:
    await rebuild_asked(process.services, tenant_id)


async def _prune(process: WorkerProcess, tenant_id: TenantId) -> None:
    await prune_old(process.services, tenant_id)


async def _deliver(process: WorkerProcess, tenant_id: TenantId) -> None:
    senders = (Letter(process.services, process.smtp), DocumentMail(process.services, process.smtp, process.renderers))
    while await send_due(process.services, senders, tenant_id):
        pass


async def _alone(name: str, tenant: str, work: Callable[[WorkerProcess, TenantId], Awaitable[None]]) -> None:
    if (name, tenant) in _busy:
        return
    _busy.add((name, tenant))
    try:
        with bound(tenant=tenant, actor=name):
            await work(await opened(), TenantId(UUID(tenant)))
    finally:
        _busy.discard((name, tenant))
