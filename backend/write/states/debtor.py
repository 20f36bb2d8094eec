"""The debtor as decisions see it."""

from dataclasses import dataclass, replace
from typing import Any, Final

from backend.events.debtors import DebtorRegistered, DebtorRevised, PersonalDataErased
from backend.values.identifiers import DebtorId, OrgNodeId, TenantId
from backend.values.parties import DebtorKind, Particulars
from backend.write.states.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """Who may be billed. `particulars` is `None` once the person was erased."""

    debtor_id: DebtorId
    kind: DebtorKind
    reference: str
    node: OrgNodeId | None
    billed_tenant_id: TenantId | None
    language: str
    licence_type: str
    particulars: Particulars | None

    @property
    def is_business(self) -> bool:
        """Whether VAT law sees a taxable person: clubs, federations and outside parties with a VAT number."""
        return self.kind != "member" and bool(self.particulars and self.particulars.vat_number)


def evolve(debtor: Debtor | None, event: Any) -> Debtor | None:
    """One fold over the debtor's stream."""
    if isinstance(event, DebtorRegistered):
        return Debtor(
            debtor_id=event.debtor_id,
            kind=event.kind,
            reference=event.reference,
            node=event.org_node_id,
            billed_tenant_id=event.billed_tenant_id,
            language=event.language,
            licence_type=event.licence_type,
            particulars=event.particulars,
        )
    assert debtor is not None, "a debtor is registered before anything else happens to it"
    match event:
        case DebtorRevised():
            return replace(
                debtor,
                node=event.org_node_id,
                language=event.language,
                licence_type=event.licence_type,
                particulars=event.particulars,
            )
        case PersonalDataErased():
            return replace(debtor, particulars=None)
        case _:
            return debtor


DEBTOR: Final = Aggregate[Debtor]("debtor", evolve)
