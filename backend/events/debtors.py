"""What happens to debtors: members, clubs, tenants and outside parties that may be billed."""

from backend.events.event import event
from backend.values.identifiers import DebtorId, OrgNodeId, TenantId
from backend.values.parties import DebtorKind, Particulars


@event("debtor-registered", about="debtor_id", shows=("kind",), subject="debtor_id", personal=("particulars",))
class DebtorRegistered:
    """Someone may be billed in this tenant. `reference` is the member or club number, unique in the tenant.

    `org_node_id` is the member's club (or the club itself), `billed_tenant_id` the federation for kind `tenant`.
    """

    debtor_id: DebtorId
    kind: DebtorKind
    reference: str
    org_node_id: OrgNodeId | None
    billed_tenant_id: TenantId | None
    language: str
    licence_type: str
    particulars: Particulars | None


@event("debtor-revised", about="debtor_id", subject="debtor_id", personal=("particulars",))
class DebtorRevised:
    """The debtor's particulars are these from now on. Issued invoices keep what was printed."""

    debtor_id: DebtorId
    org_node_id: OrgNodeId | None
    language: str
    licence_type: str
    particulars: Particulars | None


@event("personal-data-erased", about="debtor_id", forgets="debtor_id")
class PersonalDataErased:
    """The key of this debtor is destroyed: sealed fields can never be read again. `ground` is the legal basis."""

    debtor_id: DebtorId
    ground: str
