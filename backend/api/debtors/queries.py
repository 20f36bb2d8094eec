"""Questions about debtors."""

import strawberry

from backend.api.debtors.types import Debtor, DebtorKind, debtor_of, find_debtor
from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.identifiers import optional, the
from backend.api.graphql.paging import Connection, connection, page
from backend.api.graphql.words import word
from backend.read.debtors.queries import debtor_by_reference, debtor_list
from backend.values.identifiers import OrgNodeId


@output
class DebtorQueries:
    """Questions about debtors."""

    @resolved
    async def debtors(
        self,
        info: Info,
        search: str = "",
        kind: DebtorKind | None = None,
        org_node_id: strawberry.ID | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Debtor]:
        """Debtors by name. Every word of `search` begins a word of the name, the e-mail address or the reference."""
        node = optional("OrgNode", org_node_id, "orgNodeId")
        found = await info.context.ask(
            debtor_list,
            search=search,
            kind=word(kind),
            org_node_id=OrgNodeId(node) if node else None,
            page=page(first, after, last, before),
        )
        return connection(found, debtor_of)

    @resolved
    async def debtor(self, info: Info, id: strawberry.ID) -> Debtor | None:
        """One debtor; null for one there is not, or whom you may not see."""
        found: Debtor | None = await find_debtor(info, the("Debtor", id, "id"))
        return found

    @resolved
    async def debtor_by_reference(self, info: Info, reference: str) -> Debtor | None:
        """The debtor with this member or club number."""
        found = await info.context.ask(debtor_by_reference, reference)
        return debtor_of(found) if found else None
