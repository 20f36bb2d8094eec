"""Links that open one invoice without an account: taken by the issuer, and revoked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output
from backend.api.graphql.inputs import Input
from backend.api.graphql.results import Repeatable, Success, mutation, succeeds
from backend.api.mirror import Mirror
from backend.services import Services
from backend.tenants import invoice_links
from backend.tenants.actor import Actor
from backend.values.identifiers import InvoiceId
from backend.write.execute import Receipt
from backend.write.links import MakeInvoiceLink, RevokeInvoiceLinks


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeLink:
    """The address for the debtor, and how long it opens the invoice."""

    url: str
    expires_at: datetime


def made_link(services: Services, actor: Actor, receipt: Receipt) -> MadeLink:
    """From the receipt of a made link to its address. Receipts are kept and links are not: it is signed anew each
    time."""
    link = invoice_links.InvoiceLink(
        tenant_id=actor.tenant_id,
        invoice_id=InvoiceId(UUID(receipt.answer["invoice_id"])),
        generation=int(receipt.answer["generation"]),
        expires_at=datetime.fromisoformat(receipt.answer["expires_at"]),
    )
    url = invoice_links.link_url(services.settings.public_url, invoice_links.token_of(services.keyring, "link", link))
    return MadeLink(url=url, expires_at=link.expires_at)


class InvoiceLink(Mirror[MadeLink]):
    """An address that opens one invoice without an account: give it to nobody but the debtor."""


class MakeInvoiceLinkInput(Input[MakeInvoiceLink], Repeatable):
    """Which invoice the link opens. The same key gives the same link."""


class RevokeInvoiceLinksInput(Input[RevokeInvoiceLinks], Repeatable):
    """Whose links end: those that were mailed, and those that were taken here."""


@succeeds
class MakeInvoiceLinkSuccess(Success):
    """The link. It is kept nowhere: take another one when this one is lost."""

    link: InvoiceLink


@succeeds
class RevokeInvoiceLinksSuccess(Success):
    """No link from before opens the invoice any more. The debtor may ask for a new one, which is mailed."""

    invoice_id: InvoiceId


async def _link(info: Info, receipt: Receipt) -> InvoiceLink:
    return InvoiceLink.of(made_link(info.context.services, info.context.actor, receipt))


@output
class LinkMutations:
    """What may be done with the links to an invoice."""

    make_invoice_link = mutation(
        MakeInvoiceLinkInput,
        MakeInvoiceLinkSuccess,
        "A link to the public page of an issued invoice, to hand to the debtor by other means than our mail.",
        link=_link,
    )
    revoke_invoice_links = mutation(
        RevokeInvoiceLinksInput,
        RevokeInvoiceLinksSuccess,
        "Let no link from before open the invoice any more, and close the pages that are open.",
    )
