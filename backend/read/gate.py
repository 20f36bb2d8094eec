"""The debt gate as a question: blocked or clear, never late; and what another policy would change.

It is answered from the inline tables and the journal's position in one statement: one snapshot. It reads no eager read
model, so it is right even where every projector stands still.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final, get_args

from backend.events.gate import GatePolicySet
from backend.inline.gate_policies import read_policy
from backend.journal.codec import Recorded
from backend.read.query import query
from backend.rules.gate import GateDecision, Receivable, decide
from backend.runtime.database import Asked, ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.gate import DEFAULT_POLICY, GateAction, GatePolicy
from backend.values.identifiers import DebtorId, InvoiceId, TenantId

# Nobody has so many open invoices; should it ever be reached, the gate stays shut all the same.
MAX_OPEN_INVOICES: Final = 5_000

# Weighing so many takes a second or two. Beyond, nothing is counted, and the answer says so.
MAX_WEIGHED: Final = 100_000

_STATEMENT: Final = (
    "SELECT h.position, statement_timestamp(), d.debtor_id, d.org_node_id, p.policy, o.invoice_id, o.number,"
    " o.open_minor, o.currency, o.due_on FROM journal_heads h"
    # A LIMIT of its own keeps the planner from joining later: on tables without statistics it read the whole tenant.
    " JOIN LATERAL (SELECT * FROM inline_debtors b WHERE b.tenant_id = h.tenant_id"
    " AND b.generation = h.inline_generation AND b.{known_by} = %b LIMIT 1) d ON true"
    " LEFT JOIN inline_gate_policies p ON p.tenant_id = h.tenant_id AND p.generation = h.inline_generation"
    " LEFT JOIN LATERAL (SELECT * FROM inline_open_receivables r WHERE r.tenant_id = h.tenant_id"
    " AND r.generation = h.inline_generation AND r.debtor_id = d.debtor_id AND r.open_minor > 0 LIMIT %b) o ON true"
    " WHERE h.tenant_id = %b AND h.book = 'money'"
)
_BY_ID: Final = _STATEMENT.format(known_by="debtor_id").encode()
_BY_REFERENCE: Final = _STATEMENT.format(known_by="reference").encode()
_POLICY: Final = (
    b"SELECT p.policy FROM journal_heads h JOIN inline_gate_policies p"
    b" ON p.tenant_id = h.tenant_id AND p.generation = h.inline_generation"
    b" WHERE h.tenant_id = %b AND h.book = 'money'"
)
_OPEN: Final = (
    b"SELECT o.debtor_id, o.invoice_id, o.number, o.open_minor, o.currency, o.due_on FROM journal_heads h"
    b" JOIN inline_open_receivables o ON o.tenant_id = h.tenant_id AND o.generation = h.inline_generation"
    b" WHERE h.tenant_id = %b AND h.book = 'money' AND o.open_minor > 0 ORDER BY o.debtor_id LIMIT %b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateCheck:
    """The answer, by which policy, and at which position of the journal and moment it held."""

    debtor_id: DebtorId
    action: GateAction
    on: date
    decision: GateDecision
    policy: GatePolicy
    position: int
    checked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWhatIf:
    """One action: how many debtors are stopped now, would be, and how many of these for the first time."""

    action: GateAction
    blocked_now: int
    blocked_then: int
    newly_blocked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GateWhatIf:
    """`actions` is empty where there is too much to count. `debtors` have something open."""

    debtors: int
    actions: tuple[ActionWhatIf, ...]


async def ask_debt_check(connection: ReadConnection, tenant_id: TenantId, debtor: DebtorId | str) -> Asked:
    """Send the gate's one statement, for a debtor by id or by reference. `answered` is for an authorised reader."""
    statement = _BY_REFERENCE if isinstance(debtor, str) else _BY_ID
    return await connection.execute(statement, (debtor, MAX_OPEN_INVOICES, tenant_id))


@query(Capability.GATE_CHECK)
async def debt_check(
    connection: ReadConnection,
    reader: Reader,
    debtor_id: DebtorId,
    *,
    action: GateAction,
    on: date,
    paying_invoice: InvoiceId | None = None,
) -> GateCheck | None:
    """May this debtor do `action` on the date `on`? None for a debtor there is not, or whom the reader cannot see."""
    asked = await ask_debt_check(connection, reader.tenant_id, debtor_id)
    return answered(await asked.fetchall(), reader, action=action, on=on, paying_invoice=paying_invoice)


