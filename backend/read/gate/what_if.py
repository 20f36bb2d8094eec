"""What another policy would change: how many debtors the gate stops today, and would stop, by the gate's own rule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final, get_args

from backend.events.gate import GatePolicySet
from backend.inline.gate_policies import read_policy
from backend.journal.codec import Recorded
from backend.read.query import query
from backend.rules.gate import DEFAULT_POLICY, GateAction, GatePolicy, Receivable, decide
from backend.runtime.database import Connection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability

# Weighing so many takes a second or two. Beyond, nothing is counted, and the answer says so.
MAX_WEIGHED: Final = 100_000

_OPEN: Final = (
    b"SELECT o.debtor_id, o.invoice_id, o.number, o.open_minor, o.currency, o.due_on FROM journal_heads h"
    b" JOIN inline_open_receivables o ON o.tenant_id = h.tenant_id AND o.generation = h.inline_generation"
    b" WHERE h.tenant_id = %b AND o.open_minor > 0 ORDER BY o.debtor_id LIMIT %b"
)
_POLICY: Final = (
    b"SELECT p.policy FROM journal_heads h JOIN inline_gate_policies p"
    b" ON p.tenant_id = h.tenant_id AND p.generation = h.inline_generation WHERE h.tenant_id = %b"
)


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


@query(Capability.GATE_MANAGE)
async def gate_what_if(
    connection: Connection, reader: Reader, *, on: date, policy: GatePolicy = DEFAULT_POLICY
) -> GateWhatIf | None:
    """What `policy` would change on the day `on`. None for whoever does not reach the whole tenant: it is theirs."""
    if reader.reach.nodes is not None:
        return None
    stored = await connection.execute(_POLICY, (reader.tenant_id,))
    found = await connection.execute(_OPEN, (reader.tenant_id, MAX_WEIGHED + 1))
    row, rows = await stored.fetchone(), await found.fetchall()
    debtors = list(_by_debtor(rows))
    if len(rows) > MAX_WEIGHED:
        return GateWhatIf(debtors=len(debtors), actions=())
    in_force = read_policy(row[0] if row else None)
    return GateWhatIf(
        debtors=len(debtors),
        actions=tuple(_weighed(debtors, in_force, policy, action, on) for action in get_args(GateAction)),
    )


def policy_of(recorded: Sequence[Recorded]) -> GatePolicy:
    """The policy that a previewed command would have recorded."""
    return next(each.event.policy for each in recorded if isinstance(each.event, GatePolicySet))


def _by_debtor(rows: Sequence[tuple[Any, ...]]) -> Iterator[list[Receivable]]:
    for _, owed in groupby(rows, key=lambda row: row[0]):
        yield [
            Receivable(invoice_id=each[1], number=each[2], open_minor=each[3], currency=each[4], due_on=each[5])
            for each in owed
        ]


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
