"""What a process remembers of a tenant is never older than the journal, whoever else writes in it."""

from dataclasses import replace
from uuid import UUID

import pytest

from backend.events.invoices import InvoiceIssued
from backend.journal.keys import PersonKeys
from backend.journal.load import events_of
from backend.write import execute as front_door
from backend.write.debtors.erase import ErasePersonalData
from backend.write.execute import execute
from backend.write.invoices.issue import IssueInvoice
from backend.write.issuers.identity import ChangeIssuerIdentity
from backend.write.unit_of_work import AggregateCache
from tests.given.federation import Federation
from tests.given.invoices import a_drafted_invoice
from tests.given.parties import an_identity


async def printed_name(federation: Federation) -> str:
    """The issuer's name on an invoice that is issued now, by the process of `federation`."""
    invoice_id, _ = await a_drafted_invoice(federation)
    await execute(federation.write, federation.system, IssueInvoice(invoice_id=invoice_id))
    async with federation.write.database.scope(federation.tenant_id) as connection:
        keys = PersonKeys(federation.write.keyring, connection, federation.tenant_id)
        recorded = (await events_of(connection, federation.tenant_id, {invoice_id: 1}, keys))[invoice_id][0]
    assert isinstance(recorded.event, InvoiceIssued)
    return recorded.event.issuer.identity.name


async def renamed(federation: Federation, name: str) -> None:
    identity = replace(an_identity(), name=name)
    command = ChangeIssuerIdentity(issuer_id=federation.issuer_id, identity=identity)
    await execute(federation.write, federation.system, command)


def other_process(federation: Federation) -> Federation:
    """The same tenant, by a process that remembers nothing."""
    return replace(federation, write=replace(federation.write, cache=AggregateCache()))


async def test_what_another_process_changed_is_seen_at_once(federation: Federation) -> None:
    """Choice B: a remembered state is current because whoever appends holds the lock, and everybody hears of it."""
    other = other_process(federation)
    assert await printed_name(federation) == await printed_name(other)
    for name, by, seen_by in (("First", federation, other), ("Second", other, federation)):
        await renamed(by, name)
        assert await printed_name(seen_by) == name
        assert await printed_name(by) == name


async def test_whoever_was_away_for_long_forgets(federation: Federation, monkeypatch: pytest.MonkeyPatch) -> None:
    """More news than anybody counts: nothing remembered of the tenant is trusted."""
    monkeypatch.setattr(front_door, "MAX_NEWS", 2)
    other = other_process(federation)
    await printed_name(federation)
    await printed_name(other)
    await renamed(other, "Third")
    await printed_name(other)
    assert await printed_name(federation) == "Third"


async def test_a_person_who_was_erased_is_in_no_memory(federation: Federation) -> None:
    """C25: whoever erased them, no process keeps a folded state with their name beyond its next command."""
    other = other_process(federation)
    debtor = await federation.a_member()
    for each in (federation, other):
        await a_drafted_invoice(each, debtor_id=debtor)
        assert remembers(each, debtor)
    await execute(federation.write, federation.system, ErasePersonalData(debtor_id=debtor, ground="GDPR 17"))
    assert not remembers(federation, debtor)
    await renamed(other, "Anything")
    assert not remembers(other, debtor)


def remembers(federation: Federation, stream: UUID) -> bool:
    return ((federation.tenant_id, "money"), stream) in federation.write.cache._states
