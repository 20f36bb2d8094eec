"""What every series has given out: enough to see that no number is missing and that dates rise with the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import InvoiceCancelled, InvoiceIssued
from backend.read.issuers.tables import series
from backend.read.projection import Target, key_of
from backend.rules.numbering import dated_back
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.values.identifiers import IssuerId

SeriesKind = Literal["invoice", "credit_note"]

COLUMNS: Final = (
    "series",
    "kind",
    "issuer_id",
    "season",
    "count",
    "first_sequence",
    "last_sequence",
    "first_document",
    "last_document",
    "first_on",
    "last_on",
    "dated_back",
    "cancelled",
)


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One series so far, in the order of `COLUMNS`."""

    series: str
    kind: SeriesKind
    issuer_id: IssuerId | None
    season: str
    count: int
    first_sequence: int
    last_sequence: int
    first_document: str
    last_document: str
    first_on: date
    last_on: date
    dated_back: int
    cancelled: int = 0

    @property
    def holes(self) -> int:
        """Numbers between the first and the last that no document has. Zero, or something is wrong."""
        return self.last_sequence - self.first_sequence + 1 - self.count


async def fold_numbers(
    connection: Connection, target: Target, events: Sequence[InvoiceIssued | CreditNoteIssued | InvoiceCancelled]
) -> None:
    """Count the numbers these documents took, and the invoices among them that were cancelled."""
    if not events:
        return
    found = await connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM read_issuers_series"
        " WHERE tenant_id = %b AND generation = %b AND series = ANY(%b)".encode(),
        (*key_of(target), list({event.series for event in events})),
    )
    known = {row[0]: SeriesRow(*row) for row in await found.fetchall()}
    for event in events:
        known[event.series] = _counted(known.get(event.series), event)
    await insert_rows(
        connection,
        series,
        ("tenant_id", "generation", *COLUMNS),
        [(*key_of(target), *_values(row)) for row in known.values()],
        conflict="ON CONFLICT (tenant_id, generation, series) DO UPDATE SET "
        + ", ".join(f"{column} = excluded.{column}" for column in COLUMNS[1:]),
    )


def _counted(row: SeriesRow | None, e: InvoiceIssued | CreditNoteIssued | InvoiceCancelled) -> SeriesRow:
    if isinstance(e, InvoiceCancelled):
        assert row is not None, "an invoice has a number before it is cancelled"
        return replace(row, cancelled=row.cancelled + 1)
    if row is None:
        return SeriesRow(
            series=e.series,
            kind="invoice" if isinstance(e, InvoiceIssued) else "credit_note",
            issuer_id=e.issuer.issuer_id if isinstance(e, InvoiceIssued) else None,
            season=e.season if isinstance(e, InvoiceIssued) else str(e.issued_on.year),
            count=1,
            first_sequence=e.sequence,
            last_sequence=e.sequence,
            first_document=e.number,
            last_document=e.number,
            first_on=e.issued_on,
            last_on=e.issued_on,
            dated_back=0,
        )
    back = dated_back(e.issued_on, row.last_on, one_clock=isinstance(e, InvoiceIssued))
    row = replace(row, count=row.count + 1, dated_back=row.dated_back + back)
    if e.sequence < row.first_sequence:
        row = replace(row, first_sequence=e.sequence, first_document=e.number)
    if e.sequence > row.last_sequence:
        row = replace(row, last_sequence=e.sequence, last_document=e.number)
    return replace(row, first_on=min(row.first_on, e.issued_on), last_on=max(row.last_on, e.issued_on))


def _values(row: SeriesRow) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in COLUMNS)
