"""What stands on the page of an invoice, and the history of its states."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from backend.api.actors import Actor as Actor
from backend.api.mirror import Mirror, derived
from backend.api.parties import Identity as Identity
from backend.read.invoices import answers
from backend.rules.attachments import MAX_ATTACHMENTS
from backend.values import parties, tax

# The limit of `write/invoices/draft.py`.
MAX_LINES: Final = 1_000


class AppliedTax(Mirror[tax.AppliedTax]):
    """The tax of a line, frozen at issue."""


class InvoiceLine(
    Mirror[answers.DetailLine],
    shown="InvoiceLine",
    names={"tax": "applied_tax"},
    rest={"recipient": "recipient_type", "tax": "tax_amount"},
    only_graphql=("tax", "discount_minor"),
):
    """One line. A draft's line has no amounts and no tax yet."""

    tax_rate: Decimal | None = derived(lambda line: line.tax.percent if line.tax else None, only="rest")
    tax_code: str | None = derived(lambda line: line.tax.rate_code if line.tax else None, only="rest")


class TaxGroup(
    Mirror[tax.TaxGroup],
    shown="TaxSubtotal",
    rest={"category_code": "category", "percent": "tax_rate", "base": "taxable", "tax": "tax_amount"},
):
    """The tax of one category and rate (BG-23 of EN 16931): the sum of the rounded line nets, and the tax on it."""


class PrintedIssuer(
    Mirror[answers.PrintedIssuer],
    shown="IssuerPrinted",
    leave_out=("issuer_id", "jurisdiction", "time_zone", "template"),
):
    """Who issued, as printed."""

    template: str = derived(lambda issuer: issuer.template.name)
    template_revision: int = derived(lambda issuer: issuer.template.revision)


class ReferenceRate(
    Mirror[answers.ReferenceRate],
    only_rest=("accounting_published_on",),
    rest={
        "eur_to_invoice": "ecb_reference_rate",
        "published_on": "ecb_reference_date",
        "requested_on": "requested_date",
        "invoice_to_accounting": "accounting_rate",
        "accounting_published_on": "accounting_reference_date",
    },
):
    """The ECB reference rates captured at issue, with their publication dates."""


class StoredAttachment(Mirror[answers.Attachment], shown="AttachmentShown"):
    """A stored file that goes with the invoice; `digest` is its SHA-256."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedAttachment:
    """An attachment, and where it is."""

    name: str
    media_type: str
    digest: str
    size: int
    url: str


class Attachment(Mirror[LinkedAttachment]):
    """A stored file that goes with the invoice. `url` is where it is, relative to this service."""


class StatusChange(Mirror[answers.StatusChange], shown="StatusHistoryEntry", only_rest=("position",)):
    """One change of one state: from what, to what, by whom, why, when."""


def _linked(detail: answers.InvoiceDetail) -> tuple[LinkedAttachment, ...]:
    where = f"/api/v1/invoices/{detail.row.invoice_id}/attachments"
    return tuple(
        LinkedAttachment(
            name=each.name, media_type=each.media_type, digest=each.digest, size=each.size, url=f"{where}/{each.digest}"
        )
        for each in detail.attachments
    )


class InvoiceDocument(
    Mirror[answers.InvoiceDetail],
    leave_out=("row", "issuer", "attachments", "history"),
    sizes={"lines": (5, MAX_LINES), "tax_groups": (2, MAX_LINES), "attachments": (2, MAX_ATTACHMENTS)},
):
    """Everything on the page. What is only decided at issue is null, or empty, on a draft."""

    issuer: parties.Identity | None = derived(lambda detail: detail.issuer.identity if detail.issuer else None)
    payment_account: parties.PaymentAccount | None = derived(
        lambda detail: detail.issuer.account if detail.issuer else None
    )
    attachments: tuple[LinkedAttachment, ...] = derived(_linked)
    digest: str = derived(lambda detail: detail.row.document_digest)
