"""One of everything in one federation, by id: what the walls are tried with."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from backend.values.identifiers import DebtorId, DeliveryId, InvoiceId, IssuerId, OrgNodeId, RunId, TemplateId, UserId


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Things that exist in one federation, by id. `strange` has the same shape with ids nobody ever had."""

    issuer_id: IssuerId
    debtor_id: DebtorId
    draft_id: InvoiceId
    issued_id: InvoiceId
    delivery_id: DeliveryId
    run_id: RunId
    template_id: TemplateId
    node: OrgNodeId
    club: OrgNodeId
    user_id: UserId
    token_id: UUID
    session_id: UUID
    passkey_id: UUID
    client_id: UUID
    provider_id: UUID

    def strange(self) -> "Scene":
        return replace(self, **{name: uuid4() for name in self.__dataclass_fields__})
