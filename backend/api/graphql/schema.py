"""The one schema: every capability's queries, mutations and subscriptions put together, and what guards them."""

from typing import Any, Final

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig

from backend.api.dashboards.queries import DashboardQueries
from backend.api.debtors.mutations import DebtorMutations
from backend.api.debtors.queries import DebtorQueries
from backend.api.gate.queries import GateQueries
from backend.api.graphql.cost import Cost
from backend.api.graphql.document import Prepared
from backend.api.graphql.documented import output
from backend.api.graphql.errors import CalmErrors
from backend.api.graphql.node import NodeQueries
from backend.api.graphql.scalars import SCALARS
from backend.api.receivables.queries import ReceivablesQueries


@output
class Query(NodeQueries, DebtorQueries, ReceivablesQueries, GateQueries, DashboardQueries):
    """Every question. What you may not see is not there."""


@output
class Mutation(DebtorMutations):
    """Every change. Each answers with its own success, or with Refused."""


class _Schema(strawberry.Schema):
    def process_errors(self, errors: list[GraphQLError], execution_context: Any = None) -> None:
        """Nothing: a client's mistake is no line in our log, and bugs are logged by `CalmErrors` with their id."""


schema: Final = _Schema(
    query=Query,
    mutation=Mutation,
    # The first is the outermost: errors are calmed after everything else is done.
    extensions=[CalmErrors, Prepared, Cost],
    config=StrawberryConfig(disable_field_suggestions=True, scalar_map=SCALARS),
)
