"""An invoice that was never recorded, folded as the projector would: what a preview shows is what a list would say."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from backend.events.invoices import InvoiceIssued
from backend.journal.codec import Recorded
from backend.read.invoices.answers import COLUMNS, InvoiceDetail, detail_of, row_of
from backend.read.invoices.fold import Fold

# A preview has happened to nobody yet.
_NO_HISTORY: Final = ()


def previewed(recorded: Sequence[Recorded], now: datetime) -> InvoiceDetail:
    """The detail of the invoice that `recorded` would issue."""
    issued = next(each.event for each in recorded if isinstance(each.event, InvoiceIssued))
    fold = Fold({}, {})
    for each in recorded:
        fold.see(each)
    row = fold.rows[issued.invoice_id]
    return detail_of(row_of(tuple(getattr(row, name) for name in COLUMNS), now), issued, _NO_HISTORY)