@query(Capability.GATE_CHECK)
async def debt_check_by_reference(
    connection: ReadConnection,
    reader: Reader,
    reference: str,
    *,
    action: GateAction,
    on: date,
    paying_invoice: InvoiceId | None = None,
) -> GateCheck | None:
    """The same for the debtor with this member or club number."""
    asked = await ask_debt_check(connection, reader.tenant_id, reference)
    return answered(await asked.fetchall(), reader, action=action, on=on, paying_invoice=paying_invoice)


@query(Capability.GATE_CHECK)
async def gate_policy(connection: ReadConnection, reader: Reader) -> GatePolicy:
    """The policy in force. It belongs to the whole tenant: whoever may ask the gate may know how it decides."""
    return await _policy_in_force(connection, reader)


@query(Capability.GATE_MANAGE)
async def gate_what_if(
    connection: ReadConnection, reader: Reader, *, on: date, policy: GatePolicy = DEFAULT_POLICY
) -> GateWhatIf | None:
    """What `policy` would change on the day `on`. None for whoever does not reach the whole tenant: it is theirs."""
    if reader.reach.nodes is not None:
        return None
    in_force = await _policy_in_force(connection, reader)
    found = await connection.execute(_OPEN, (reader.tenant_id, MAX_WEIGHED + 1))
    rows = await found.fetchall()
    debtors = list(_by_debtor(rows))
    if len(rows) > MAX_WEIGHED:
        return GateWhatIf(debtors=len(debtors), actions=())
    return GateWhatIf(
        debtors=len(debtors),
        actions=tuple(_weighed(debtors, in_force, policy, action, on) for action in get_args(GateAction)),
    )


def policy_of(recorded: Sequence[Recorded]) -> GatePolicy:
    """The policy that a previewed command would have recorded."""
    return next(each.event.policy for each in recorded if isinstance(each.event, GatePolicySet))


def answered(
    rows: list[tuple[Any, ...]], reader: Reader, *, action: GateAction, on: date, paying_invoice: InvoiceId | None
) -> GateCheck | None:
    """The decision on what the statement found; None for a debtor there is not, or whom the reader cannot see."""
    if not rows:
        return None
    position, checked_at, debtor_id, node, stored = rows[0][:5]
    if reader.reach.nodes is not None and not reader.reach.covers(node):
        return None
    # A debtor without open invoices comes as one row without an invoice.
    owed = [_receivable(*row[5:]) for row in rows if row[5] is not None]
    policy = read_policy(stored)
    return GateCheck(
        debtor_id=debtor_id,
        action=action,
        on=on,
        policy=policy,
        position=position,
        checked_at=checked_at,
        decision=decide(owed, policy, action=action, on=on, paying_invoice=paying_invoice),
    )


def _receivable(invoice_id: InvoiceId, number: str, open_minor: int, currency: str, due_on: date) -> Receivable:
    return Receivable(invoice_id=invoice_id, number=number, open_minor=open_minor, currency=currency, due_on=due_on)


async def _policy_in_force(connection: ReadConnection, reader: Reader) -> GatePolicy:
    found = await connection.execute(_POLICY, (reader.tenant_id,))
    row = await found.fetchone()
    return read_policy(row[0] if row else None)


def _by_debtor(rows: Sequence[tuple[Any, ...]]) -> Iterator[list[Receivable]]:
    for _, owed in groupby(rows, key=lambda row: row[0]):
        yield [_receivable(*row[1:]) for row in owed]


def _weighed(
    debtors: Sequence[Sequence[Receivable]], now: GatePolicy, then: GatePolicy, action: GateAction, on: date
) -> ActionWhatIf:
    before = [decide(owed, now, action=action, on=on).blocked for owed in debtors]
    after = [decide(owed, then, action=action, on=on).blocked for owed in debtors]
    return ActionWhatIf(
        action=action,
        blocked_now=sum(before),
        blocked_then=sum(after),
        newly_blocked=sum(late and not early for early, late in zip(before, after, strict=True)),
    )
