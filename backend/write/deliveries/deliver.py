"""Sending an issued invoice: one delivery record with one Message-ID for ever."""

from dataclasses import dataclass
from typing import ClassVar, Final

from backend.events.deliveries import DeliveryQueued
from backend.events.invoices import InvoiceIssued
from backend.events.parts import DeliveryPurpose
from backend.inline.outbound_work import is_under_way
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DeliveryId, InvoiceId
from backend.write.command import command
from backend.write.debtors.erase import still_known
from backend.write.parties import email
from backend.write.refusal import Refusal, RefusalCode
from backend.write.states.debtor import DEBTOR
from backend.write.states.invoice import INVOICE, Invoice, IssuedState
from backend.write.states.issuer import ISSUER
from backend.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverInvoice:
    """E-mail an issued invoice, to the debtor's address or to another one. Also again, after an earlier dispatch."""

    ASSIGNED: ClassVar = ("delivery_id",)
    delivery_id: DeliveryId
    invoice_id: InvoiceId
    to_address: str | None = None


class DeliveryHasNoAddress(Refusal):
    """Neither the debtor nor the command has an e-mail address."""

    code = RefusalCode.DELIVERY_NO_ADDRESS


class DeliveryNotPossible(Refusal):
    """The invoice is a draft, cancelled, or from before our time."""

    code = RefusalCode.DELIVERY_NOT_POSSIBLE
    status = 409


class DeliveryInProgress(Refusal):
    """A dispatch of this invoice is still on its way: a second one would send the same mail twice."""

    code = RefusalCode.DELIVERY_IN_PROGRESS
    status = 409


# The domain of Message-IDs is part of an identifier and not an address; it need not exist (RFC 5322, 3.6.4).
MESSAGE_ID_DOMAIN: Final = "invoices.carreau"


def queue_delivery(
    issued: InvoiceIssued, delivery_id: DeliveryId, *, purpose: DeliveryPurpose, to_address: str
) -> DeliveryQueued:
    """The invoice is to be e-mailed to `to_address`, in its own language."""
    return DeliveryQueued(
        delivery_id=delivery_id,
        document=issued.ref,
        purpose=purpose,
        issuer_org_node_id=issued.issuer.issuer_org_node_id,
        debtor_org_node_id=issued.debtor_org_node_id,
        debtor_id=issued.debtor_id,
        channel="email",
        language=issued.language,
        message_id=f"<{delivery_id}@{MESSAGE_ID_DOMAIN}>",
        to_address=to_address,
    )


def in_force(invoice: Invoice) -> InvoiceIssued:
    """What was issued, if it may still be sent to anybody."""
    if not isinstance(invoice, IssuedState):
        raise DeliveryNotPossible("only an invoice issued here can be delivered", path=("invoiceId",))
    if invoice.cancelled:
        raise DeliveryNotPossible("the invoice is cancelled: nobody should be asked to pay it", path=("invoiceId",))
    return invoice.event


def deliver(command: DeliverInvoice, issued: InvoiceIssued, *, under_way: bool) -> DeliveryQueued:
    """A new dispatch of an invoice in force, unless one is still on its way."""
    if under_way:
        raise DeliveryInProgress("a dispatch of this invoice is on its way: wait for its outcome", path=("invoiceId",))
    to_address = email(command.to_address or "", path=("toAddress",))
    to_address = to_address or (issued.debtor.email if issued.debtor else "")
    if not to_address:
        raise DeliveryHasNoAddress("the debtor has no e-mail address: give one", path=("toAddress",))
    return queue_delivery(issued, command.delivery_id, purpose="request", to_address=to_address)


@command(Capability.DELIVERIES_SEND)
async def deliver_invoice(command: DeliverInvoice, work: UnitOfWork) -> None:
    """Load the invoice and its last dispatch, and queue a new one."""
    invoice = await work.get(INVOICE, command.invoice_id, path=("invoiceId",))
    work.authorise((await work.get(ISSUER, invoice.issuer_id)).node)
    issued = in_force(invoice)
    under_way = await is_under_way(*work.place, command.invoice_id)
    still_known(await work.get(DEBTOR, issued.debtor_id))
    work.record(command.delivery_id, deliver(command, issued, under_way=under_way))
    work.answer = {"delivery_id": str(command.delivery_id), "invoice_id": str(command.invoice_id)}
