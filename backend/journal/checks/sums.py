"""Net, tax and total are those of the lines, of the tax groups, and of the one rule that computes them (I03)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import InvoiceIssued
from backend.events.money import NUMBERED
from backend.events.payments import PaymentRegistered
from backend.journal.checks.finding import Finding, unequal
from backend.journal.codec import Recorded
from backend.rules.totals import PricedLine, totals

NAME: Final = "sums"


@dataclass(frozen=True, slots=True)
class SumsCheck:
    """Remembers nothing: every document stands for itself."""

    name: str = NAME

    def see(self, recorded: Recorded) -> Iterable[Finding]:
        """The findings about one event, given those before it."""
        if type(recorded.event) in NUMBERED:
            yield from _document(recorded, recorded.event)
        match recorded.event:
            case InvoiceIssued() as e:
                yield from _recomputed(recorded, e)
            case CreditNoteIssued() as e:
                yield from _within(recorded, e.number, "applied", e.applied_minor, e.total_minor)
            case PaymentRegistered() as e:
                parts, subject = [part.amount_minor for part in e.allocations], f"payment {e.payment_id}"
                yield from unequal(NAME, recorded, subject, ("parts", e.amount_minor, sum(parts) + e.unallocated_minor))
                for part in (*parts, e.unallocated_minor):
                    yield from _within(recorded, subject, "a part", part, e.amount_minor)


def _document(recorded: Recorded, event: InvoiceIssued | CreditNoteIssued) -> Iterator[Finding]:
    yield from unequal(
        NAME,
        recorded,
        event.number,
        ("net of the lines", sum(line.net_minor for line in event.lines), event.net_minor),
        ("tax of the lines", sum(line.tax_minor for line in event.lines), event.tax_minor),
        ("net and tax", event.net_minor + event.tax_minor, event.total_minor),
        ("base of the groups", event.net_minor, sum(group.base_minor for group in event.tax_groups)),
        ("tax of the groups", event.tax_minor, sum(group.tax_minor for group in event.tax_groups)),
    )
    by_group: dict[tuple[str, Decimal], list[int]] = {}
    for line in event.lines:
        sums = by_group.setdefault((line.tax.category_code, line.tax.percent), [0, 0])
        sums[0] += line.net_minor
        sums[1] += line.tax_minor
    for group in event.tax_groups:
        base, tax = by_group.get((group.category_code, group.percent), [0, 0])
        about = f"{group.category_code} {group.percent} %"
        yield from unequal(
            NAME,
            recorded,
            event.number,
            (f"base of {about}", base, group.base_minor),
            (f"tax of {about}", tax, group.tax_minor),
        )


def _recomputed(recorded: Recorded, event: InvoiceIssued) -> Iterator[Finding]:
    priced = [
        PricedLine(
            quantity=line.quantity, unit_price=line.unit_price, discount_percent=line.discount_percent, tax=line.tax
        )
        for line in event.lines
    ]
    try:
        sums = totals(priced, currency=event.currency, document_discount_minor=event.discount_minor)
    except ValueError as error:
        yield Finding(
            check=NAME,
            position=recorded.position,
            subject=event.number,
            expected="lines that can be summed",
            found=type(error).__name__,
        )
        return
    yield from unequal(
        NAME,
        recorded,
        event.number,
        ("net by the rule", sums.net.minor, event.net_minor),
        ("tax by the rule", sums.tax.minor, event.tax_minor),
        (
            "lines by the rule",
            [(line.net_minor, line.tax_minor) for line in sums.lines],
            [(line.net_minor, line.tax_minor) for line in event.lines],
        ),
    )


def _within(recorded: Recorded, subject: str, about: str, minor: int, whole: int) -> Iterator[Finding]:
    if not 0 <= minor <= whole:
        yield Finding(
            check=NAME,
            position=recorded.position,
            subject=subject,
            expected=f"{about} from 0 to {whole}",
            found=str(minor),
        )
