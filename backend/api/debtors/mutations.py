"""What may be done with debtors."""

from typing import Annotated
from uuid import UUID

import strawberry

from backend.api.debtors.types import Debtor, DebtorKind, find_debtor
from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, mutation, output
from backend.api.graphql.identifiers import optional, the
from backend.api.graphql.results import Refused, Repeatable, Success, outcome
from backend.api.graphql.words import word
from backend.api.parties import ParticularsInput
from backend.values.identifiers import DebtorId, OrgNodeId, TenantId
from backend.write.debtors.erase import ErasePersonalData
from backend.write.debtors.register import RegisterDebtor
from backend.write.debtors.revise import ReviseDebtor
from backend.write.execute import Receipt


@given
class RegisterDebtorInput(Repeatable):
    """`reference` is the member or club number; `orgNodeId` the member's club, or the club itself."""

    kind: DebtorKind
    reference: str
    particulars: ParticularsInput
    org_node_id: strawberry.ID | None = None
    billed_tenant_id: strawberry.ID | None = None
    language: str = ""
    licence_type: str = ""


@given
class ReviseDebtorInput(Repeatable):
    """The particulars from now on. Issued invoices keep what was printed."""

    debtor_id: strawberry.ID
    particulars: ParticularsInput
    org_node_id: strawberry.ID | None = None
    language: str = ""
    licence_type: str = ""


@given
class ErasePersonalDataInput(Repeatable):
    """`ground` is the legal basis of the request."""

    debtor_id: strawberry.ID
    ground: str


@output
class RegisterDebtorSuccess(Success):
    """The debtor may be billed."""

    debtor: Debtor | None


@output
class ReviseDebtorSuccess(Success):
    """The debtor as it is now."""

    debtor: Debtor | None


@output
class ErasePersonalDataSuccess(Success):
    """The debtor, of whom nothing personal is left."""

    debtor: Debtor | None


RegisterDebtorResult = Annotated[RegisterDebtorSuccess | Refused, strawberry.union("RegisterDebtorResult")]
ReviseDebtorResult = Annotated[ReviseDebtorSuccess | Refused, strawberry.union("ReviseDebtorResult")]
ErasePersonalDataResult = Annotated[ErasePersonalDataSuccess | Refused, strawberry.union("ErasePersonalDataResult")]


@output
class DebtorMutations:
    """What may be done with debtors."""

    @mutation
    async def register_debtor(self, info: Info, input: RegisterDebtorInput) -> RegisterDebtorResult:
        """Let somebody be billed in this tenant."""
        billed = optional("Tenant", input.billed_tenant_id, "billedTenantId")
        command = RegisterDebtor(
            debtor_id=DebtorId(info.context.new_id()),
            kind=word(input.kind),
            reference=input.reference,
            particulars=input.particulars.value(),
            org_node_id=_node(input.org_node_id),
            billed_tenant_id=TenantId(billed) if billed else None,
            language=input.language,
            licence_type=input.licence_type,
        )
        return await outcome(info, command, input, RegisterDebtorSuccess, debtor=_debtor)

    @mutation
    async def revise_debtor(self, info: Info, input: ReviseDebtorInput) -> ReviseDebtorResult:
        """Change a debtor's particulars. Kind and reference never change."""
        command = ReviseDebtor(
            debtor_id=DebtorId(the("Debtor", input.debtor_id, "debtorId")),
            particulars=input.particulars.value(),
            org_node_id=_node(input.org_node_id),
            language=input.language,
            licence_type=input.licence_type,
        )
        return await outcome(info, command, input, ReviseDebtorSuccess, debtor=_debtor)

    @mutation
    async def erase_personal_data(self, info: Info, input: ErasePersonalDataInput) -> ErasePersonalDataResult:
        """Destroy the key of a debtor's personal data, for ever."""
        command = ErasePersonalData(debtor_id=DebtorId(the("Debtor", input.debtor_id, "debtorId")), ground=input.ground)
        return await outcome(info, command, input, ErasePersonalDataSuccess, debtor=_debtor)


async def _debtor(info: Info, receipt: Receipt) -> Debtor | None:
    found: Debtor | None = await find_debtor(info, UUID(receipt.answer["debtor_id"]))
    return found


def _node(opaque: str | None) -> OrgNodeId | None:
    found = optional("OrgNode", opaque, "orgNodeId")
    return OrgNodeId(found) if found else None
