"""What a debtor was billed for before: the facts by which a double licence invoice is recognised."""

from dataclasses import dataclass

from backend.values.identifiers import DebtorId


@dataclass(frozen=True, slots=True)
class Billed:
    """A component a debtor was billed for in a season. `occurrence` exceeds 1 only where someone overrode the check."""

    debtor_id: DebtorId
    component: str
    occurrence: int
    number: str
