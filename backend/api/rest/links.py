"""Links that open one invoice without an account."""

from dataclasses import dataclass
from datetime import datetime

from backend.api.links import made_link
from backend.api.rest.endpoint import Answer, Call, needs
from backend.values.identifiers import InvoiceId
from backend.write.links import MakeInvoiceLink, RevokeInvoiceLinks


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkShown:
    """An address that opens one invoice without an account: give it to nobody but the debtor."""

    url: str
    expires_at: datetime


@needs(MakeInvoiceLink)
async def make_invoice_link(call: Call, invoice_id: InvoiceId) -> Answer[LinkShown]:
    """A link to the public page of an issued invoice. It is kept nowhere: make another one when this one is lost."""
    receipt = await call.carry_out(MakeInvoiceLink(invoice_id=invoice_id))
    made = made_link(call.services, call.actor, receipt)
    return Answer(LinkShown(url=made.url, expires_at=made.expires_at), replayed=receipt.replayed)


@needs(RevokeInvoiceLinks)
async def revoke_invoice_links(call: Call, invoice_id: InvoiceId) -> None:
    """Let no link from before open the invoice any more: neither a mailed one, nor one that was made here."""
    await call.carry_out(RevokeInvoiceLinks(invoice_id=invoice_id))
