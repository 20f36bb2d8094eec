"""How long somebody waits to sign in while their federation is being billed, and while it is not."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_bytes
from typing import Final
from uuid import uuid4

from backend.bench.bench import Bench, clocked
from backend.bench.goals import SIGN_IN, Outcome, Round
from backend.bench.world import BenchTenant, a_run, a_tenant, members
from backend.runtime.settings import REPOSITORY
from backend.tenants.actor import door_actor
from backend.tenants.onboarding import add_user
from backend.values.identifiers import RunId, UserId
from backend.write.execute import execute
from backend.write.identity.sessions import OpenSession

# Somebody comes in so often: enough to meet every chunk of a run, and too seldom to be a load.
PAUSE_SECONDS: Final = 0.02
ADDRESS: Final = "203.0.113.77"
AGENT: Final = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass(frozen=True, slots=True)
class Waits:
    """Sorted seconds."""

    seconds: tuple[float, ...]

    def milliseconds(self, share: float) -> float:
        """The wait that this share of all did not exceed; 1: the longest."""
        return self.seconds[min(len(self.seconds) - 1, int(share * len(self.seconds)))] * 1_000

    def told(self, when: str) -> str:
        p50, p99, longest = (self.milliseconds(share) for share in (0.5, 0.99, 1))
        return f"{when}: {len(self.seconds)} sign-ins, p50 {p50:.1f} ms, p99 {p99:.1f} ms, longest {longest:.1f} ms"


async def measure_sign_in(bench: Bench) -> tuple[Outcome, ...]:
    """Sign-ins without a run, during a run of their own federation, and during one of a neighbour's."""
    size, rounds, remarks = bench.size(20_000, 4_000), list[Round](), list[str]()
    tenant, neighbour = await a_tenant(bench.services), await a_tenant(bench.services)
    person = await _a_person(tenant)
    for _ in range(bench.size(3, 1)):
        bench.tell(f"sign-in: two runs of {size}")
        own = await a_run(tenant, await members(tenant, size))
        foreign = await a_run(neighbour, await members(neighbour, size))
        during = await _during(tenant, tenant, own, person, size)
        beside = await _during(tenant, neighbour, foreign, person, size)
        # As many as during the run: the longest of more would be longer.
        without = await _waits(tenant, person, count=len(during.seconds), stop=lambda: False)
        rounds.append(Round(figure=during.milliseconds(1), floor=without.milliseconds(1)))
        remarks += [without.told("without"), during.told("during"), beside.told("beside a neighbour's run")]
    return (Outcome(goal=SIGN_IN, rounds=tuple(rounds), remarks=tuple(remarks)),)


async def _a_person(tenant: BenchTenant) -> UserId:
    user_id = UserId(uuid4())
    async with tenant.services.database.scope(tenant.tenant_id) as connection:
        await add_user(
            connection,
            tenant.tenant_id,
            user_id,
            name="Annika Berg",
            email=f"{user_id}@bench.example",
            at=tenant.services.clock.now(),
        )
    return user_id


async def _during(tenant: BenchTenant, billed: BenchTenant, run_id: RunId, person: UserId, size: int) -> Waits:
    """The waits until the run of `billed` is issued by a process of its own, as by a worker."""
    process = subprocess.Popen(  # noqa: ASYNC220 - as for the web process: uvloop knows no preexec_fn
        [sys.executable, "-m", "backend.bench.run_process", str(billed.tenant_id), str(run_id), str(size)],
        cwd=REPOSITORY,
        env={**os.environ, **tenant.services.settings.to_environ()},
    )
    waits = await _waits(tenant, person, count=None, stop=lambda: process.poll() is not None)
    if process.returncode:
        raise RuntimeError("the run's process failed")
    return waits


async def _waits(tenant: BenchTenant, person: UserId, *, count: int | None, stop: Callable[[], bool]) -> Waits:
    seconds = list[float]()
    while not stop() and (count is None or len(seconds) < count):
        command = OpenSession(
            session_id=uuid4(), user_id=person, digest=token_bytes(32), method="password", agent=AGENT
        )
        actor = door_actor(tenant.tenant_id, person, ip=ADDRESS)
        took, _ = await clocked(execute(tenant.services.write, actor, command))
        seconds.append(took)
        await asyncio.sleep(PAUSE_SECONDS)
    return Waits(tuple(sorted(seconds)))
