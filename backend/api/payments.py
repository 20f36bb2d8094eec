"""Payments: what arrived, and what it settled."""

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.paging import Connection, connection, page
from backend.api.mirror import Mirror
from backend.read import payments as answers
from backend.read.payments import AllocationRow, PaymentRow
from backend.values.identifiers import DebtorId, InvoiceId


class Allocation(Mirror[AllocationRow], names={"number": "invoice_number"}):
    """How much of a payment settled one invoice."""


class Payment(
    Mirror[PaymentRow],
    key="payment_id",
    only_rest=("position",),
    sizes={"allocations": (2, answers.MAX_ALLOCATIONS)},
    rest={"method": "payment_method", "amount": "payment_amount", "reference": "payment_reference"},
):
    """Money that arrived. `unallocated` is what no invoice took: it stays the debtor's credit. `allocations` are those
    you may see; `reference` and `notes` are gone once the person was erased."""


@output
class PaymentQueries:
    """Questions about payments."""

    @resolved
    async def payments(
        self,
        info: Info,
        invoice_id: InvoiceId | None = None,
        debtor_id: DebtorId | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Payment]:
        """The payments you may see, the newest first: of one invoice, of one debtor, or all."""
        asked = page(first, after, last, before)
        found = await info.context.ask(answers.payments, invoice_id=invoice_id, debtor_id=debtor_id, page=asked)
        return connection(found, Payment.of)
