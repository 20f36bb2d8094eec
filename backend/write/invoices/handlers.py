"""Handlers of the invoice's commands: load, decide, record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from backend.events.invoices import DraftDiscarded, DraftRevised, InvoiceDrafted, InvoiceIssued
from backend.events.issuers import TemplateDefined
from backend.inline.billed import billed_for
from backend.inline.counters import Counter, ask_for_counters, counters_from
from backend.inline.gate_policies import gate_policy
from backend.inline.open_receivables import open_receivables_of
from backend.rules.tax import TaxMatrix
from backend.values.identifiers import DebtorId, DeliveryId, IssuerId, derived_id
from backend.write.debtors.debtor import DEBTOR
from backend.write.debtors.decisions import still_known
from backend.write.deliveries.queueing import queue_delivery
from backend.write.invoices.commands import DiscardDraft, DraftInvoice, IssueInvoice, ReviseDraft, WantedContent
from backend.write.invoices.drafting import content_of, still_draft
from backend.write.invoices.duplicates import occurrence_of
from backend.write.invoices.gate import pass_gate
from backend.write.invoices.invoice import INVOICE, Content, DraftState
from backend.write.invoices.issuing import (
    Assessed,
    Circumstances,
    assess,
    entry_of,
    issue,
    issue_date,
    number,
    position_of,
    reference_counter,
    season_code,
)
from backend.write.invoices.refusals import IssuerIncomplete, TemplateMissing
from backend.write.issuers.issuer import ISSUER, Issuer
from backend.write.issuers.series import invoice_series
from backend.write.issuers.template_book import TEMPLATE_BOOK, template_stream
from backend.write.rates.capture import ask_for_rates, captured
from backend.write.refusal import InvalidValue
from backend.write.tax.matrix import TAX_MATRIX, tax_stream
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import MAX_REASON, text


async def draft_invoice(command: DraftInvoice, work: UnitOfWork) -> None:
    issuer, template = await issuer_and_template(work, command.issuer_id)
    work.authorise(issuer.node)
    still_known(await work.get(DEBTOR, command.debtor_id, path=("debtorId",)), path=("debtorId",))
    content = _content(command.content, issuer, template)
    work.record(
        command.invoice_id,
        InvoiceDrafted(
            invoice_id=command.invoice_id,
            issuer_id=issuer.issuer_id,
            debtor_id=command.debtor_id,
            type=command.type,
            **_fields(content),
        ),
    )
    work.answer = {"invoice_id": str(command.invoice_id)}


async def revise_draft(command: ReviseDraft, work: UnitOfWork) -> None:
    invoice = await work.get(INVOICE, command.invoice_id, path=("invoiceId",))
    issuer, template = await issuer_and_template(work, invoice.issuer_id)
    work.authorise(issuer.node)
    draft = still_draft(invoice)
    if command.expected_version not in (None, draft.version):
        raise InvalidValue(
            f"somebody revised this draft meanwhile (version {draft.version}): reload it, then change it",
            path=("expectedVersion",),
        )
    still_known(await work.get(DEBTOR, draft.debtor_id))
    content = _content(command.content, issuer, template)
    work.record(
        command.invoice_id, DraftRevised(invoice_id=command.invoice_id, debtor_id=draft.debtor_id, **_fields(content))
    )
    work.answer = {"invoice_id": str(command.invoice_id), "version": draft.version + 1}


async def discard_draft(command: DiscardDraft, work: UnitOfWork) -> None:
    invoice = await work.get(INVOICE, command.invoice_id, path=("invoiceId",))
    work.authorise((await work.get(ISSUER, invoice.issuer_id)).node)
    still_draft(invoice)
    work.record(command.invoice_id, DraftDiscarded(invoice_id=command.invoice_id))
    work.answer = {"invoice_id": str(command.invoice_id)}


async def issue_invoice(command: IssueInvoice, work: UnitOfWork) -> None:
    invoice = await work.get(INVOICE, command.invoice_id, path=("invoiceId",))
    issuer, template = await issuer_and_template(work, invoice.issuer_id)
    work.authorise(issuer.node)
    draft = still_draft(invoice)
    override_reason = text(command.override_reason, MAX_REASON, path=("overrideReason",), required=False)
    on = issue_date(command.issued_on, work.today(issuer.time_zone))
    season = season_code(issuer, draft.content.season, on)
    # Asked together, and read where they are needed: one round trip for all of them.
    asked_rates = await ask_for_rates(
        work.connection, invoice_currency=draft.content.currency, accounting_currency=issuer.accounting_currency, on=on
    )
    asked_counters = await ask_for_counters(
        work.connection, work.tenant_id, work.generation, counter_names(issuer, season)
    )
    await work.keys.fetch((draft.debtor_id,))
    debtor = await work.get(DEBTOR, draft.debtor_id)
    matrix = await tax_matrix(work)
    assessed = assess(draft.content, issuer, matrix, position=position_of(issuer, debtor), on=on)
    occurrence = await _which_time(work, draft, assessed, season, override_reason)
    if draft.type == "licence_renewal":
        await _pass_gate(work, debtor.debtor_id, on=work.today(issuer.time_zone))
    around = Circumstances(
        issuer=issuer,
        template=template,
        issued_on=on,
        season=season,
        override_reason=override_reason,
        rate=await captured(asked_rates),
    )
    taken = number(around, await counters_from(asked_counters))
    issued = issue(
        command.invoice_id, draft.type, draft.content, assessed, debtor, taken, around, occurrence=occurrence
    )
    record_issued(work, issued, deliver=issuer.auto_delivery if command.deliver is None else command.deliver)
    work.answer = {
        "invoice_id": str(issued.invoice_id),
        "number": issued.number,
        "total_minor": issued.total_minor,
        "currency": issued.currency,
    }


async def _which_time(
    work: UnitOfWork, draft: DraftState, assessed: Assessed, season: str, override_reason: str
) -> int:
    """The first invoice for these components and this season, or with a reason the next; hand-made ones may repeat."""
    if draft.type == "standard":
        return 1
    components = sorted({line.component for line in assessed.lines})
    earlier = await billed_for(work.connection, work.tenant_id, work.generation, (draft.debtor_id,), season, components)
    return occurrence_of(earlier[draft.debtor_id], override_reason=override_reason)


async def _pass_gate(work: UnitOfWork, debtor_id: DebtorId, *, on: date) -> None:
    place = (work.connection, work.tenant_id, work.generation)
    owed = await open_receivables_of(*place, (debtor_id,))
    pass_gate(owed[debtor_id], await gate_policy(*place), on=on)


def record_issued(work: UnitOfWork, issued: InvoiceIssued, *, deliver: bool) -> None:
    """Record the invoice with its entry, and its dispatch, in one transaction: neither is ever without the other."""
    work.record(issued.invoice_id, issued, entry=entry_of(issued))
    if deliver and issued.debtor is not None and issued.debtor.email:
        delivery_id = DeliveryId(derived_id(issued.invoice_id, "delivery"))
        work.record(delivery_id, queue_delivery(issued, delivery_id, to_address=issued.debtor.email))


async def issuer_and_template(work: UnitOfWork, issuer_id: IssuerId) -> tuple[Issuer, TemplateDefined]:
    """The issuer, and its own template or the tenant's default."""
    issuer = await work.get(ISSUER, issuer_id, path=("issuerId",))
    book = await work.load(TEMPLATE_BOOK, template_stream(work.tenant_id))
    template = book.for_issuer(issuer_id) if book else None
    if template is None:
        raise TemplateMissing("the tenant has no invoice template: define one first")
    return issuer, template


