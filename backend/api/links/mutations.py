"""What may be done with the links to an invoice: take one for the debtor, and revoke all there are."""

from datetime import datetime
from typing import Annotated

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, mutation, output
from backend.api.graphql.identifiers import the
from backend.api.graphql.results import Refused, Repeatable, Success, outcome
from backend.api.links.making import made_link
from backend.values.identifiers import InvoiceId
from backend.write.execute import Receipt
from backend.write.links import MakeInvoiceLink, RevokeInvoiceLinks


@given
class MakeInvoiceLinkInput(Repeatable):
    """Which invoice the link opens. The same key gives the same link."""

    invoice_id: strawberry.ID


@given
class RevokeInvoiceLinksInput(Repeatable):
    """Whose links end: those that were mailed, and those that were taken here."""

    invoice_id: strawberry.ID


@output
class InvoiceLink:
    """An address that opens one invoice without an account: give it to nobody but the debtor."""

    url: str
    expires_at: datetime


@output
class MakeInvoiceLinkSuccess(Success):
    """The link. It is kept nowhere: take another one when this one is lost."""

    link: InvoiceLink


@output
class RevokeInvoiceLinksSuccess(Success):
    """No link from before opens the invoice any more. The debtor may ask for a new one, which is mailed."""

    invoice_id: strawberry.ID


MakeInvoiceLinkResult = Annotated[MakeInvoiceLinkSuccess | Refused, strawberry.union("MakeInvoiceLinkResult")]
RevokeInvoiceLinksResult = Annotated[RevokeInvoiceLinksSuccess | Refused, strawberry.union("RevokeInvoiceLinksResult")]


@output
class LinkMutations:
    """What may be done with the links to an invoice."""

    @mutation
    async def make_invoice_link(self, info: Info, input: MakeInvoiceLinkInput) -> MakeInvoiceLinkResult:
        """A link to the public page of an issued invoice, to hand to the debtor by other means than our mail."""
        command = MakeInvoiceLink(invoice_id=InvoiceId(the("Invoice", input.invoice_id, "invoiceId")))
        return await outcome(info, command, input, MakeInvoiceLinkSuccess, link=_link)

    @mutation
    async def revoke_invoice_links(self, info: Info, input: RevokeInvoiceLinksInput) -> RevokeInvoiceLinksResult:
        """Let no link from before open the invoice any more, and close the pages that are open."""
        command = RevokeInvoiceLinks(invoice_id=InvoiceId(the("Invoice", input.invoice_id, "invoiceId")))

        async def invoice_id(info: Info, receipt: Receipt) -> strawberry.ID:
            return input.invoice_id

        return await outcome(info, command, input, RevokeInvoiceLinksSuccess, invoice_id=invoice_id)


async def _link(info: Info, receipt: Receipt) -> InvoiceLink:
    made = made_link(info.context.services, info.context.actor, receipt)
    return InvoiceLink(url=made.url, expires_at=made.expires_at)
