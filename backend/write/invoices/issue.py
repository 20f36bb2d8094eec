"""Issuing an invoice: a draft becomes a legal document. Everything that can refuse happens before a number is taken."""

from dataclasses import dataclass
from datetime import date

from backend.events.invoices import InvoiceIssued
from backend.events.issuers import TemplateDefined
from backend.events.parts import PrintedIssuer, PrintedTemplate
from backend.inline.billed import billed_for
from backend.inline.counters import ask_for_counters, counters_from
from backend.inline.gate_policies import gate_policy
from backend.inline.open_receivables import open_receivables_of
from backend.inline.reference_rates import ask_for_publications, publications_from
from backend.rules.invoice_kinds import INVOICE_KINDS
from backend.rules.payment_terms import due_on
from backend.rules.tax import vat_territory
from backend.tenants.capabilities import Capability
from backend.tenants.nodes import ask_time_zone, time_zone_from
from backend.values.documents import InvoiceType
from backend.values.gate import GateAction
from backend.values.identifiers import DebtorId, DeliveryId, InvoiceId, derived_id
from backend.values.languages import in_language
from backend.values.references import ocr_reference, rf_reference
from backend.write.command import command
from backend.write.deliveries.deliver import queue_delivery
from backend.write.invoices.assessment import Assessed, assess, position_of
from backend.write.invoices.circumstances import Circumstances, issue_date, issuer_and_template, season_code
from backend.write.invoices.duplicates import occurrence_of
from backend.write.invoices.gate import pass_gate
from backend.write.invoices.numbers import Numbered, counter_names, number
from backend.write.invoices.revise import still_draft
from backend.write.ledger import entry_of
from backend.write.rates import captured
from backend.write.states.debtor import DEBTOR, Debtor
from backend.write.states.invoice import INVOICE, Content, DraftState
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """An invoice that nothing refuses any more: assessed, allowed by gate and duplicates, and numbered."""

    invoice_id: InvoiceId
    type: InvoiceType
    content: Content
    assessed: Assessed
    debtor: Debtor
    numbered: Numbered
    around: Circumstances
    occurrence: int = 1


def issue(ready: Ready) -> InvoiceIssued:
    """The legal document. Everything that could refuse has been asked before."""
    content, assessed, numbered = ready.content, ready.assessed, ready.numbered
    debtor, around = ready.debtor, ready.around
    language = language_of(around.issuer, debtor, content.language)
    terms = _terms_days(content, around)
    assert debtor.particulars is not None, "position_of refuses erased debtors"
    return InvoiceIssued(
        invoice_id=ready.invoice_id,
        type=ready.type,
        number=numbered.number,
        series=numbered.series,
        sequence=numbered.sequence,
        season=around.season,
        issuer=printed_issuer(around.issuer, around.template, language),
        debtor_id=debtor.debtor_id,
        payer_id=debtor.debtor_id,
        debtor_kind=debtor.kind,
        debtor_reference=debtor.reference,
        debtor_org_node_id=debtor.node,
        debtor_country=debtor.particulars.address.country,
        language=language,
        issued_on=around.issued_on,
        due_on=due_on(around.issued_on, terms),
        terms_days=terms,
        currency=content.currency,
        lines=assessed.lines,
        tax_groups=assessed.groups,
        discount_minor=content.discount_minor,
        net_minor=assessed.net_minor,
        tax_minor=assessed.tax_minor,
        total_minor=assessed.total_minor,
        rate=around.rate,
        reference_counter=numbered.reference_counter,
        reference_sequence=numbered.reference_sequence,
        ocr_reference=ocr_reference(numbered.reference_sequence),
        rf_reference=rf_reference(str(numbered.reference_sequence)),
        fiscal_position=assessed.position,
        run_id=around.run_id,
        occurrence=ready.occurrence,
        override_reason=around.override_reason,
        attachments=content.attachments,
        debtor=debtor.particulars,
        descriptions=content.descriptions,
        notes=content.notes,
    )


def _terms_days(content: Content, around: Circumstances) -> int:
    """Days to pay: the invoice's own, else the template's, else the issuer's."""
    given = (content.terms_days, around.template.terms_days, around.issuer.terms_days)
    return next(days for days in given if days is not None)


def language_of(issuer: Issuer, debtor: Debtor, wanted: str | None) -> str:
    """Platform invoices are locked to English (S002-26); else what was asked for, the debtor's, the issuer's (X28)."""
    if issuer.issuer_type == "platform":
        return "en"
    return wanted or debtor.language or issuer.language


