"""The debt gate: may this debtor renew or change clubs, and if not, what stands in the way. Never stale."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta

from backend.api.gate import GateReason
from backend.api.rest.endpoint import Call, Declined, needs
from backend.api.rest.reading import Body, Query
from backend.api.rest.shapes import Money, money
from backend.api.shown import Shown, shape
from backend.read.gate import GateCheck, answered, ask_debt_check, debt_check, debt_check_by_reference
from backend.runtime.database import Asked, Connection
from backend.tenants.capabilities import Capability
from backend.values.gate import GateAction
from backend.values.identifiers import DebtorId, InvoiceId, TenantId
from backend.write.refusal import PUBLISHED, NotFound, RefusalCode

MAX_REFERENCE: Final = 64

# A debtor as other systems know them: our id, or their member or club number.
DebtorKey = Annotated[
    str, Meta(min_length=1, max_length=MAX_REFERENCE, description="A debtor's id, or member or club number")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedRule:
    """The tenant's rule that decided: `policy_version` 0 or 1 is the default, where any outstanding amount blocks."""

    policy_version: int
    blocks: bool
    overdue_only: bool
    grace_days: int
    minimum_minor: int
    exclude_disputed: bool
    exclude_paying_invoice: bool


@shape
class DebtCheck:
    """The decision, and what clears it: `amounts` is what must be paid or credited, one per currency.

    `position` is the journal position it was taken at: every payment recorded up to there has been counted.
    """

    debtor_id: DebtorId
    action: GateAction
    decision: Literal["blocked", "clear"]
    blocked: bool
    reasons: tuple[Shown[GateReason], ...]
    amounts: tuple[Money, ...]
    rule: AppliedRule
    position: int
    checked_on: date
    checked_at: datetime


class DebtCheckQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`paying_invoice` is the invoice that pays for this very action, which does not block itself."""

    action: GateAction = "licence_renewal"
    paying_invoice: InvoiceId | None = None


class TransferSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The member who wants to change clubs, and perhaps the invoice that pays for the transfer."""

    debtor: DebtorKey
    paying_invoice: InvoiceId | None = None


@needs(debt_check)
async def check_debts(call: Call, debtor_id: DebtorKey, query: DebtCheckQuery) -> DebtCheck:
    """Whether a debtor's open invoices block an action.

    Answers 200 with `blocked` true or false: asking is no offence. Ask again right before acting; the answer counts
    everything recorded before it. Nothing is cached.
    """
    if call.ahead is None:
        return _shaped(await _checked(call, debtor_id, query.action, query.paying_invoice))
    reader = call.actor.reader(Capability.GATE_CHECK)
    found = answered(
        await call.ahead.fetchall(), reader, action=query.action, on=call.today(), paying_invoice=query.paying_invoice
    )
    return _shaped(_known(found))


async def ask_ahead(connection: Connection, tenant_id: TenantId, *, debtor_id: str) -> Asked | None:
    """Send the gate's statement together with the token's. `None` for what is no key, which is refused later."""
    if not 0 < len(debtor_id) <= MAX_REFERENCE or "\0" in debtor_id:
        return None
    return await ask_debt_check(connection, tenant_id, _key(debtor_id))


@needs(debt_check)
async def check_transfer(call: Call, body: TransferSent) -> DebtCheck:
    """Refuse a club transfer while the member owes money.

    200 when nothing is owed; 403 with the code PL-301 otherwise, with `reasons`, `amounts` and `position` as members
    of the problem.
    """
    found = _shaped(await _checked(call, body.debtor, "club_transfer", body.paying_invoice))
    if found.blocked:
        owed = " and ".join(f"{each.decimal} {each.currency}" for each in found.amounts)
        raise Declined(
            403,
            PUBLISHED[RefusalCode.TRANSFER_BLOCKED_BY_DEBT],
            f"the transfer is blocked until {owed} is paid or credited",
            debtor_id=found.debtor_id,
            reasons=found.reasons,
            amounts=found.amounts,
            rule=found.rule,
            position=found.position,
            checked_on=found.checked_on,
            checked_at=found.checked_at,
        )
    return found


async def _checked(call: Call, debtor: str, action: GateAction, paying_invoice: InvoiceId | None) -> GateCheck:
    on = call.today()
    key = _key(debtor)
    if isinstance(key, str):
        return _known(await call.ask(debt_check_by_reference, key, action=action, on=on, paying_invoice=paying_invoice))
    return _known(await call.ask(debt_check, key, action=action, on=on, paying_invoice=paying_invoice))


def _key(debtor: str) -> DebtorId | str:
    """Our id, or else their number."""
    try:
        return DebtorId(UUID(debtor))
    except ValueError:
        return debtor


def _known(found: GateCheck | None) -> GateCheck:
    if found is None:
        raise NotFound("there is no such debtor")
    return found


def _shaped(check: GateCheck) -> DebtCheck:
    decision, rule = check.decision, check.policy.rule(check.action)
    return DebtCheck(
        debtor_id=check.debtor_id,
        action=check.action,
        decision="blocked" if decision.blocked else "clear",
        blocked=decision.blocked,
        position=check.position,
        checked_on=check.on,
        checked_at=check.checked_at,
        amounts=tuple(money(each.minor, each.currency) for each in decision.cleared_by),
        reasons=tuple(GateReason.shown(each) for each in decision.reasons),
        rule=AppliedRule(policy_version=check.policy.version, **asdict(rule)),
    )
