"""A run from its start to its last chunk, on real PostgreSQL."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from backend.journal.keys import Keyring
from backend.read.rebuild_inline import rebuild_inline
from backend.runtime.clock import TravellingClock
from backend.runtime.database import Database
from backend.values.identifiers import DebtorId, RunId
from backend.write.execute import Receipt, execute
from backend.write.invoices.numbers import DateBeforeLast
from backend.write.rates import ExchangeRateUnavailable
from backend.write.refusal import InvalidValue
from backend.write.renewals.issue_chunk import IssueRunChunk
from backend.write.renewals.start import StartRun, WantedComponent
from tests.given.federation import Federation
from tests.given.invoices import Issued, an_issued_invoice, it_was_cancelled

LICENCE = (WantedComponent(name="Licens senior", amount=Decimal("400.00")),)


async def start(federation: Federation, debtors: tuple[DebtorId, ...], **changes: Any) -> RunId:
    run_id = RunId(federation.write.new_id())
    await execute(
        federation.write,
        federation.system,
        StartRun(
            run_id=run_id,
            issuer_id=federation.issuer_id,
            kind="licence_renewal",
            debtors=debtors,
            **({"components": LICENCE} | changes),
        ),
    )
    return run_id


async def issue(federation: Federation, run_id: RunId, chunk: int = 0) -> Receipt:
    return await execute(federation.write, federation.system, IssueRunChunk(run_id=run_id, chunk=chunk))


async def test_every_member_gets_one_invoice(federation: Federation) -> None:
    """S002-49: 120 renewals become 120 invoices."""
    run_id = await start(federation, await federation.members(120))
    assert (await issue(federation, run_id)).answer == {"run_id": str(run_id), "issued": 120, "refused": 0}


async def test_a_chunk_is_issued_once_however_often_it_is_asked_for(federation: Federation) -> None:
    """S001-51: a retry storm makes no second invoice."""
    run_id = await start(federation, await federation.members(3))
    first, again = await issue(federation, run_id), await issue(federation, run_id)
    assert again.position == first.position


async def test_nobody_is_billed_twice_for_a_season(federation: Federation) -> None:
    """S001-3: the same debtor, season and component is refused, member by member."""
    members = await federation.members(3)
    await issue(federation, await start(federation, members))
    newcomer = await federation.a_member()
    second = await issue(federation, await start(federation, (*members, newcomer)))
    assert (second.answer["issued"], second.answer["refused"]) == (1, 3)


async def test_a_run_goes_on_after_midnight(federation: Federation, clock: TravellingClock) -> None:
    """C4, F04: a run resumed on the next day meets an invoice of that day; nobody who is left is refused for it."""
    run_id = await start(federation, await federation.members(251))
    await issue(federation, run_id, 0)
    clock.travel_to(datetime(2026, 11, 21, 9, tzinfo=UTC))
    await an_issued_invoice(federation)
    assert (await issue(federation, run_id, 1)).answer["issued"] == 1
    with pytest.raises(DateBeforeLast):
        await start(federation, await federation.members(1), issued_on=date(2026, 11, 20))


async def test_what_is_free_again_is_free_in_a_rebuild_too(
    federation: Federation, database: Database, keyring: Keyring
) -> None:
    """I05: billed, cancelled and billed again within one batch of a rebuild."""
    member = await federation.a_member()
    await issue(federation, await start(federation, (member,)))
    async with database.scope(federation.tenant_id) as connection:
        asked = b"SELECT invoice_id, number FROM inline_billed WHERE debtor_id = %b"
        found = await connection.execute(asked, (member,))
        (invoice_id, number), *_ = await found.fetchall()
    billed = Issued(invoice_id=invoice_id, debtor_id=member, number=number, total_minor=50_000)
    await it_was_cancelled(federation, billed)
    assert (await issue(federation, await start(federation, (member,)))).answer["issued"] == 1
    await rebuild_inline(database, keyring, federation.tenant_id)
    assert (await issue(federation, await start(federation, (member,)))).answer["refused"] == 1


async def test_a_reason_is_no_novel(federation: Federation) -> None:
    """E.9: it is printed on every invoice of the run, so its length is limited wherever it comes from."""
    with pytest.raises(InvalidValue) as refused:
        await start(federation, await federation.members(1), override_reason="x" * 501)
    assert refused.value.path == ("overrideReason",)


async def test_no_amount_can_stop_the_sums(federation: Federation) -> None:
    """I19, C49: what no read model could add up is refused before it stands in the journal for ever."""
    components = (WantedComponent(name="Licens", amount=Decimal("70000000000000")),)
    run_id = await start(federation, await federation.members(1), components=components)
    assert (await issue(federation, run_id)).answer["refused"] == 1


async def test_a_date_without_rates_is_refused(federation: Federation) -> None:
    """Issue 2, item 5: a missing rate refuses, on the first day of the calendar too."""
    with pytest.raises(ExchangeRateUnavailable):
        await start(federation, await federation.members(1), issued_on=date.min, season="2026")
