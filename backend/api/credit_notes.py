"""Credit notes: what took invoices back."""

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.paging import Connection, connection, page
from backend.api.mirror import Mirror
from backend.read import credit_notes as answers
from backend.read.credit_notes import CreditNoteRow
from backend.values.identifiers import DebtorId, InvoiceId


class CreditNote(
    Mirror[CreditNoteRow], key="credit_note_id", leave_out=("position",), rest={"number": "credit_note_number"}
):
    """A document of its own that takes an invoice back. Amounts are positive; `applied` was set against the invoice's
    open balance. `reason` is gone once the person was erased."""


@output
class CreditNoteQueries:
    """Questions about credit notes."""

    @resolved
    async def credit_notes(
        self,
        info: Info,
        invoice_id: InvoiceId | None = None,
        debtor_id: DebtorId | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[CreditNote]:
        """The credit notes you may see, the newest first: of one invoice, of one debtor, or all."""
        asked = page(first, after, last, before)
        found = await info.context.ask(answers.credit_notes, invoice_id=invoice_id, debtor_id=debtor_id, page=asked)
        return connection(found, CreditNote.of)
