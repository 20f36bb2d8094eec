"""The gate's answer: blocked or clear, never late, never "clear" for somebody who does not exist."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from backend.events.debtors import DebtorRegistered, DebtorRevised
from backend.events.event import BY_CLASS, BY_NAME, UPCASTS, event
from backend.events.gate import GatePolicySet
from backend.journal.keys import Keyring
from backend.read.gate import debt_check, debt_check_by_reference
from backend.read.rebuild_inline import rebuild_inline
from backend.runtime.database import Database
from backend.values.gate import DEFAULT_POLICY, GatePolicy, GateRule
from backend.values.identifiers import DebtorId, OrgNodeId
from backend.values.money import Money
from backend.values.parties import Particulars
from tests.given.journal import Journal
from tests.given.money_events import a_node, a_payment, an_invoice, an_issuer
from tests.given.parties import a_registration

RENEWAL = {"action": "licence_renewal", "on": date(2026, 11, 20)}


async def test_debt_blocks_and_payment_clears_while_every_projector_stands_still(
    database: Database, keyring: Keyring
) -> None:
    """S002-46, S002-43: no projection ever runs here, and each answer names the very last position."""
    journal, debtor, issuer = Journal(database, keyring), a_registration(reference="STO-1"), an_issuer()
    first = an_invoice(debtor, issuer, issued_on=date(2026, 9, 1), net_minor=800, tax_minor=200)
    second = an_invoice(debtor, issuer, issued_on=date(2026, 11, 10), net_minor=40, tax_minor=10)
    answers = []
    for step in (
        (debtor,),
        (first, second),
        (a_payment((first, 999), on=date(2026, 11, 1)),),
        (a_payment((first, 1), (second, 50), on=date(2026, 11, 2)),),
    ):
        await journal.happened(*step)
        async with database.snapshot(journal.tenant_id) as connection:
            found = await debt_check(connection, journal.reader(), debtor.debtor_id, **RENEWAL)
            same = await debt_check_by_reference(connection, journal.reader(), "STO-1", **RENEWAL)
        assert found is not None
        assert same is not None
        assert found.policy == DEFAULT_POLICY
        assert replace(same, checked_at=found.checked_at) == found
        answers.append((found.position, found.decision.blocked, found.decision.cleared_by))
        if found.position == 3:
            assert [(reason.code, reason.number) for reason in found.decision.reasons] == [
                ("INVOICE_OVERDUE", first.number),
                ("INVOICE_OUTSTANDING", second.number),
            ]
    assert answers == [
        (1, False, ()),
        (3, True, (Money(1_050, "SEK"),)),
        (4, True, (Money(51, "SEK"),)),
        (5, False, ()),
    ]


async def test_an_unknown_debtor_is_not_clear(database: Database, keyring: Keyring) -> None:
    """S002-46: no answer for an id or reference nobody has, for a debtor of another tenant, for something else's id."""
    journal, neighbour, debtor, issuer = (
        Journal(database, keyring),
        Journal(database, keyring),
        a_registration(),
        an_issuer(),
    )
    invoice = an_invoice(debtor, issuer, issued_on=date(2026, 9, 1))
    await journal.happened(debtor, invoice)
    await neighbour.happened(a_registration())
    async with database.snapshot(journal.tenant_id) as connection:
        for nobody in (DebtorId(uuid4()), DebtorId(invoice.invoice_id)):
            assert await debt_check(connection, journal.reader(), nobody, **RENEWAL) is None
        assert await debt_check_by_reference(connection, journal.reader(), "", **RENEWAL) is None
    async with database.snapshot(neighbour.tenant_id) as connection:
        for reader in (neighbour.reader(), journal.reader()):
            assert await debt_check(connection, reader, debtor.debtor_id, **RENEWAL) is None
            assert await debt_check_by_reference(connection, reader, debtor.reference, **RENEWAL) is None
    empty = Journal(database, keyring)
    async with database.snapshot(empty.tenant_id) as connection:
        assert await debt_check(connection, empty.reader(), debtor.debtor_id, **RENEWAL) is None


