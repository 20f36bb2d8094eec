"""Debtors: members, clubs, federations and outside parties."""

from uuid import UUID

from strawberry.dataloader import DataLoader

from backend.api.gate import DebtCheck, checked
from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.inputs import Input
from backend.api.graphql.node import Node, found_by
from backend.api.graphql.paging import Connection, connection, page
from backend.api.graphql.results import Repeatable, Success, mutation, succeeds
from backend.api.mirror import Mirror, derived
from backend.api.parties import ParticularsInput as ParticularsInput
from backend.read.debtors.queries import (
    MAX_BY_ID,
    DebtorRow,
    debtor_by_reference,
    debtor_detail,
    debtor_list,
    debtors_by_id,
)
from backend.values.gate import GateAction
from backend.values.identifiers import DebtorId, OrgNodeId
from backend.values.parties import Address, DebtorKind
from backend.write.debtors.erase import ErasePersonalData
from backend.write.debtors.register import RegisterDebtor
from backend.write.debtors.revise import ReviseDebtor


def _address(row: DebtorRow) -> Address | None:
    return row.particulars.address if row.particulars else None


class Debtor(Mirror[DebtorRow], Node, key="debtor_id", only_rest=("billed_tenant_id", "particulars")):
    """Somebody who may be billed. Name, e-mail and address are gone once the person was erased."""

    address: Address | None = derived(_address, only="graphql")
    organisation_number: str = derived(
        lambda row: row.particulars.organisation_number if row.particulars else "", only="graphql"
    )
    vat_number: str = derived(lambda row: row.particulars.vat_number if row.particulars else "", only="graphql")

    @resolved(statements=1)
    async def debt_check(self, info: Info, action: GateAction = "licence_renewal") -> DebtCheck | None:
        """May this debtor do so now? Never stale."""
        return await checked(info, self.row.debtor_id, action)


@found_by("Debtor")
async def find_debtor(info: Info, debtor_id: UUID) -> Debtor | None:
    found = await info.context.ask(debtor_detail, DebtorId(debtor_id))
    return Debtor.of(found) if found else None


async def load_debtor(info: Info, debtor_id: DebtorId) -> Debtor | None:
    """One debtor among many asked for at once: a page of a list costs one statement for all of them."""
    context = info.context
    if "debtors" not in context.loaders:

        async def load(debtor_ids: list[DebtorId]) -> list[Debtor | None]:
            rows = await context.ask(debtors_by_id, debtor_ids=debtor_ids)
            return [Debtor.of(rows[each]) if each in rows else None for each in debtor_ids]

        # Without its cache: a subscription lives long, and must not show what was true at its beginning.
        context.loaders["debtors"] = DataLoader(load, max_batch_size=MAX_BY_ID, cache=False)
    found: Debtor | None = await context.loaders["debtors"].load(debtor_id)
    return found


@output
class DebtorQueries:
    """Questions about debtors."""

    @resolved
    async def debtors(
        self,
        info: Info,
        search: str = "",
        kind: DebtorKind | None = None,
        org_node_id: OrgNodeId | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Debtor]:
        """Debtors by name. Every word of `search` begins a word of the name, the e-mail address or the reference."""
        asked = page(first, after, last, before)
        found = await info.context.ask(debtor_list, search=search, kind=kind, org_node_id=org_node_id, page=asked)
        return connection(found, Debtor.of)

    @resolved
    async def debtor(self, info: Info, id: DebtorId) -> Debtor | None:
        """One debtor; null for one there is not, or whom you may not see."""
        return await find_debtor(info, id)

    @resolved
    async def debtor_by_reference(self, info: Info, reference: str) -> Debtor | None:
        """The debtor with this member or club number."""
        found = await info.context.ask(debtor_by_reference, reference)
        return Debtor.of(found) if found else None


class RegisterDebtorInput(Input[RegisterDebtor], Repeatable):
    """`reference` is the member or club number; `orgNodeId` the member's club, or the club itself."""


class ReviseDebtorInput(Input[ReviseDebtor], Repeatable):
    """The particulars from now on. Issued invoices keep what was printed."""


class ErasePersonalDataInput(Input[ErasePersonalData], Repeatable):
    """`ground` is the legal basis of the request."""


@succeeds
class RegisterDebtorSuccess(Success):
    """The debtor may be billed."""

    debtor: Debtor | None


@succeeds
class ReviseDebtorSuccess(Success):
    """The debtor as it is now."""

    debtor: Debtor | None


@succeeds
class ErasePersonalDataSuccess(Success):
    """The debtor, of whom nothing personal is left."""

    debtor: Debtor | None


@output
class DebtorMutations:
    """What may be done with debtors."""

    register_debtor = mutation(RegisterDebtorInput, RegisterDebtorSuccess, "Let somebody be billed in this tenant.")
    revise_debtor = mutation(
        ReviseDebtorInput, ReviseDebtorSuccess, "Change a debtor's particulars. Kind and reference never change."
    )
    erase_personal_data = mutation(
        ErasePersonalDataInput, ErasePersonalDataSuccess, "Destroy the key of a debtor's personal data, for ever."
    )
