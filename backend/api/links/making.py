"""From the receipt of a made link to its address. Receipts are kept and links are not: it is signed anew each time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.services import Services
from backend.tenants.actor import Actor
from backend.tenants.invoice_links import InvoiceLink, link_url, token_of
from backend.values.identifiers import InvoiceId
from backend.write.execute import Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeLink:
    """The address for the debtor, and how long it opens the invoice."""

    url: str
    expires_at: datetime


def made_link(services: Services, actor: Actor, receipt: Receipt) -> MadeLink:
    link = InvoiceLink(
        tenant_id=actor.tenant_id,
        invoice_id=InvoiceId(UUID(receipt.answer["invoice_id"])),
        generation=int(receipt.answer["generation"]),
        expires_at=datetime.fromisoformat(receipt.answer["expires_at"]),
    )
    url = link_url(services.settings.public_url, token_of(services.keyring, "link", link))
    return MadeLink(url=url, expires_at=link.expires_at)
