"""The one schema: every capability's queries, mutations and subscriptions put together, and what guards them."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any, Final

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from backend.api.access import AccessMutations, AccessQueries
from backend.api.activity import ActivityQueries
from backend.api.credit_notes import CreditNoteQueries
from backend.api.dashboards import DashboardQueries
from backend.api.debtors import DebtorMutations, DebtorQueries
from backend.api.deliveries import DeliveryMutations, DeliveryQueries
from backend.api.gate import GateMutations, GateQueries
from backend.api.graphql.cost import PRICES, Cost
from backend.api.graphql.document_limits import Prepared
from backend.api.graphql.documented import output
from backend.api.graphql.errors import CalmErrors, told
from backend.api.graphql.journal import JournalStanding
from backend.api.graphql.node import NodeQueries
from backend.api.graphql.persisted import Persisted
from backend.api.graphql.plain_fields import ShortWay, remember_plain_fields
from backend.api.graphql.scalars import SCALARS
from backend.api.graphql.sizes import prices_of
from backend.api.invoices.commands import InvoiceMutations
from backend.api.invoices.queries import InvoiceQueries
from backend.api.issuers import IssuerMutations, IssuerQueries
from backend.api.ledger import LedgerQueries
from backend.api.links import LinkMutations
from backend.api.org import OrgMutations, OrgQueries
from backend.api.payments import PaymentQueries
from backend.api.platform.mutations import PlatformMutations
from backend.api.platform.queries import PlatformQueries
from backend.api.receivables import ReceivablesQueries
from backend.api.received import ReceivedQueries
from backend.api.renewals.commands import RunMutations
from backend.api.renewals.queries import RunQueries
from backend.api.renewals.run import RunSubscriptions
from backend.api.tax import TaxMutations, TaxQueries
from backend.api.templates import TemplateMutations, TemplateQueries


@output
class Query(
    NodeQueries,
    InvoiceQueries,
    RunQueries,
    DebtorQueries,
    IssuerQueries,
    TemplateQueries,
    TaxQueries,
    ReceivablesQueries,
    GateQueries,
    DashboardQueries,
    DeliveryQueries,
    ActivityQueries,
    LedgerQueries,
    ReceivedQueries,
    PaymentQueries,
    CreditNoteQueries,
    OrgQueries,
    AccessQueries,
    PlatformQueries,
):
    """Every question. What you may not see is not there."""


@output
class Mutation(
    InvoiceMutations,
    RunMutations,
    DeliveryMutations,
    LinkMutations,
    DebtorMutations,
    IssuerMutations,
    TemplateMutations,
    TaxMutations,
    GateMutations,
    AccessMutations,
    OrgMutations,
    PlatformMutations,
):
    """Every change. Each answers with its own success, or with Refused."""


@output
class Subscription(RunSubscriptions):
    """What can be followed live, over graphql-transport-ws."""


class _Schema(strawberry.Schema):
    def process_errors(self, errors: list[GraphQLError], execution_context: Any = None) -> None:
        """Nothing: a client's mistake is no line in our log, and bugs are logged by `CalmErrors` with their id."""

    async def stream(self, *said: Any, **named: Any) -> Any:
        """Over a WebSocket only subscriptions, which ask for their rights again at every step: a query there would go
        on with the rights of the moment the connection was made."""
        source = await super().stream(*said, **(named | {"allowed_operation_types": (OperationType.SUBSCRIPTION,)}))
        return _told_in_the_stream(source)


async def _told_in_the_stream(source: Any) -> AsyncIterator[Any]:
    """What an extension refuses before anything is parsed ends an operation with an error, as over HTTP."""
    async with aclosing(source):
        try:
            async for each in source:
                yield each
        except GraphQLError as refused:
            yield PreExecutionError(data=None, errors=[told(refused)])


schema: Final = _Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    # The first is the outermost: errors are calmed after everything else is done.
    extensions=[CalmErrors, Persisted, Prepared, Cost, JournalStanding],
    execution_context_class=ShortWay,
    config=StrawberryConfig(disable_field_suggestions=True, scalar_map=SCALARS),
)
remember_plain_fields(schema._schema)
PRICES.update(prices_of(schema._schema))
