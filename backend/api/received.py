"""Documents other tenants sent to this one."""

from uuid import UUID

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output, resolved
from backend.api.graphql.node import Node, found_by
from backend.api.graphql.paging import Connection, connection, page
from backend.api.mirror import Mirror
from backend.read import received
from backend.values.identifiers import ReceivedDocumentId


class ReceivedDocument(
    Mirror[received.ReceivedRow], Node, key="document_id", leave_out=("source_tenant_id", "source_invoice_id")
):
    """An invoice another tenant sent to this one. State and open amount are what that tenant last told."""


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
        return connection(found, ReceivedDocument.of)

    @resolved
    async def received_document(self, info: Info, id: ReceivedDocumentId) -> ReceivedDocument | None:
        """One received document; null for one there is not, or that you may not see."""
        return await _find(info, id)


@found_by("ReceivedDocument")
async def _find(info: Info, document_id: UUID) -> ReceivedDocument | None:
    found = await info.context.ask(received.received_document, document_id=ReceivedDocumentId(document_id))
    return ReceivedDocument.of(found) if found else None
