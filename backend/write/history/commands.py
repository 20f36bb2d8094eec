"""What somebody may want of invoices from before Carreau."""

from dataclasses import dataclass

from backend.rules.history_csv import HistoricalRow
from backend.values.identifiers import IssuerId


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportHistoricalInvoices:
    """Take over invoices issued before our time, as issued by the platform (S002-22), with their original numbers.

    All rows or none. Rows that are here already, unchanged, are left alone, so a file may be sent twice. A debtor
    reference that is new registers an outside party. `source` says where the rows come from.
    """

    issuer_id: IssuerId
    rows: tuple[HistoricalRow, ...]
    source: str
