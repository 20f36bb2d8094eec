"""Issuing an invoice: a draft becomes a legal document. Everything that can refuse happens before a number is taken."""

from dataclasses import dataclass
from datetime import date

from backend.events.invoices import InvoiceIssued
from backend.events.issuers import TemplateDefined
from backend.inline.billed import billed_for
from backend.inline.counters import ask_for_counters, counters_from
from backend.inline.reference_rates import ask_for_publications, publications_from
from backend.rules.invoice_kinds import INVOICE_KINDS
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DeliveryId, InvoiceId, derived_id
from backend.write.command import command
from backend.write.deliveries.deliver import queue_delivery
from backend.write.invoices.circumstances import Circumstances, issue_date, issuer_and_template, season_code
from backend.write.invoices.gate import debts_of
from backend.write.invoices.issuing import Issuing, IssuingFacts
from backend.write.invoices.numbers import counter_names
from backend.write.invoices.revise import still_draft
from backend.write.ledger import entry_of
from backend.write.rates import captured
from backend.write.states.debtor import DEBTOR
from backend.write.states.invoice import INVOICE, DraftState
from backend.write.states.issuer import Issuer
from backend.write.tax import tax_matrix
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import MAX_REASON, text


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueInvoice:
    """Make a draft a legal document. `issued_on` defaults to today where the issuer is.

    `deliver` overrides whether the invoice is e-mailed at once; `override_reason` admits a semantic duplicate.
    """

    invoice_id: InvoiceId
    issued_on: date | None = None
    deliver: bool | None = None
    override_reason: str = ""


@command(Capability.INVOICES_ISSUE, once=True)
async def issue_invoice(command: IssueInvoice, work: UnitOfWork) -> None:
    """Load the draft and what the decisions need, and record the issued invoice and its delivery."""
    invoice = await work.get(INVOICE, command.invoice_id, path=("invoiceId",))
    issuer, template = await issuer_and_template(work, invoice.issuer_id)
    work.authorise(issuer.node)
    draft = still_draft(invoice)
    facts = await _facts(command, draft, issuer, template, work)
    debtor = await work.get(DEBTOR, draft.debtor_id)
    issued = Issuing(type=draft.type, content=draft.content, facts=facts).invoice(command.invoice_id, debtor)
    record_issued(work, issued, deliver=issuer.auto_delivery if command.deliver is None else command.deliver)
    work.answer = {
        "invoice_id": str(issued.invoice_id),
        "number": issued.number,
        "total_minor": issued.total_minor,
        "currency": issued.currency,
    }


async def _facts(
    command: IssueInvoice, draft: DraftState, issuer: Issuer, template: TemplateDefined, work: UnitOfWork
) -> IssuingFacts:
    """What the decision needs. Asked together where it can be, and read where it is needed: few round trips."""
    content, kind, debtors = draft.content, INVOICE_KINDS[draft.type], (draft.debtor_id,)
    override_reason = text(command.override_reason, MAX_REASON, path=("overrideReason",), required=False)
    on = issue_date(command.issued_on, work.today(issuer.time_zone))
    season = season_code(issuer, content.season, on)
    asked_rates = await ask_for_publications(work.connection, (content.currency, issuer.accounting_currency), on)
    asked_counters = await ask_for_counters(*work.place, counter_names(issuer, season))
    await work.keys.fetch(debtors)
    components = sorted({line.component for line in content.lines})
    return IssuingFacts(
        around=Circumstances(
            issuer=issuer,
            template=template,
            issued_on=on,
            season=season,
            override_reason=override_reason,
            rate=captured(
                await publications_from(asked_rates),
                invoice_currency=content.currency,
                accounting_currency=issuer.accounting_currency,
                on=on,
            ),
        ),
        matrix=await tax_matrix(work),
        counters=await counters_from(asked_counters),
        billed={} if kind.repeats else await billed_for(*work.place, debtors, season, components),
        debts=await debts_of(work, debtors) if kind.gate else None,
    )


def record_issued(work: UnitOfWork, issued: InvoiceIssued, *, deliver: bool) -> None:
    """Record the invoice with its entry, and its dispatch, in one transaction: neither is ever without the other."""
    work.record(issued.invoice_id, issued, entry=entry_of(issued))
    if deliver and issued.debtor is not None and issued.debtor.email:
        delivery_id = DeliveryId(derived_id(issued.invoice_id, "delivery"))
        work.record(delivery_id, queue_delivery(issued, delivery_id, purpose="issue", to_address=issued.debtor.email))
