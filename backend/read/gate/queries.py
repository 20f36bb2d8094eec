"""The gate's answer from the inline tables and the journal's position, in one statement: one snapshot, never stale.

It reads no eager read model, so it is right even where every projector stands still.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from backend.events.debtors import DebtorRegistered, DebtorRevised
from backend.events.event import BY_CLASS
from backend.inline.gate_policies import read_policy
from backend.read.query import query
from backend.rules.gate import GateAction, GateDecision, GatePolicy, Receivable, decide
from backend.runtime.database import Asked, Connection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DebtorId, InvoiceId, OrgNodeId, TenantId

# Nobody has so many open invoices; should it ever be reached, the gate stays shut all the same.
MAX_OPEN_INVOICES: Final = 5_000

# The newest event that says where a debtor belongs. It also proves that there is such a debtor.
_KINDS: Final = [BY_CLASS[DebtorRegistered].name, BY_CLASS[DebtorRevised].name]
_ABOUT: Final = (
    " CROSS JOIN LATERAL (SELECT e.stream_id, e.envelope FROM journal_events e WHERE e.tenant_id = h.tenant_id"
    " AND e.stream_id = {debtor} AND e.type = ANY(%b) ORDER BY e.stream_version DESC LIMIT 1) d"
)
_STATEMENT: Final = (
    "SELECT h.position, statement_timestamp(), d.stream_id, d.envelope, p.policy, o.invoice_id, o.number, o.open_minor,"
    " o.currency, o.due_on FROM journal_heads h{about}"
    " LEFT JOIN inline_gate_policies p ON p.tenant_id = h.tenant_id AND p.generation = h.inline_generation"
    # A LIMIT of its own keeps the planner from joining later: on tables without statistics it read the whole tenant.
    " LEFT JOIN LATERAL (SELECT * FROM inline_open_receivables r WHERE r.tenant_id = h.tenant_id"
    " AND r.generation = h.inline_generation AND r.debtor_id = d.stream_id AND r.open_minor > 0 LIMIT %b) o ON true"
    " WHERE h.tenant_id = %b"
)
_BY_ID: Final = _STATEMENT.format(about=_ABOUT.format(debtor="%b")).encode()
_BY_REFERENCE: Final = _STATEMENT.format(
    about=" JOIN inline_debtor_references f ON f.tenant_id = h.tenant_id AND f.generation = h.inline_generation"
    " AND f.reference = %b" + _ABOUT.format(debtor="f.debtor_id")
).encode()


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


async def ask_debt_check(connection: Connection, tenant_id: TenantId, debtor: DebtorId | str) -> Asked:
    """Send the gate's one statement, for a debtor by id or by reference. `answered` is for whoever may know."""
    statement = _BY_REFERENCE if isinstance(debtor, str) else _BY_ID
    return await connection.execute(statement, (debtor, _KINDS, MAX_OPEN_INVOICES, tenant_id))


@query(Capability.GATE_CHECK)
async def debt_check(
    connection: Connection,
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
    connection: Connection,
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
async def gate_policy(connection: Connection, reader: Reader) -> GatePolicy:
    """The policy in force. It belongs to the whole tenant: whoever may ask the gate may know how it decides."""
    found = await connection.execute(
        b"SELECT p.policy FROM journal_heads h JOIN inline_gate_policies p"
        b" ON p.tenant_id = h.tenant_id AND p.generation = h.inline_generation WHERE h.tenant_id = %b",
        (reader.tenant_id,),
    )
    row = await found.fetchone()
    return read_policy(row[0] if row else None)


def answered(
    rows: list[tuple[Any, ...]], reader: Reader, *, action: GateAction, on: date, paying_invoice: InvoiceId | None
) -> GateCheck | None:
    """The decision on what the statement found; None for a debtor there is not, or whom the reader cannot see."""
    if not rows:
        return None
    position, checked_at, debtor_id, envelope, stored = rows[0][:5]
    if reader.reach.nodes is not None and not reader.reach.covers(_node_of(envelope)):
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


class _Body(msgspec.Struct):
    org_node_id: UUID | None


class _Envelope(msgspec.Struct):
    """The one field of a stored debtor event that the gate needs; it is not personal, so no key is fetched."""

    body: _Body


_decoder: Final = msgspec.json.Decoder(_Envelope)


def _node_of(envelope: bytes) -> OrgNodeId | None:
    node = _decoder.decode(envelope).body.org_node_id
    return OrgNodeId(node) if node else None
