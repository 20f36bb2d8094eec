"""Debtors: who may be billed, and their statements."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from backend.api.debtors import Debtor
from backend.api.receivables import DebtorStatement
from backend.api.rest.endpoint import Answer, Call, Declined, needs
from backend.api.rest.party_bodies import ParticularsSent
from backend.api.rest.reading import Body, Query
from backend.api.rest.shapes import Page, PageQuery, Text60, paged
from backend.api.shown import Shown
from backend.read.debtors.queries import DebtorRow, debtor_detail, debtor_list
from backend.read.receivables.statements import StatementTooLong, debtor_statement
from backend.values.identifiers import DebtorId, OrgNodeId, TenantId
from backend.values.parties import DebtorKind
from backend.write.debtors.register import RegisterDebtor
from backend.write.debtors.revise import ReviseDebtor
from backend.write.refusal import NotFound


class DebtorsQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to list. Every word of `search` begins a word of the name, the e-mail address or the number."""

    search: Annotated[str, Meta(max_length=200)] = ""
    kind: DebtorKind | None = None
    org_node_id: OrgNodeId | None = None


class DebtorRevised(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The debtor as it is from now on. Issued invoices keep what was printed."""

    particulars: ParticularsSent
    org_node_id: OrgNodeId | None = None
    language: Text60 = ""
    licence_type: Text60 = ""


class DebtorSent(DebtorRevised, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new debtor. `reference` is the member or club number, unique in the federation.

    `org_node_id` is the member's club, or the club itself; `billed_tenant_id` the federation, for kind `tenant`.
    """

    kind: DebtorKind
    reference: Text60
    billed_tenant_id: TenantId | None = None


class StatementQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The period, both days inclusive."""

    from_day: date
    to_day: date


@needs(debtor_list)
async def list_debtors(call: Call, query: DebtorsQuery) -> Answer[Page[Shown[Debtor]]]:
    """Debtors by name."""
    found = await call.ask(
        debtor_list, search=query.search, kind=query.kind, org_node_id=query.org_node_id, page=query.page
    )
    return paged(call, found, Debtor.shown)


@needs(debtor_detail)
async def show_debtor(call: Call, debtor_id: DebtorId) -> Shown[Debtor]:
    """One debtor."""
    return Debtor.shown(await _debtor_of(call, debtor_id))


@needs(RegisterDebtor)
async def register_debtor(call: Call, body: DebtorSent) -> Answer[Shown[Debtor]]:
    """Let somebody be billed."""
    receipt = await call.carry_out(
        RegisterDebtor(
            debtor_id=DebtorId(call.services.write.new_id()),
            kind=body.kind,
            reference=body.reference,
            particulars=body.particulars.value(),
            org_node_id=body.org_node_id,
            billed_tenant_id=body.billed_tenant_id,
            language=body.language,
            licence_type=body.licence_type,
        )
    )
    debtor_id = msgspec.convert(receipt.answer["debtor_id"], DebtorId)
    return Answer(
        await show_debtor(call, debtor_id),
        headers={"Location": f"/api/v1/debtors/{debtor_id}"},
        replayed=receipt.replayed,
    )


@needs(ReviseDebtor)
async def revise_debtor(call: Call, debtor_id: DebtorId, body: DebtorRevised) -> Shown[Debtor]:
    """Change a debtor's particulars, club, language or licence. Kind and number never change."""
    await call.carry_out(
        ReviseDebtor(
            debtor_id=debtor_id,
            particulars=body.particulars.value(),
            org_node_id=body.org_node_id,
            language=body.language,
            licence_type=body.licence_type,
        )
    )
    return await show_debtor(call, debtor_id)


@needs(debtor_statement)
async def statement(call: Call, debtor_id: DebtorId, query: StatementQuery) -> Shown[DebtorStatement]:
    """The debtor's account over a period: opening balance, every entry with its running balance, closing balance."""
    try:
        found = await call.ask(debtor_statement, debtor_id, from_=query.from_day, to=query.to_day)
    except StatementTooLong as error:
        raise Declined(422, "STATEMENT_TOO_LONG", f"the period has {error}: ask for a shorter one") from None
    if found is None:
        raise NotFound("there is no such debtor")
    return DebtorStatement.shown(found)


async def _debtor_of(call: Call, debtor_id: DebtorId) -> DebtorRow:
    found = await call.ask(debtor_detail, debtor_id)
    if found is None:
        raise NotFound("there is no such debtor")
    return found
