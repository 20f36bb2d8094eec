"""Open runs, carried on by a worker."""

import pytest
from redis.asyncio import Redis

from backend.runtime.doorbell import Doorbell
from backend.runtime.settings import Settings
from backend.runtime.storage import DocumentStore
from backend.services import Services
from backend.values.identifiers import RunId, TenantId
from backend.worker import runs
from backend.worker.runs import OpenRun, advance, advance_open_runs, open_runs
from backend.write.rates import ExchangeRateUnavailable
from tests.given.federation import Federation
from tests.write.renewals.test_front_door import start


async def test_a_run_that_waits_stops_no_other(
    federation: Federation, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C49: a run without a rate waits for one; the run behind it is issued, and the sweep comes back to the first."""
    write = federation.write
    services = Services(
        settings=settings,
        database=write.database,
        keyring=write.keyring,
        clock=write.clock,
        write=write,
        store=DocumentStore.from_url("memory:///"),
        doorbell=Doorbell(Redis.from_url(settings.redis_url)),
    )
    waiting, sound = [await start(federation, await federation.members(2)) for _ in range(2)]

    async def without_rate(services: Services, tenant_id: TenantId, run: OpenRun) -> None:
        if run.run_id == waiting:
            raise ExchangeRateUnavailable("no rate")
        await advance(services, tenant_id, run)

    async def still_open() -> list[RunId]:
        return [run.run_id for run in await open_runs(write.database, federation.tenant_id)]

    monkeypatch.setattr(runs, "advance", without_rate)
    assert await still_open() == [waiting, sound]
    await advance_open_runs(services, federation.tenant_id)
    assert await still_open() == [waiting]
