"""Every öre of an invoice, step by step, by the one calculation that also issued it."""

from backend.api.graphql.documented import output
from backend.api.graphql.sizes import listed
from backend.read.invoices.answers import InvoiceDetail
from backend.rules.totals import PricedLine, StepLabel, explain, totals


@output
class StepValue:
    """One number of a step. A name that ends in `_minor` is in minor units; `exact_minor` is before rounding."""

    name: str
    value: str


@output
class CalculationStep:
    """One step. `line` counts from 1, and is null where the step concerns all lines."""

    label: StepLabel
    line: int | None
    values: list[StepValue] = listed(4, 10)


def steps_of(detail: InvoiceDetail) -> list[CalculationStep]:
    """The steps of an issued invoice; none for a draft, whose tax is not decided yet (preview it instead)."""
    lines = [
        PricedLine(
            quantity=line.quantity, unit_price=line.unit_price, discount_percent=line.discount_percent, tax=line.tax
        )
        for line in detail.lines
        if line.tax is not None
    ]
    if not lines:
        return []
    result = totals(lines, currency=detail.row.currency, document_discount_minor=detail.discount_minor)
    return [
        CalculationStep(
            label=step.label,
            line=step.line,
            values=[StepValue(name=name, value=str(value)) for name, value in step.values],
        )
        for step in explain(lines, result)
    ]
