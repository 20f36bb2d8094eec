"""What another policy would change, weighed by the gate's own rule."""

from datetime import date

import pytest

from backend.events.gate import GatePolicySet
from backend.journal.keys import Keyring
from backend.read import gate
from backend.read.gate import ActionWhatIf, gate_what_if
from backend.runtime.database import Database
from backend.values.gate import GatePolicy, GateRule
from tests.given.journal import Journal
from tests.given.money_events import a_node, a_payment, an_invoice, an_issuer
from tests.given.parties import a_registration

TODAY = date(2026, 11, 20)


async def test_a_softer_policy_lets_through_who_is_not_late(database: Database, keyring: Keyring) -> None:
    """S002-45: two owe, one of them late. Overdue-only stops one, thirty days of grace none."""
    journal, issuer = Journal(database, keyring), an_issuer()
    late, in_time, settled = a_registration(), a_registration(), a_registration()
    paid = an_invoice(settled, issuer, issued_on=date(2026, 9, 1), net_minor=800, tax_minor=200)
    await journal.happened(
        late,
        in_time,
        settled,
        paid,
        an_invoice(late, issuer, issued_on=date(2026, 10, 5)),
        an_invoice(in_time, issuer, issued_on=date(2026, 11, 19)),
        a_payment((paid, 1_000), on=date(2026, 10, 1)),
    )
    for rule, then in (
        (GateRule(overdue_only=True), 1),
        (GateRule(overdue_only=True, grace_days=30), 0),
        (GateRule(blocks=False), 0),
    ):
        policy = GatePolicy(actions={"licence_renewal": rule})
        async with database.snapshot(journal.tenant_id) as connection:
            found = await gate_what_if(connection, journal.reader(), on=TODAY, policy=policy)
        assert found is not None
        assert found.debtors == 2
        assert found.actions == (
            ActionWhatIf(action="licence_renewal", blocked_now=2, blocked_then=then, newly_blocked=0),
            ActionWhatIf(action="club_transfer", blocked_now=2, blocked_then=2, newly_blocked=0),
        )


async def test_a_stricter_policy_names_how_many_are_new(database: Database, keyring: Keyring) -> None:
    """S002-45: measured against the policy in force, and not against the default."""
    journal, issuer, debtor = Journal(database, keyring), an_issuer(), a_registration()
    open_gate = GatePolicySet(policy=GatePolicy(version=2, actions={"club_transfer": GateRule(blocks=False)}))
    await journal.happened(debtor, open_gate, an_invoice(debtor, issuer, issued_on=date(2026, 11, 19)))
    async with database.snapshot(journal.tenant_id) as connection:
        found = await gate_what_if(connection, journal.reader(), on=TODAY, policy=GatePolicy())
    assert found is not None
    assert found.actions[1] == ActionWhatIf(action="club_transfer", blocked_now=0, blocked_then=1, newly_blocked=1)


async def test_walls_and_limit(database: Database, keyring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    """C36: a district is not told about the whole federation; a neighbour counts nobody; too many are not counted."""
    journal, stranger, issuer, debtor = (
        Journal(database, keyring),
        Journal(database, keyring),
        an_issuer(),
        a_registration(),
    )
    await journal.happened(debtor, *(an_invoice(debtor, issuer, issued_on=date(2026, 11, 19)) for _ in range(2)))
    await stranger.happened(a_registration())
    async with database.snapshot(stranger.tenant_id) as connection:
        found = await gate_what_if(connection, stranger.reader(), on=TODAY)
        assert found is not None
        assert found.debtors == 0
    async with database.snapshot(journal.tenant_id) as connection:
        assert await gate_what_if(connection, journal.reader(a_node()), on=TODAY) is None
        monkeypatch.setattr(gate, "MAX_WEIGHED", 1)
        found = await gate_what_if(connection, journal.reader(), on=TODAY)
        assert found is not None
        assert found.actions == ()