async def test_a_limited_reach_follows_the_debtor_to_a_new_club(database: Database, keyring: Keyring) -> None:
    """S002-47: whoever reaches the debtor's org node of now is answered, also after erasure; nobody else."""
    journal, old, new = Journal(database, keyring), a_node(), a_node()
    debtor = a_registration(node=old)
    revised = DebtorRevised(
        debtor_id=debtor.debtor_id,
        org_node_id=new,
        language="sv",
        licence_type="senior",
        particulars=debtor.particulars,
    )
    seen = []
    await journal.happened(debtor)
    for step in (None, revised, "erased"):
        if step == "erased":
            await journal.forget(debtor.debtor_id)
        elif step:
            await journal.happened(step)
        async with database.snapshot(journal.tenant_id) as connection:
            answers = [
                await debt_check(connection, journal.reader(*nodes), debtor.debtor_id, **RENEWAL)
                for nodes in ((old,), (new,), (old, new), ())
            ]
        seen.append([answer is not None for answer in answers])
    assert seen == [[True, False, True, True], [False, True, True, True], [False, True, True, True]]


async def test_the_tenants_own_policy_decides(database: Database, keyring: Keyring) -> None:
    """X16: per action; the answer quotes the policy it was given by."""
    journal, debtor = Journal(database, keyring), a_registration()
    policy = GatePolicy(version=2, actions={"club_transfer": GateRule(overdue_only=True, grace_days=10)})
    invoice = an_invoice(debtor, an_issuer(), issued_on=date(2026, 10, 15), due_on=date(2026, 11, 14))
    await journal.happened(debtor, invoice, GatePolicySet(policy=policy))
    async with database.snapshot(journal.tenant_id) as connection:
        renewal = await debt_check(connection, journal.reader(), debtor.debtor_id, **RENEWAL)
        paying = await debt_check(
            connection, journal.reader(), debtor.debtor_id, **RENEWAL, paying_invoice=invoice.invoice_id
        )
        transfer = await debt_check(
            connection, journal.reader(), debtor.debtor_id, action="club_transfer", on=date(2026, 11, 24)
        )
        later = await debt_check(
            connection, journal.reader(), debtor.debtor_id, action="club_transfer", on=date(2026, 11, 25)
        )
    assert renewal is not None
    assert paying is not None
    assert transfer is not None
    assert later is not None
    blocked = [check.decision.blocked for check in (renewal, paying, transfer, later)]
    assert blocked == [True, False, False, True]
    assert renewal.policy == policy


async def test_a_debtor_of_an_older_version_has_its_place(
    database: Database, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gate knows events through their upcasts: it neither breaks nor opens where a stored body is an older one."""
    now, club = BY_CLASS[DebtorRegistered], a_node()
    monkeypatch.delitem(BY_NAME, now.name)

    @event(now.name, subject="debtor_id", personal=("particulars",))
    class Registered:
        """A debtor as an older version recorded it: the club has another name."""

        debtor_id: DebtorId
        kind: str
        reference: str
        club_id: OrgNodeId
        billed_tenant_id: None
        language: str
        licence_type: str
        particulars: Particulars | None

    journal, debtor = Journal(database, keyring), a_registration(reference="OLD-1")
    said = {name: getattr(debtor, name) for name in now.plain + now.personal if name != "org_node_id"}
    monkeypatch.setattr(Journal, "stream_of", lambda self, event: event.debtor_id)
    await journal.happened(Registered(**said, club_id=club))

    def renamed(body: dict[str, Any]) -> dict[str, Any]:
        return body | {"org_node_id": body.pop("club_id")}

    newer = replace(now, version=2)
    monkeypatch.setitem(BY_NAME, now.name, newer)
    monkeypatch.setitem(BY_CLASS, DebtorRegistered, newer)
    monkeypatch.setitem(UPCASTS, (now.name, 1), renamed)
    # As the inline tables come to be after an update of the software.
    await rebuild_inline(database, keyring, journal.tenant_id)
    async with database.snapshot(journal.tenant_id) as connection:
        for key in (debtor.debtor_id, "OLD-1"):
            ask: Any = debt_check_by_reference if isinstance(key, str) else debt_check
            answers = [
                await ask(connection, journal.reader(*nodes), key, **RENEWAL) for nodes in ((), (club,), (a_node(),))
            ]
            assert [answer is not None for answer in answers] == [True, True, False]
