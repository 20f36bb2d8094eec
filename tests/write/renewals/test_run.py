"""A run from its start to its last chunk, on real PostgreSQL."""

from decimal import Decimal

from backend.values.identifiers import DebtorId, RunId
from backend.write.execute import Receipt, execute
from backend.write.renewals.commands import IssueRunChunk, StartRun, WantedComponent
from tests.given.federation import Federation


async def start(federation: Federation, debtors: tuple[DebtorId, ...], **changes: object) -> RunId:
    run_id = RunId(federation.write.new_id())
    components = (WantedComponent(name="Licens senior", amount=Decimal("400.00")),)
    await execute(
        federation.write, federation.system,
        StartRun(
            run_id=run_id, issuer_id=federation.issuer_id, kind="licence_renewal", components=components,
            debtors=debtors, **changes,  # type: ignore[arg-type]
        ),
    )  # fmt: skip
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
