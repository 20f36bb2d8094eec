"""The one schema: every capability's queries, mutations and subscriptions put together, and what guards them."""

from typing import Any, Final

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig

from backend.api.graphql.cost import Cost
from backend.api.graphql.document import Prepared
from backend.api.graphql.documented import output
from backend.api.graphql.errors import CalmErrors
from backend.api.graphql.scalars import SCALARS


@output
class Query:
    """Every question."""

    @strawberry.field
    def hello(self) -> str:
        return "x"


class _Schema(strawberry.Schema):
    def process_errors(self, errors: list[GraphQLError], execution_context: Any = None) -> None:
        """Nothing: a client's mistake is no line in our log, and bugs are logged by `CalmErrors` with their id."""


schema: Final = _Schema(
    query=Query,
    # The first is the outermost: errors are calmed after everything else is done.
    extensions=[CalmErrors, Prepared, Cost],
    config=StrawberryConfig(disable_field_suggestions=True, scalar_map=SCALARS),
)
