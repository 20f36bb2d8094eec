"""Documents other tenants sent to this one."""

from datetime import date, datetime
from uuid import UUID

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.identifiers import encoded, the
from backend.api.graphql.money import Money, money
from backend.api.graphql.node import Node, found_by
from backend.api.graphql.paging import Connection, connection, page
from backend.read import received
from backend.values.identifiers import ReceivedDocumentId


@output
class ReceivedDocument(Node):
    """An invoice another tenant sent to this one. State and open amount are what that tenant last told."""

    issuer_name: str
    number: str
    issued_on: date
    due_on: date
    net: Money
    tax: Money
    total: Money
    open: Money
    state: str
    received_at: datetime


@output
class ReceivedQueries:
    """Questions about received documents."""

    @resolved
    async def received_documents(
        self,
        info: Info,
        state: str | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[ReceivedDocument]:
        """The documents this tenant received, the newest first."""
        found = await info.context.ask(received.received_documents, state=state, page=page(first, after, last, before))
        return connection(found, _received)

    @resolved
    async def received_document(self, info: Info, id: strawberry.ID) -> ReceivedDocument | None:
        """One received document; null for one there is not, or that you may not see."""
        found: ReceivedDocument | None = await _find(info, the("ReceivedDocument", id, "id"))
        return found


@found_by("ReceivedDocument")
async def _find(info: Info, document_id: UUID) -> ReceivedDocument | None:
    found = await info.context.ask(received.received_document, document_id=ReceivedDocumentId(document_id))
    return _received(found) if found else None


def _received(row: received.ReceivedRow) -> ReceivedDocument:
    currency = row.currency
    return ReceivedDocument(
        id=encoded("ReceivedDocument", row.document_id),
        issuer_name=row.issuer_name,
        number=row.number,
        issued_on=row.issued_on,
        due_on=row.due_on,
        net=money(row.net_minor, currency),
        tax=money(row.tax_minor, currency),
        total=money(row.total_minor, currency),
        open=money(row.open_minor, currency),
        state=row.state,
        received_at=row.received_at,
    )
