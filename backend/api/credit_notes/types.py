"""A credit note as clients see it."""

from datetime import date, datetime

import strawberry

from backend.api.graphql.documented import output
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.money import Money, money
from backend.read.credit_notes.queries import CreditNoteRow


@output
class CreditNote:
    """A document of its own that takes an invoice back. Amounts are positive; `applied` was set against the invoice's
    open balance. `reason` is gone once the person was erased."""

    id: strawberry.ID
    number: str
    invoice_id: strawberry.ID
    invoice_number: str
    issuer_id: strawberry.ID
    debtor_id: strawberry.ID
    issued_on: date
    net: Money
    tax: Money
    total: Money
    applied: Money
    reason: str
    issued_at: datetime
    issued_by: str


def credit_note_of(row: CreditNoteRow) -> CreditNote:
    currency = row.currency
    return CreditNote(
        id=encoded("CreditNote", row.credit_note_id),
        number=row.number,
        invoice_id=encoded("Invoice", row.invoice_id),
        invoice_number=row.invoice_number,
        issuer_id=encoded("Issuer", row.issuer_id),
        debtor_id=encoded("Debtor", row.debtor_id),
        issued_on=row.issued_on,
        net=money(row.net_minor, currency),
        tax=money(row.tax_minor, currency),
        total=money(row.total_minor, currency),
        applied=money(row.applied_minor, currency),
        reason=row.reason,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
    )
