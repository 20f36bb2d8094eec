"""A journal made through the front door is sound; whatever is changed behind it is named by its row."""

from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal

import pytest

from backend.journal.checks.finding import Finding
from backend.journal.signing import Checkpoint, Signer, sign_head
from backend.journal.verify import verify_journal
from backend.runtime.settings import Settings
from backend.values.identifiers import RunId
from backend.write.execute import execute
from backend.write.renewals.issue_chunk import IssueRunChunk
from backend.write.renewals.start import StartRun, WantedComponent
from tests.given.federation import Federation
from tests.given.invoices import an_issued_invoice, it_was_cancelled, it_was_paid
from tests.given.tampering import rechain, rewrite, tamper


async def findings_of(federation: Federation, *, kept: tuple[Checkpoint, ...] = (), trusted: str = "") -> list[Finding]:
    """What `verify_journal` says of a tenant."""
    write = federation.write
    return [
        finding
        async for finding in verify_journal(
            write.database, write.keyring, federation.tenant_id, kept=kept, trusted=trusted
        )
    ]


async def a_year(federation: Federation) -> None:
    """A run that delivers, an invoice by hand, money, and a cancellation."""
    run_id = RunId(federation.write.new_id())
    start = StartRun(
        run_id=run_id,
        issuer_id=federation.issuer_id,
        kind="licence_renewal",
        debtors=await federation.members(5),
        components=(WantedComponent(name="Licens senior", amount=Decimal("400.33")),),
    )
    await execute(federation.write, federation.system, start)
    await execute(federation.write, federation.system, IssueRunChunk(run_id=run_id, chunk=0))
    for deliver in (True, False):
        invoice = await an_issued_invoice(federation, "33.33", "19.99", deliver=deliver)
        await it_was_paid(federation, invoice, 100)
    await it_was_cancelled(federation, await an_issued_invoice(federation))


async def position_of(federation: Federation, type_: str, nth: int = 0) -> int:
    async with federation.write.database.scope(federation.tenant_id) as connection:
        found = await connection.execute(
            "SELECT position FROM journal_events WHERE type = %s ORDER BY position OFFSET %s LIMIT 1", (type_, nth)
        )
        row = await found.fetchone()
    assert row is not None, type_
    return int(row[0])


async def test_a_journal_made_by_commands_is_sound(federation: Federation) -> None:
    """I01, I02, I03, I06, I07, I16: nothing to say about what the front door wrote."""
    await a_year(federation)
    assert await findings_of(federation) == []


async def test_an_empty_tenant_is_sound(federation: Federation) -> None:
    """I07: also a journal in which little or nothing happened."""
    assert await findings_of(federation) == []


@pytest.mark.parametrize(
    ("old", "new"), [(b'"total_minor":', b'"total_minor":1'), (b'"sequence":3', b'"sequence":4'), (b'"', b' "')]
)
async def test_one_changed_byte_names_its_row(
    federation: Federation, settings: Settings, old: bytes, new: bytes
) -> None:
    """Issue 2 "must show": tamper with one journal row in SQL, and verify names it."""
    await a_year(federation)
    position = await position_of(federation, "invoice-issued", 2)
    await rewrite(settings, federation.tenant_id, position, old, new)
    chain = [finding for finding in await findings_of(federation) if finding.check == "chain"]
    assert {finding.position for finding in chain} == {position}


