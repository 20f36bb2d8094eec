"""Questions about issuers, templates and numbers."""

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.identifiers import the
from backend.api.issuers.types import (
    Issuer,
    NumberSeries,
    Template,
    find_issuer,
    issuer_of,
    number_series_of,
    template_of,
)
from backend.api.receivables.queries import issuer
from backend.read.issuers import queries


@output
class IssuerQueries:
    """Questions about issuers."""

    @resolved
    async def issuers(self, info: Info) -> list[Issuer]:
        """The issuers you may see, by name (at most 2,000)."""
        return [issuer_of(row) for row in await info.context.ask(queries.issuer_list)]

    @resolved
    async def issuer(self, info: Info, id: strawberry.ID) -> Issuer | None:
        """One issuer; null for one there is not, or that you may not see."""
        found: Issuer | None = await find_issuer(info, the("Issuer", id, "id"))
        return found

    @resolved
    async def templates(self, info: Info) -> list[Template]:
        """The templates of those issuers, and those of the tenant itself, by name (at most 2,000)."""
        return [template_of(row) for row in await info.context.ask(queries.template_list)]

    @resolved
    async def numbering_report(self, info: Info, issuer_id: strawberry.ID | None = None) -> list[NumberSeries]:
        """Every series: what it has given out, and that nothing is missing."""
        rows = await info.context.ask(queries.numbering_report, issuer_id=issuer(issuer_id))
        return [number_series_of(row) for row in rows]
