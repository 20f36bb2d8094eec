"""A debtor as clients see it."""

from enum import Enum
from uuid import UUID

import strawberry
from strawberry.dataloader import DataLoader

from backend.api.gate.queries import action_on
from backend.api.gate.types import DebtCheck, GateAction, debt_check_of
from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved, words
from backend.api.graphql.identifiers import encoded, the
from backend.api.graphql.node import Node, found_by
from backend.api.parties import Address, address_of
from backend.read.debtors.queries import MAX_BY_ID, DebtorRow, debtor_detail, debtors_by_id
from backend.read.gate import debt_check
from backend.values.identifiers import DebtorId


@words
class DebtorKind(Enum):
    """Who is billed: a member, a club of the tenant, another tenant, or somebody outside."""

    MEMBER = "member"
    CLUB = "club"
    TENANT = "tenant"
    OUTSIDE = "outside"


@output
class Debtor(Node):
    """Somebody who may be billed. Name, e-mail and address are gone once the person was erased."""

    kind: DebtorKind
    reference: str
    name: str
    email: str
    language: str
    licence_type: str
    org_node_id: strawberry.ID | None
    address: Address | None
    organisation_number: str
    vat_number: str
    erased: bool

    @resolved
    async def debt_check(self, info: Info, action: GateAction = GateAction.LICENCE_RENEWAL) -> DebtCheck | None:
        """May this debtor do so now? Never stale."""
        debtor_id = DebtorId(the("Debtor", self.id))
        found = await info.context.ask(debt_check, debtor_id, **action_on(info, action))
        return debt_check_of(found) if found else None


@found_by("Debtor")
async def find_debtor(info: Info, debtor_id: UUID) -> Debtor | None:
    found = await info.context.ask(debtor_detail, DebtorId(debtor_id))
    return debtor_of(found) if found else None


async def load_debtor(info: Info, debtor_id: DebtorId) -> Debtor | None:
    """One debtor among many asked for at once: a page of a list costs one statement for all of them."""
    context = info.context
    if "debtors" not in context.loaders:

        async def load(debtor_ids: list[DebtorId]) -> list[Debtor | None]:
            rows = await context.ask(debtors_by_id, debtor_ids=debtor_ids)
            return [debtor_of(rows[each]) if each in rows else None for each in debtor_ids]

        # Without its cache: a subscription lives long, and must not show what was true at its beginning.
        context.loaders["debtors"] = DataLoader(load, max_batch_size=MAX_BY_ID, cache=False)
    found: Debtor | None = await context.loaders["debtors"].load(debtor_id)
    return found


def debtor_of(row: DebtorRow) -> Debtor:
    particulars = row.particulars
    return Debtor(
        id=encoded("Debtor", row.debtor_id),
        kind=DebtorKind(row.kind),
        reference=row.reference,
        name=row.name,
        email=row.email,
        language=row.language,
        licence_type=row.licence_type,
        org_node_id=encoded("OrgNode", row.org_node_id) if row.org_node_id else None,
        address=address_of(particulars.address) if particulars else None,
        organisation_number=particulars.organisation_number if particulars else "",
        vat_number=particulars.vat_number if particulars else "",
        erased=row.erased,
    )
