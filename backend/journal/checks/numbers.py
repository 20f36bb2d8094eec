"""Numbers 1..n per series without a gap, in the order of dates, each text saying its number; references likewise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from backend.events.credit_notes import CreditNoteIssued
from backend.events.invoices import InvoiceIssued
from backend.events.issuers import IssuerRegistered, NumberSeriesConfigured
from backend.journal.checks.finding import Finding, unequal
from backend.journal.codec import Recorded
from backend.rules.numbering import (
    CREDIT_NOTES,
    ForeignNumber,
    InvalidSeries,
    SeriesPattern,
    dated_back,
    default_prefix,
)
from backend.rules.payment_terms import due_on
from backend.values.references import ocr_reference, rf_reference

NAME: Final = "numbers"


@dataclass(slots=True)
class NumbersCheck:
    """Remembers the last number of each series and payment account, and how each issuer's numbers read."""

    name: str = NAME
    patterns: dict[UUID, SeriesPattern] = field(default_factory=dict)
    series: dict[str, tuple[int, date]] = field(default_factory=dict)
    references: dict[str, int] = field(default_factory=dict)

    def see(self, recorded: Recorded) -> Iterable[Finding]:
        """The findings about one event, given those before it."""
        match recorded.event:
            case IssuerRegistered() as e:
                self.patterns[e.issuer_id] = SeriesPattern(default_prefix(e.language))
            case NumberSeriesConfigured() as e:
                self.patterns[e.issuer_id] = SeriesPattern(e.prefix, width=e.width, first_number=e.first_number)
            case InvoiceIssued() as e:
                yield from self._invoice(recorded, e)
            case CreditNoteIssued() as e:
                pattern = CREDIT_NOTES
                yield from self._next(recorded, e.series, e.sequence, e.issued_on, e.number, pattern, one_clock=False)
                yield from _reads(recorded, e.number, pattern, str(e.issued_on.year), e.sequence)

    def _invoice(self, recorded: Recorded, event: InvoiceIssued) -> Iterator[Finding]:
        pattern = self.patterns.get(event.issuer.issuer_id)
        if pattern is None:
            yield Finding(
                check=NAME,
                position=recorded.position,
                subject=event.number,
                expected="a registered issuer",
                found="none",
            )
            return
        yield from self._next(recorded, event.series, event.sequence, event.issued_on, event.number, pattern)
        yield from _reads(recorded, event.number, pattern, event.season, event.sequence)
        counter, sequence = event.reference_counter, event.reference_sequence
        yield from unequal(
            NAME,
            recorded,
            event.number,
            ("reference", self.references.get(counter, 0) + 1, sequence),
            ("OCR reference", ocr_reference(sequence), event.ocr_reference),
            ("RF reference", rf_reference(str(sequence)), event.rf_reference),
            ("due date", due_on(event.issued_on, event.terms_days), event.due_on),
        )
        self.references[counter] = max(sequence, self.references.get(counter, 0))

    def _next(
        self,
        recorded: Recorded,
        series: str,
        sequence: int,
        on: date,
        number: str,
        pattern: SeriesPattern,
        *,
        one_clock: bool = True,
    ) -> Iterator[Finding]:
        last, last_on = self.series.get(series, (pattern.first_number - 1, on))
        yield from unequal(NAME, recorded, number, (f"next of {series}:", last + 1, sequence))
        if dated_back(on, last_on, one_clock=one_clock):
            yield Finding(
                check=NAME,
                position=recorded.position,
                subject=number,
                expected=f"issued on {last_on} or later",
                found=str(on),
            )
        self.series[series] = (max(last, sequence), max(last_on, on))


def _reads(recorded: Recorded, number: str, pattern: SeriesPattern, season: str, sequence: int) -> Iterator[Finding]:
    """The text says its season and its counter, and nothing else does."""
    try:
        read = pattern.parse(number)
    except (ForeignNumber, InvalidSeries):
        read = ("", 0)
    yield from unequal(NAME, recorded, number, ("reads", (season, sequence), read))