async def tax_matrix(work: UnitOfWork) -> TaxMatrix:
    """The tenant's matrix; an empty one, which determines nothing, where it never adopted any rate."""
    return await work.load(TAX_MATRIX, tax_stream(work.tenant_id)) or TaxMatrix(rates=())


async def counters_of(work: UnitOfWork, issuer: Issuer, season: str) -> Mapping[str, Counter]:
    """The counters an invoice of this issuer and season is numbered from."""
    return await work.counters(counter_names(issuer, season))


def counter_names(issuer: Issuer, season: str) -> tuple[str, str]:
    """The series, and the payment account's references. Raises `IssuerIncomplete`."""
    if issuer.account is None:
        raise IssuerIncomplete("the issuer has no payment account: set one, so that debtors can pay")
    return invoice_series(issuer.issuer_id, season), reference_counter(issuer)


def _content(wanted: WantedContent, issuer: Issuer, template: TemplateDefined) -> Content:
    return content_of(wanted, default_currency=issuer.currency, default_category=template.tax_category)


def _fields(content: Content) -> dict[str, Any]:
    return {
        "currency": content.currency,
        "season": content.season,
        "language": content.language,
        "terms_days": content.terms_days,
        "discount_minor": content.discount_minor,
        "lines": content.lines,
        "attachments": content.attachments,
        "descriptions": content.descriptions,
        "notes": content.notes,
    }
