"""Commands of debtors through `execute`, on real PostgreSQL."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from backend.journal.keys import PersonKeys
from backend.journal.load import events_of
from backend.runtime.clock import TravellingClock
from backend.tenants.actor import Actor, Reach
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DebtorId, OrgNodeId
from backend.write.debtors.erase import ErasePersonalData, PersonErased, RetentionNotExpired
from backend.write.debtors.import_members import ImportMembers
from backend.write.debtors.register import RegisterDebtor
from backend.write.debtors.revise import ReviseDebtor
from backend.write.execute import execute
from backend.write.invoices.discard import DiscardDraft
from backend.write.invoices.draft import WantedContent
from backend.write.invoices.revise import ReviseDraft
from backend.write.refusal import AlreadyExists, InvalidValue, NotFound
from tests.given.federation import Federation
from tests.given.invoices import a_drafted_invoice, an_issued_invoice, it_was_paid
from tests.given.parties import a_wanted_debtor, an_imported_member, some_particulars


def somebody_of(federation: Federation, *nodes: OrgNodeId) -> Actor:
    reach = Reach(frozenset(nodes))
    reaches = {Capability.DEBTORS_MANAGE: reach, Capability.PERSONAL_DATA_ERASE: reach}
    return Actor(tenant_id=federation.tenant_id, principal="user:1", reaches=reaches)


async def a_registered_debtor(federation: Federation, **changes: object) -> RegisterDebtor:
    command = a_wanted_debtor(**changes)
    await execute(federation.write, federation.system, command)
    return command


async def test_a_number_is_taken_once_in_a_tenant(federation: Federation, other_federation: Federation) -> None:
    """Issue 2, item 4: member numbers are unique in their tenant, and tenants know nothing of each other."""
    await a_registered_debtor(federation, reference="STO-9")
    with pytest.raises(AlreadyExists):
        await a_registered_debtor(federation, reference="STO-9 ")
    await a_registered_debtor(other_federation, reference="STO-9")


async def test_a_debtor_is_revised_where_one_may(federation: Federation, other_federation: Federation) -> None:
    """Issue 2, item 3: who moves a member must reach both clubs."""
    debtor = await a_registered_debtor(federation, org_node_id=federation.club)
    revision = ReviseDebtor(debtor_id=debtor.debtor_id, particulars=some_particulars(), org_node_id=federation.district)
    with pytest.raises(NotFound):
        await execute(federation.write, somebody_of(federation, federation.club), revision)
    await execute(federation.write, somebody_of(federation, federation.club, federation.district), revision)
    with pytest.raises(NotFound):
        await execute(other_federation.write, other_federation.system, revision)


async def test_an_import_is_counted_and_repeatable(federation: Federation) -> None:
    """Issue 2, item 4: created, then unchanged, then revised; other tenants' clubs do not exist."""
    treasurer = somebody_of(federation, federation.club)
    members = tuple(an_imported_member(f"STO-{n}", federation.club) for n in range(20))
    first = await execute(federation.write, treasurer, ImportMembers(members=members))
    assert first.answer == {"created": 20, "revised": 0, "unchanged": 0}
    again = await execute(federation.write, treasurer, ImportMembers(members=members))
    assert again.answer == {"created": 0, "revised": 0, "unchanged": 20}
    renamed = an_imported_member("STO-1", federation.club, particulars=some_particulars(name="Anna Öst"))
    third = await execute(federation.write, treasurer, ImportMembers(members=(*members[:1], renamed, *members[2:])))
    assert third.answer == {"created": 0, "revised": 1, "unchanged": 19}


async def test_an_import_reaches_no_further_than_its_sender(
    federation: Federation, other_federation: Federation
) -> None:
    """Issue 2, item 3: neither a club beyond reach, nor one of another tenant."""
    one = an_imported_member("STO-1", federation.district)
    with pytest.raises(NotFound):
        await execute(federation.write, somebody_of(federation, federation.club), ImportMembers(members=(one,)))
    foreign = an_imported_member("STO-1", other_federation.club)
    with pytest.raises(InvalidValue):
        await execute(federation.write, federation.system, ImportMembers(members=(foreign,)))


async def test_an_erased_person_is_unreadable_for_ever(federation: Federation) -> None:
    """C48, S001-8: the key is destroyed; the chain still verifies, nobody can read the name."""
    debtor = await a_registered_debtor(federation)
    await execute(federation.write, federation.system, ErasePersonalData(debtor_id=debtor.debtor_id, ground="GDPR 17"))
    async with federation.write.database.scope(federation.tenant_id) as connection:
        keys = PersonKeys(federation.write.keyring, connection, federation.tenant_id)
        events = (await events_of(connection, federation.tenant_id, {debtor.debtor_id: 0}, keys))[debtor.debtor_id]
    assert events[0].event.particulars is None
    revision = ReviseDebtor(debtor_id=debtor.debtor_id, particulars=some_particulars())
    with pytest.raises(PersonErased):
        await execute(federation.write, federation.system, revision)


async def test_an_invoice_keeps_its_debtor_as_long_as_the_law_says(
    federation: Federation, clock: TravellingClock
) -> None:
    """C48: RETENTION_NOT_EXPIRED while money is owed, and for seven years after it is not."""
    invoice = await an_issued_invoice(federation)
    erase = ErasePersonalData(debtor_id=invoice.debtor_id, ground="GDPR 17")
    with pytest.raises(RetentionNotExpired, match="not settled"):
        await execute(federation.write, federation.system, erase)
    await it_was_paid(federation, invoice)
    with pytest.raises(RetentionNotExpired, match="2034-01-01"):
        await execute(federation.write, federation.system, erase)
    clock.travel_to(datetime(2034, 1, 1, 12, tzinfo=UTC))
    await execute(federation.write, federation.system, erase)


async def test_nobody_erases_a_stranger(federation: Federation) -> None:
    """Issue 2, item 3: the debtor must exist in the tenant."""
    erase = ErasePersonalData(debtor_id=DebtorId(uuid4()), ground="GDPR 17")
    with pytest.raises(NotFound):
        await execute(federation.write, federation.system, erase)


async def test_nothing_is_drafted_for_an_erased_person(federation: Federation) -> None:
    """C48: PERSON_ERASED, not a fault of ours, for a new draft and for one that was begun before; it can go."""
    invoice_id, debtor_id = await a_drafted_invoice(federation)
    await execute(federation.write, federation.system, ErasePersonalData(debtor_id=debtor_id, ground="GDPR 17"))
    with pytest.raises(PersonErased):
        await a_drafted_invoice(federation, debtor_id=debtor_id)
    revision = ReviseDraft(invoice_id=invoice_id, content=WantedContent(lines=()))
    with pytest.raises(PersonErased):
        await execute(federation.write, federation.system, revision)
    await execute(federation.write, federation.system, DiscardDraft(invoice_id=invoice_id))