def printed_issuer(issuer: Issuer, template: TemplateDefined, language: str) -> PrintedIssuer:
    """Issuer and branding as they are today, with the texts of one language (or else English, or else any)."""
    return PrintedIssuer(
        issuer_id=issuer.issuer_id,
        issuer_type=issuer.issuer_type,
        issuer_tenant_id=issuer.issuer_tenant_id,
        issuer_org_node_id=issuer.node,
        jurisdiction=vat_territory(issuer.jurisdiction),
        identity=issuer.identity,
        account=issuer.account,
        time_zone=issuer.time_zone,
        template=PrintedTemplate(
            template_id=template.template_id,
            name=template.name,
            revision=template.revision,
            primary_colour=template.primary_colour,
            secondary_colour=template.secondary_colour,
            logo=template.logo,
            logo_media_type=template.logo_media_type,
            header=in_language(template.header, language),
            footer=in_language(template.footer, language),
            payment_instructions=in_language(template.payment_instructions, language),
        ),
    )


@command(Capability.INVOICES_ISSUE)
async def issue_invoice(command: IssueInvoice, work: UnitOfWork) -> None:
    invoice = await work.get(INVOICE, command.invoice_id, path=("invoiceId",))
    issuer, template = await issuer_and_template(work, invoice.issuer_id)
    work.authorise(issuer.node)
    draft = still_draft(invoice)
    override_reason = text(command.override_reason, MAX_REASON, path=("overrideReason",), required=False)
    on = issue_date(command.issued_on, work.today(issuer.time_zone))
    season = season_code(issuer, draft.content.season, on)
    # Asked together, and read where they are needed: one round trip for all of them.
    currency, accounting = draft.content.currency, issuer.accounting_currency
    asked_rates = await ask_for_publications(work.connection, (currency, accounting), on)
    asked_counters = await ask_for_counters(*work.place, counter_names(issuer, season))
    await work.keys.fetch((draft.debtor_id,))
    debtor = await work.get(DEBTOR, draft.debtor_id)
    matrix = await tax_matrix(work)
    assessed = assess(draft.content, issuer, matrix, position=position_of(issuer, debtor), on=on)
    occurrence = await _which_time(work, draft, assessed, season, override_reason)
    if (action := INVOICE_KINDS[draft.type].gate) is not None:
        await _pass_gate(work, debtor.debtor_id, action)
    around = Circumstances(
        issuer=issuer,
        template=template,
        issued_on=on,
        season=season,
        override_reason=override_reason,
        rate=captured(
            await publications_from(asked_rates), invoice_currency=currency, accounting_currency=accounting, on=on
        ),
    )
    issued = issue(
        Ready(
            invoice_id=command.invoice_id,
            type=draft.type,
            content=draft.content,
            assessed=assessed,
            debtor=debtor,
            numbered=number(around, await counters_from(asked_counters)),
            around=around,
            occurrence=occurrence,
        )
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
    """The first invoice for these components and this season, or with a reason the next; some kinds may repeat."""
    if INVOICE_KINDS[draft.type].repeats:
        return 1
    components = sorted({line.component for line in assessed.lines})
    earlier = await billed_for(*work.place, (draft.debtor_id,), season, components)
    return occurrence_of(earlier[draft.debtor_id], override_reason=override_reason)


async def _pass_gate(work: UnitOfWork, debtor_id: DebtorId, action: GateAction) -> None:
    # A debtor may owe several issuers: the gate's day is the tenant's, whoever asks.
    asked = await ask_time_zone(work.connection, work.tenant_id)
    owed = await open_receivables_of(*work.place, (debtor_id,))
    policy = await gate_policy(*work.place)
    pass_gate(owed[debtor_id], policy, action=action, on=work.today(await time_zone_from(asked)))


def record_issued(work: UnitOfWork, issued: InvoiceIssued, *, deliver: bool) -> None:
    """Record the invoice with its entry, and its dispatch, in one transaction: neither is ever without the other."""
    work.record(issued.invoice_id, issued, entry=entry_of(issued))
    if deliver and issued.debtor is not None and issued.debtor.email:
        delivery_id = DeliveryId(derived_id(issued.invoice_id, "delivery"))
        work.record(delivery_id, queue_delivery(issued, delivery_id, purpose="issue", to_address=issued.debtor.email))
