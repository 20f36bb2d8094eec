"""Debtors: who may be billed, and their statements."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from backend.api.rest.endpoint import Answer, Call, Declined
from backend.api.rest.party_bodies import ParticularsSent
from backend.api.rest.reading import Body, Query
from backend.api.rest.shapes import Money, Page, PageQuery, Text60, money, paged
from backend.read.debtors.queries import DebtorRow, debtor_detail, debtor_list
from backend.read.receivables.answers import AccountStatement, StatementLine
from backend.read.receivables.statements import StatementTooLong, debtor_statement
from backend.values.identifiers import DebtorId, InvoiceId, OrgNodeId, TenantId
from backend.values.ledger import BalanceReason
from backend.values.parties import Particulars
from backend.write.debtors.register import RegisterDebtor
from backend.write.debtors.revise import ReviseDebtor
from backend.write.refusal import NotFound

Kind = Literal["member", "club", "tenant", "outside"]


class DebtorsQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to list. Every word of `search` begins a word of the name, the e-mail address or the number."""

    search: Annotated[str, Meta(max_length=200)] = ""
    kind: Kind | None = None
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

    kind: Kind
    reference: Text60
    billed_tenant_id: TenantId | None = None


class StatementQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The period, both days inclusive."""

    from_day: date
    to_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorShown:
    """A debtor as it is now. Name, e-mail and particulars are empty once the person was erased."""

    id: DebtorId
    kind: str
    reference: str
    name: str
    email: str
    language: str
    licence_type: str
    org_node_id: OrgNodeId | None
    billed_tenant_id: TenantId | None
    particulars: Particulars | None
    erased: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEntry:
    """One entry; a positive amount is owed by the debtor. `balance` is the balance after it."""

    on: date
    kind: BalanceReason
    document: str
    invoice_id: InvoiceId | None
    invoice_number: str
    invoice_date_due: date | None
    amount: Money
    balance: Money
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account in one currency: `opening` before the first line, `closing` after the last. `credit` is the part of
    `closing` that no invoice took: what the debtor has in credit."""

    currency: str
    opening: Money
    lines: tuple[StatementEntry, ...]
    closing: Money
    credit: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementShown:
    """A debtor's statement, one account per currency."""

    debtor_id: DebtorId
    debtor_reference: str
    debtor_name: str
    from_day: date
    to_day: date
    accounts: tuple[Account, ...]


async def list_debtors(call: Call, query: DebtorsQuery) -> Answer[Page[DebtorShown]]:
    """Debtors by name."""
    found = await call.ask(
        debtor_list, search=query.search, kind=query.kind, org_node_id=query.org_node_id, page=query.page
    )
    return paged(call, found, _shown)


async def show_debtor(call: Call, debtor_id: DebtorId) -> DebtorShown:
    """One debtor."""
    return _shown(await _debtor_of(call, debtor_id))


async def register_debtor(call: Call, body: DebtorSent) -> Answer[DebtorShown]:
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


async def revise_debtor(call: Call, debtor_id: DebtorId, body: DebtorRevised) -> DebtorShown:
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


async def statement(call: Call, debtor_id: DebtorId, query: StatementQuery) -> StatementShown:
    """The debtor's account over a period: opening balance, every entry with its running balance, closing balance."""
    try:
        found = await call.ask(debtor_statement, debtor_id, from_=query.from_day, to=query.to_day)
    except StatementTooLong as error:
        raise Declined(422, "STATEMENT_TOO_LONG", f"the period has {error}: ask for a shorter one") from None
    if found is None:
        raise NotFound("there is no such debtor")
    return StatementShown(
        debtor_id=DebtorId(found.debtor_id),
        debtor_reference=found.reference,
        debtor_name=found.name,
        from_day=found.first_day,
        to_day=found.last_day,
        accounts=tuple(_account(account) for account in found.accounts),
    )


async def _debtor_of(call: Call, debtor_id: DebtorId) -> DebtorRow:
    found = await call.ask(debtor_detail, debtor_id)
    if found is None:
        raise NotFound("there is no such debtor")
    return found


def _shown(row: DebtorRow) -> DebtorShown:
    return DebtorShown(
        id=row.debtor_id,
        kind=row.kind,
        reference=row.reference,
        name=row.name,
        email=row.email,
        language=row.language,
        licence_type=row.licence_type,
        org_node_id=row.org_node_id,
        billed_tenant_id=row.billed_tenant_id,
        particulars=row.particulars,
        erased=row.erased,
    )


def _account(account: AccountStatement) -> Account:
    currency = account.currency
    return Account(
        currency=currency,
        opening=money(account.opening_minor, currency),
        lines=tuple(_entry(line, currency) for line in account.lines),
        closing=money(account.closing_minor, currency),
        credit=money(account.credit_minor, currency),
    )


def _entry(line: StatementLine, currency: str) -> StatementEntry:
    return StatementEntry(
        on=line.on,
        kind=line.kind,
        document=line.document,
        invoice_id=line.invoice_id,
        invoice_number=line.invoice_number,
        invoice_date_due=line.due_on,
        amount=money(line.amount_minor, currency),
        balance=money(line.balance_minor, currency),
        position=line.position,
    )
