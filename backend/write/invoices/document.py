"""The legal document: an invoice as it is printed and recorded. Whatever could refuse it has been asked before."""

from dataclasses import dataclass

from backend.events.invoices import InvoiceIssued
from backend.events.issuers import TemplateDefined
from backend.events.parts import PrintedIssuer, PrintedTemplate
from backend.rules.payment_terms import due_on
from backend.rules.tax import vat_territory
from backend.values.documents import InvoiceType
from backend.values.identifiers import InvoiceId
from backend.values.languages import in_language
from backend.values.references import ocr_reference, rf_reference
from backend.write.invoices.assessment import Assessed
from backend.write.invoices.circumstances import Circumstances
from backend.write.invoices.numbers import Numbered
from backend.write.states.debtor import Debtor
from backend.write.states.invoice import Content
from backend.write.states.issuer import Issuer


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


def document(ready: Ready) -> InvoiceIssued:
    """The event that makes it one."""
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
