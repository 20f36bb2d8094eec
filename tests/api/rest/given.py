"""What happened before a REST test begins, through the front door of the write side."""

import struct
import zlib
from typing import Any

from backend.read.catch_up import catch_up
from backend.values.identifiers import DebtorId, InvoiceId
from backend.write.execute import execute
from backend.write.invoices.issue import IssueInvoice
from tests.given.federation import Federation
from tests.given.invoices import a_drafted_invoice


async def a_draft(federation: Federation, debtor_id: DebtorId, **content: Any) -> InvoiceId:
    """A draft of one line of 400 SEK before tax."""
    invoice_id, _ = await a_drafted_invoice(federation, debtor_id=debtor_id, **content)
    await caught_up(federation)
    return invoice_id


async def an_invoice(federation: Federation, debtor_id: DebtorId, *, deliver: bool = False) -> InvoiceId:
    """An issued invoice of 500 SEK, tax included."""
    invoice_id = await a_draft(federation, debtor_id)
    await done(federation, IssueInvoice(invoice_id=invoice_id, deliver=deliver))
    return invoice_id


async def done(federation: Federation, command: Any) -> dict[str, Any]:
    """Carry out a command and let every read model see it."""
    receipt = await execute(federation.write, federation.system, command)
    await caught_up(federation)
    return receipt.answer


async def caught_up(federation: Federation) -> None:
    """Let every read model see what was recorded."""
    await catch_up(federation.write.database, federation.write.keyring, federation.tenant_id)


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


# The smallest logo there is.
PNG = _png()
