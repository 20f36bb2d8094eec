"""Revising a draft: its content replaced as a whole."""

from dataclasses import dataclass
from typing import assert_never

from backend.events.invoices import DraftRevised
from backend.events.issuers import TemplateDefined
from backend.tenants.capabilities import Capability
from backend.values.identifiers import InvoiceId
from backend.values.why import Why
from backend.write.command import command
from backend.write.debtors.erase import still_known
from backend.write.invoices.circumstances import issuer_and_template
from backend.write.invoices.draft import WantedContent, content_for, fields_of
from backend.write.invoices.refusals import InvoiceAlreadyPosted, InvoiceNotDraft
from backend.write.refusal import InvalidValue
from backend.write.states.debtor import DEBTOR, Debtor
from backend.write.states.invoice import INVOICE, DiscardedState, DraftState, HistoricalState, Invoice, IssuedState
from backend.write.states.issuer import Issuer
from backend.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseDraft:
    """Replace the content of a draft. `expected_version` refuses when somebody else revised it in between."""

    invoice_id: InvoiceId
    content: WantedContent
    expected_version: int | None = None


def still_draft(invoice: Invoice) -> DraftState:
    """The draft, or the refusal that fits its state (S003-31: only drafts are editable)."""
    match invoice:
        case DraftState():
            return invoice
        case IssuedState() | HistoricalState():
            raise InvoiceAlreadyPosted("This invoice has already been posted and cannot be edited.")
        case DiscardedState():
            raise InvoiceNotDraft("this draft was discarded")
        case _:
            assert_never(invoice)


def revise(
    draft: DraftState, command: ReviseDraft, issuer: Issuer, template: TemplateDefined, debtor: Debtor
) -> DraftRevised:
    """The new content. Refuses when somebody else revised the draft since the caller looked at it."""
    if command.expected_version not in (None, draft.version):
        raise InvalidValue(Why.DRAFT_REVISED, version=draft.version, path=("expectedVersion",))
    still_known(debtor)
    return DraftRevised(
        invoice_id=draft.invoice_id,
        debtor_id=draft.debtor_id,
        **fields_of(content_for(command.content, issuer, template)),
    )


@command(Capability.INVOICES_DRAFT)
async def revise_draft(command: ReviseDraft, work: UnitOfWork) -> None:
    """Load the draft, and record its new content."""
    invoice = await work.get(INVOICE, command.invoice_id, path=("invoiceId",))
    issuer, template = await issuer_and_template(work, invoice.issuer_id)
    work.authorise(issuer.node)
    draft = still_draft(invoice)
    debtor = await work.get(DEBTOR, draft.debtor_id)
    work.record(command.invoice_id, revise(draft, command, issuer, template, debtor))
    work.answer = {"invoice_id": str(command.invoice_id), "version": draft.version + 1}
