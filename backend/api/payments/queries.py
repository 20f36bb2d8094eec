"""Questions about payments."""

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.identifiers import optional
from backend.api.graphql.paging import Connection, connection, page
from backend.api.payments.types import Payment, payment_of
from backend.read.payments import queries
from backend.values.identifiers import DebtorId, InvoiceId


@output
class PaymentQueries:
    """Questions about payments."""

    @resolved
    async def payments(
        self,
        info: Info,
        invoice_id: strawberry.ID | None = None,
        debtor_id: strawberry.ID | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Payment]:
        """The payments you may see, the newest first: of one invoice, of one debtor, or all."""
        invoice, debtor = optional("Invoice", invoice_id, "invoiceId"), optional("Debtor", debtor_id, "debtorId")
        found = await info.context.ask(
            queries.payments,
            invoice_id=InvoiceId(invoice) if invoice else None,
            debtor_id=DebtorId(debtor) if debtor else None,
            page=page(first, after, last, before),
        )
        return connection(found, payment_of)
