"""Invoices: the list, one of them, and a draft's way to its number."""

import re
from hashlib import sha256
from typing import Final

import msgspec

from backend.api.attachments import check_stored
from backend.api.invoices.document import StatusChange
from backend.api.invoices.invoice import Invoice, WholeInvoice
from backend.api.problems import Fault, Malformed
from backend.api.rest.endpoint import Answer, Call, Declined, needs
from backend.api.rest.invoice_bodies import ContentSent, DraftSent, InvoicesQuery, IssueSent, PreviewSent, content_of
from backend.api.rest.shapes import Page, paged
from backend.api.shown import Shown
from backend.read.invoices.answers import InvoiceDetail
from backend.read.invoices.previewed import previewed
from backend.read.invoices.queries import invoice, invoices
from backend.tenants.capabilities import Capability
from backend.values.identifiers import InvoiceId
from backend.write.execute import Receipt, preview
from backend.write.invoices.discard import DiscardDraft
from backend.write.invoices.draft import DraftInvoice
from backend.write.invoices.issue import IssueInvoice
from backend.write.invoices.revise import ReviseDraft
from backend.write.refusal import InvalidValue, NotFound

# The revision first, so that a client's If-Match names it; then what else the client saw.
_TAG: Final = re.compile(r'"(\d{1,9})-[0-9a-f]{32}"')


@needs(invoices)
async def list_invoices(call: Call, query: InvoicesQuery) -> Answer[Page[Shown[Invoice]]]:
    """Invoices, the newest first unless sorted otherwise."""
    try:
        wanted, order = query.filter, query.order
    except msgspec.ValidationError as error:
        name = "status" if "$[" in str(error) else "sort"
        raise Malformed(Fault(detail=f"no such {name}", path=(name,))) from None
    found = await call.ask(invoices, now=call.services.clock.now(), filter=wanted, sort=order, page=query.page)
    return paged(call, found, Invoice.shown)


@needs(invoice)
async def show_invoice(call: Call, invoice_id: InvoiceId) -> Answer[Shown[WholeInvoice]]:
    """One invoice with everything on it. The ETag names the revision that If-Match of a later PUT expects."""
    found, tag = _tagged(await invoice_of(call, invoice_id))
    if tag in call.headers.get("if-none-match", ""):
        return Answer(found, status=304, headers={"ETag": tag})
    return Answer(found, headers={"ETag": tag})


@needs(invoice)
async def invoice_history(call: Call, invoice_id: InvoiceId) -> tuple[Shown[StatusChange], ...]:
    """Every change of status: from, to, by whom, why, when; the oldest first."""
    history = (await invoice_of(call, invoice_id)).history
    return tuple(StatusChange.shown(change) for change in history)


@needs(DraftInvoice)
async def draft_invoice(call: Call, body: DraftSent) -> Answer[Shown[WholeInvoice]]:
    """Begin an invoice. It has no number and owes nothing until it is issued."""
    content = content_of(body)
    await check_stored(call.services, call.actor, content.attachments)
    receipt = await call.carry_out(
        DraftInvoice(
            invoice_id=InvoiceId(call.services.write.new_id()),
            issuer_id=body.issuer_id,
            debtor_id=body.debtor_id,
            content=content,
            type=body.type,
        )
    )
    answer = await invoice_answer(call, receipt)
    headers = {**answer.headers, "Location": f"/api/v1/invoices/{receipt.answer['invoice_id']}"}
    return Answer(answer.body, headers=headers, replayed=answer.replayed)


# It decides whether issuing would be refused, so it needs the same right; but nothing is issued.
@needs(Capability.INVOICES_ISSUE)
async def preview_invoice(call: Call, body: PreviewSent) -> Shown[WholeInvoice]:
    """The invoice as it would be issued: taxes, totals, rate, due date and the next number. Nothing is kept.

    Decided by what issues invoices, so that it refuses what issuing would refuse.
    """
    invoice_id = InvoiceId(call.services.write.new_id())
    recorded = await preview(
        call.services.write,
        call.actor,
        DraftInvoice(
            invoice_id=invoice_id,
            issuer_id=body.issuer_id,
            debtor_id=body.debtor_id,
            content=content_of(body),
            type=body.type,
        ),
        IssueInvoice(invoice_id=invoice_id, issued_on=body.invoice_date, deliver=False),
    )
    return whole(previewed(recorded, call.services.clock.now()))


@needs(ReviseDraft)
async def revise_draft(call: Call, invoice_id: InvoiceId, body: ContentSent) -> Answer[Shown[WholeInvoice]]:
    """Replace the content of a draft.

    With `If-Match` and the ETag you were given, somebody else's revision in between answers 412. An issued invoice
    answers 403 with INVOICE_ALREADY_POSTED.
    """
    expected = _expected_version(call.headers.get("if-match", "*"))
    content = content_of(body)
    await check_stored(call.services, call.actor, content.attachments)
    command = ReviseDraft(invoice_id=invoice_id, content=content, expected_version=expected)
    try:
        receipt = await call.carry_out(command)
    except InvalidValue as refusal:
        if refusal.path[:1] == ("expectedVersion",):
            raise _changed(refusal.message) from None
        raise
    return await invoice_answer(call, receipt)


@needs(DiscardDraft)
async def discard_draft(call: Call, invoice_id: InvoiceId) -> None:
    """Throw a draft away. Issued invoices are never deleted: cancel them."""
    await call.carry_out(DiscardDraft(invoice_id=invoice_id))


@needs(IssueInvoice)
async def issue_invoice(call: Call, invoice_id: InvoiceId, body: IssueSent) -> Answer[Shown[WholeInvoice]]:
    """Make a draft a legal document: it takes its number, its taxes, its rate and its due date, for good."""
    receipt = await call.carry_out(
        IssueInvoice(
            invoice_id=invoice_id,
            issued_on=body.invoice_date,
            deliver=body.deliver,
            override_reason=body.override_reason,
        )
    )
    return await invoice_answer(call, receipt)


async def invoice_of(call: Call, invoice_id: InvoiceId) -> InvoiceDetail:
    """The invoice within the caller's reach. Raises `NotFound`."""
    found = await call.ask(invoice, invoice_id=invoice_id, now=call.services.clock.now())
    if found is None:
        raise NotFound("there is no such invoice")
    return found


async def invoice_answer(call: Call, receipt: Receipt) -> Answer[Shown[WholeInvoice]]:
    """The invoice a receipt speaks of, as it is now."""
    found, tag = _tagged(await invoice_of(call, msgspec.convert(receipt.answer["invoice_id"], InvoiceId)))
    return Answer(found, headers={"ETag": tag}, replayed=receipt.replayed)


def whole(detail: InvoiceDetail) -> Shown[WholeInvoice]:
    """Everything on it, in its own currency."""
    return WholeInvoice.shown(detail, detail.row.currency)


def _tagged(detail: InvoiceDetail) -> tuple[Shown[WholeInvoice], str]:
    """The invoice, and its ETag: the revision, then what else the client saw."""
    found = whole(detail)
    return found, f'"{detail.row.draft_version}-{sha256(msgspec.json.encode(found)).hexdigest()[:32]}"'


def _expected_version(said: str) -> int | None:
    if said.strip() == "*":
        return None
    found = _TAG.fullmatch(said.strip())
    if found is None:
        raise _changed("this is no ETag of this draft: read it again")
    return int(found[1])


def _changed(detail: str) -> Declined:
    return Declined(412, "PRECONDITION_FAILED", detail)
