"""Leases of due dispatches: nobody sends twice, and what a dead worker began is never forgotten (real PostgreSQL)."""

from datetime import timedelta
from uuid import uuid4

from backend.inline.outbound_work import DOCUMENT_MAIL
from backend.outbound.claims import LEASE, Claim, claim_due, mark_started
from backend.runtime.clock import TravellingClock
from tests.given.federation import Federation
from tests.given.invoices import an_issued_invoice


async def claimed(federation: Federation, clock: TravellingClock, *, started: bool = False) -> tuple[Claim, ...]:
    """What a worker gets now; `started` says that it began to send."""
    lease, database = uuid4(), federation.write.database
    claims = await claim_due(database, federation.tenant_id, {DOCUMENT_MAIL}, lease=lease, now=clock.now(), limit=10)
    for claim in claims if started else ():
        assert await mark_started(database, federation.tenant_id, claim.work_id, lease=lease, now=clock.now())
    return claims


async def test_two_workers_never_claim_the_same_dispatch(federation: Federation, clock: TravellingClock) -> None:
    """I06: a leased row is nobody else's until the lease ends."""
    await an_issued_invoice(federation, deliver=True)
    assert [claim.interrupted for claim in await claimed(federation, clock)] == [False]
    assert await claimed(federation, clock) == ()
    clock.travel_to(clock.now() + LEASE + timedelta(seconds=1))
    assert [claim.interrupted for claim in await claimed(federation, clock)] == [False]


async def test_an_interrupted_dispatch_stays_so_until_somebody_reported_it(
    federation: Federation, clock: TravellingClock
) -> None:
    """F04, F05, I06: a second worker that dies before its report must not make the first one's copy forgotten."""
    await an_issued_invoice(federation, deliver=True)
    assert [claim.interrupted for claim in await claimed(federation, clock, started=True)] == [False]
    for _ in range(2):
        clock.travel_to(clock.now() + LEASE + timedelta(seconds=1))
        assert [claim.interrupted for claim in await claimed(federation, clock)] == [True]
