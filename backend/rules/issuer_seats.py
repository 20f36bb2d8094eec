"""The seats a tenant's issuers sit on: one for the platform, one for the tenant, one for each org node."""

from dataclasses import dataclass

from backend.values.identifiers import IssuerId, OrgNodeId


@dataclass(frozen=True, slots=True)
class KnownIssuer:
    """An issuer of the tenant, by its seat; `jurisdiction` is the country whose law it keeps its books by."""

    issuer_id: IssuerId
    issuer_type: str
    node: OrgNodeId | None
    jurisdiction: str
