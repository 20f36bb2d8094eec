"""What a run would come to, added up from what its chunks would have recorded. Nothing of it is stored."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from backend.events.invoices import InvoiceIssued
from backend.events.renewals import RunChunkIssued, RunStarted
from backend.journal.codec import Recorded
from backend.values.identifiers import DebtorId

# The first tell what is wrong; the counts are complete.
MAX_LISTED: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRefusal:
    """One who would get no invoice. `row` counts from 1 in the list that was sent."""

    row: int
    debtor_id: DebtorId | None
    code: str
    message: str


@dataclass(slots=True, kw_only=True)
class Forecast:
    """The sums so far, in the issuer's `currency`, of a run that is issued `chunk_size` at a time. `refused` counts by
    code."""

    currency: str
    season: str
    members: int
    chunk_size: int
    invoices: int = 0
    net_minor: int = 0
    tax_minor: int = 0
    total_minor: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    listed: list[ForecastRefusal] = field(default_factory=list)

    def refuse(self, refusal: ForecastRefusal) -> None:
        self.refused[refusal.code] += 1
        if len(self.listed) < MAX_LISTED:
            self.listed.append(refusal)

    def add(self, recorded: Sequence[Recorded], rows: dict[DebtorId, int]) -> None:
        """What one chunk would have recorded."""
        for each in recorded:
            match each.event:
                case InvoiceIssued() as e:
                    self.invoices += 1
                    self.tax_minor += e.tax_minor
                    self.total_minor += e.total_minor
                    self.net_minor += e.total_minor - e.tax_minor
                case RunChunkIssued() as e:
                    for member in e.refused:
                        self.refuse(
                            ForecastRefusal(
                                row=rows[member.debtor_id],
                                debtor_id=member.debtor_id,
                                code=member.code,
                                message=member.message,
                            )
                        )


def forecast_of(recorded: Sequence[Recorded], members: int) -> Forecast:
    """An empty forecast of the run that would have been started."""
    started = next(each.event for each in recorded if isinstance(each.event, RunStarted))
    return Forecast(currency=started.currency, season=started.season, members=members, chunk_size=started.chunk_size)
