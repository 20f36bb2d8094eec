"""The debt gate: may this debtor renew a licence or change clubs, and if not, what clears it (S002-44, S002-45, X16).

Seed default: any outstanding amount blocks, due or not. Each tenant may soften that, per action.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from backend.values.gate import GateAction, GatePolicy, GateRule
from backend.values.identifiers import InvoiceId
from backend.values.money import Money

ReasonCode = Literal["INVOICE_OVERDUE", "INVOICE_OUTSTANDING"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivable:
    """One open invoice of the debtor. `open_minor` is in minor units of `currency`; `disputed` is a dispute hold."""

    invoice_id: InvoiceId
    number: str
    open_minor: int
    currency: str
    due_on: date
    disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GateReason:
    """One invoice that stands in the way. `days_overdue` is 0 until the day after the due date."""

    code: ReasonCode
    invoice_id: InvoiceId
    number: str
    open_minor: int
    currency: str
    due_on: date
    days_overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GateDecision:
    """`cleared_by`: what must be paid, one amount per currency in order of its code; empty when nothing blocks."""

    blocked: bool
    reasons: tuple[GateReason, ...]
    cleared_by: tuple[Money, ...]


OPEN: Final = GateDecision(blocked=False, reasons=(), cleared_by=())


def decide(
    receivables: Iterable[Receivable],
    policy: GatePolicy,
    *,
    action: GateAction,
    on: date,
    paying_invoice: InvoiceId | None = None,
) -> GateDecision:
    """Whether the debtor's open invoices block `action` on the date `on` (the issuer's calendar).

    `paying_invoice` is the invoice that pays for this action, if there is one. Reasons come oldest due date first.
    """
    rule = policy.rule(action)
    if not rule.blocks:
        return OPEN
    counted = [receivable for receivable in receivables if _counts(receivable, rule, on, paying_invoice)]
    owed: dict[str, int] = {}
    for receivable in counted:
        owed[receivable.currency] = owed.get(receivable.currency, 0) + receivable.open_minor
    # Each currency is measured by itself: an exchange rate must not decide whether somebody may play.
    blocking = {currency: minor for currency, minor in owed.items() if minor >= rule.minimum_minor}
    if not blocking:
        return OPEN
    in_the_way = sorted(
        (receivable for receivable in counted if receivable.currency in blocking),
        key=lambda receivable: (receivable.due_on, receivable.number),
    )
    return GateDecision(
        blocked=True,
        reasons=tuple(_reason(receivable, on) for receivable in in_the_way),
        cleared_by=tuple(Money(minor, currency) for currency, minor in sorted(blocking.items())),
    )


def _counts(receivable: Receivable, rule: GateRule, on: date, paying_invoice: InvoiceId | None) -> bool:
    if receivable.open_minor <= 0:
        return False
    if rule.exclude_disputed and receivable.disputed:
        return False
    if rule.exclude_paying_invoice and receivable.invoice_id == paying_invoice:
        return False
    return not rule.overdue_only or _days_overdue(receivable, on) > rule.grace_days


def _reason(receivable: Receivable, on: date) -> GateReason:
    days = _days_overdue(receivable, on)
    return GateReason(
        code="INVOICE_OVERDUE" if days else "INVOICE_OUTSTANDING",
        invoice_id=receivable.invoice_id,
        number=receivable.number,
        open_minor=receivable.open_minor,
        currency=receivable.currency,
        due_on=receivable.due_on,
        days_overdue=days,
    )


def _days_overdue(receivable: Receivable, on: date) -> int:
    return max((on - receivable.due_on).days, 0)
