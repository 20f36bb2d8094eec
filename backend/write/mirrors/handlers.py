"""Handlers of received documents: load, authorise, decide, record."""

from backend.tenants.nodes import kind_of_tenant
from backend.write.mirrors.commands import ReceiveDocument, UpdateReceivedDocument
from backend.write.mirrors.decisions import receive, update
from backend.write.mirrors.received import RECEIVED, document_of
from backend.write.unit_of_work import UnitOfWork


async def receive_document(command: ReceiveDocument, work: UnitOfWork) -> None:
    work.authorise(None)
    document_id = document_of(command.source_tenant_id, command.source_invoice_id)
    kind = await kind_of_tenant(work.connection, work.tenant_id)
    earlier = await work.load(RECEIVED, document_id)
    if (event := receive(earlier, command, tenant_kind=kind)) is not None:
        work.record(document_id, event)
    work.answer = {"document_id": str(document_id), "recorded": int(event is not None)}


async def update_received_document(command: UpdateReceivedDocument, work: UnitOfWork) -> None:
    work.authorise(None)
    document_id = document_of(command.source_tenant_id, command.source_invoice_id)
    earlier = await work.load(RECEIVED, document_id)
    if (event := update(earlier, command)) is not None:
        work.record(document_id, event)
    work.answer = {"document_id": str(document_id), "recorded": int(event is not None)}
