"""The names of the counters an issuer numbers its invoices by: one per season, and no other document draws from it."""

from backend.values.identifiers import IssuerId


def invoice_series(issuer_id: IssuerId, season: str) -> str:
    """The counter of the issuer's invoices of one season."""
    return f"invoice:{issuer_id}:{season}"