async def test_a_signed_checkpoint_outlives_a_rewritten_chain(
    federation: Federation, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Design choice C: a checkpoint kept elsewhere proves that nothing before it was rewritten."""
    await a_year(federation)
    signer = Signer.load(tmp_path_factory.mktemp("signing") / "keyring.json")
    async with federation.write.database.scope(federation.tenant_id) as connection:
        kept = await sign_head(connection, signer, federation.tenant_id, "money", on=date(2026, 11, 20))
    assert kept is not None
    assert await findings_of(federation, kept=(kept,)) == []
    await rewrite(settings, federation.tenant_id, 3, b'"actor":"system:test"', b'"actor":"system:tess"')
    await rechain(settings, federation.tenant_id)
    found = await findings_of(federation, kept=(kept,))
    assert {(finding.check, finding.position) for finding in found} == {("chain", kept.position)}
    other = Signer.load(tmp_path_factory.mktemp("signing") / "keyring.json")
    forged = other.sign(federation.tenant_id, "money", 3, b"\0" * 32, date(2026, 11, 20))
    found = await findings_of(federation, kept=(forged,), trusted=kept.public_key)
    assert ("signatures", 3) in {(finding.check, finding.position) for finding in found}


Tampering = Callable[[Settings, Federation, int], Awaitable[None]]


async def _remove(settings: Settings, federation: Federation, position: int) -> None:
    await tamper(
        settings,
        "DELETE FROM journal_events WHERE tenant_id = %b AND book = 'money' AND position = %b",
        federation.tenant_id,
        position,
    )


async def _restamp(settings: Settings, federation: Federation, position: int) -> None:
    await tamper(
        settings,
        "UPDATE journal_events SET recorded_at = recorded_at - interval '1 day'"
        " WHERE tenant_id = %b AND book = 'money' AND position = %b",
        federation.tenant_id,
        position,
    )


async def _retype(settings: Settings, federation: Federation, position: int) -> None:
    await tamper(
        settings,
        "UPDATE journal_events SET type = 'draft-discarded' WHERE tenant_id = %b AND book = 'money' AND position = %b",
        federation.tenant_id,
        position,
    )


@pytest.mark.parametrize("how", [_remove, _restamp, _retype])
async def test_a_row_that_is_gone_or_says_something_else_is_named(
    federation: Federation, settings: Settings, how: Tampering
) -> None:
    """I07, I16: removed, dated back, or called something else than its hashed bytes say."""
    await a_year(federation)
    position = await position_of(federation, "delivery-queued", 1)
    await how(settings, federation, position)
    assert position in {f.position for f in await findings_of(federation) if f.check == "chain"}


async def test_a_cut_tail_is_named(federation: Federation, settings: Settings) -> None:
    """I07: the head knows that something followed."""
    await a_year(federation)
    last = await position_of(federation, "invoice-cancelled")
    await _remove(settings, federation, last)
    assert [f.subject for f in await findings_of(federation) if f.check == "chain"] == ["head"]


@pytest.mark.parametrize(
    ("type_", "old", "new", "check"),
    [
        ("invoice-issued", b'"sequence":2', b'"sequence":7', "numbers"),
        ("invoice-issued", b'"number":"FAKTURA-2026-000002"', b'"number":"FAKTURA-2026-2"', "numbers"),
        ("invoice-issued", b'"issued_on":"2026-11-20"', b'"issued_on":"2026-11-19"', "numbers"),
        ("invoice-issued", b'"ocr_reference":"', b'"ocr_reference":"9', "numbers"),
        ("invoice-issued", b'"tax_minor":', b'"tax_minor":1', "sums"),
        ("invoice-issued", b'"quantity":"1"', b'"quantity":"2"', "sums"),
        ("invoice-issued", b'"account":"1510","amount_minor":', b'"account":"1510","amount_minor":1', "entries"),
        ("invoice-issued", b'"entry":{', b'"entry":null,"xntry":{', "entries"),
        # Balanced and of the right amount, but not what the event does to its debtor.
        ("invoice-issued", b'"account":"1510"', b'"account":"1930"', "entries"),
        ("delivery-queued", b'"message_id":"<', b'"message_id":"<9', "deliveries"),
        ("run-chunk-issued", b'"issued":5', b'"issued":4', "runs"),
    ],
)
async def test_each_rule_names_the_row_that_breaks_it(
    federation: Federation, settings: Settings, type_: str, old: bytes, new: bytes, check: str
) -> None:
    """I01, I02, I03, I06: even with a chain computed anew, the rule itself finds its row."""
    await a_year(federation)
    position = await position_of(federation, type_, 1 if type_ == "invoice-issued" else 0)
    await rewrite(settings, federation.tenant_id, position, old, new)
    await rechain(settings, federation.tenant_id)
    assert (check, position) in {(finding.check, finding.position) for finding in await findings_of(federation)}
