"""What a debtor has in credit with an issuer: the fact by which money is set against what they owe."""

from dataclasses import dataclass

from backend.values.identifiers import DebtorId, IssuerId


@dataclass(frozen=True, slots=True)
class DebtorCredit:
    """What one debtor has in credit with one issuer, in one currency."""

    debtor_id: DebtorId
    issuer_id: IssuerId
    currency: str
    credit_minor: int
