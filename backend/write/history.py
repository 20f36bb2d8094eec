"""Invoices from before our time, decided row by row: taken over once, under the number they always had. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from backend.events.debtors import DebtorRegistered
from backend.events.invoices import HistoricalInvoiceImported
from backend.inline.debtors import debtors_by_reference
from backend.rules.history_csv import HistoricalRow
from backend.rules.numbering import MAX_NUMBER, ForeignNumber
from backend.tenants.capabilities import Capability
from backend.values.currency import EXPONENTS
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId, OrgNodeId, TenantId, derived_id
from backend.values.money import MAX_DOCUMENT_MINOR
from backend.values.parties import Address, Particulars
from backend.values.why import Why
from backend.write.command import command
from backend.write.debtors.erase import still_known
from backend.write.debtors.register import RegisterDebtor, reference_of, register
from backend.write.issuers.register import IssuerInconsistent
from backend.write.ledger import entry_of
from backend.write.refusal import AlreadyExists, InvalidValue
from backend.write.states.debtor import DEBTOR, Debtor
from backend.write.states.invoice import INVOICE, HistoricalState, Invoice
from backend.write.states.issuer import ISSUER, Issuer
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import Path, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportHistoricalInvoices:
    """Take over invoices issued before our time, as issued by the platform (S002-22), with their original numbers.

    All rows or none. Rows that are here already, unchanged, are left alone, so a file may be sent twice. A debtor
    reference that is new registers an outside party. `source` says where the rows come from.
    """

    issuer_id: IssuerId
    rows: tuple[HistoricalRow, ...]
    source: str


MAX_CHUNK: Final = 500
MAX_SOURCE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """What a chunk comes to: parties who were unknown, invoices that are new, and how many were here already."""

    debtors: tuple[DebtorRegistered, ...]
    invoices: tuple[HistoricalInvoiceImported, ...]
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is the same for every row: who issued, into which tenant, from where, and what is known already."""

    issuer: Issuer
    tenant_id: TenantId
    source: str
    today: date
    known: Mapping[InvoiceId, Invoice]
    debtors: Mapping[str, Debtor]
    new_id: Callable[[], UUID]


def platform_issuer(issuer: Issuer) -> Issuer:
    """The issuer that historical invoices are tagged with: the platform, and no other (S002-22)."""
    if issuer.issuer_type != "platform":
        raise IssuerInconsistent("historical invoices belong to the platform's own issuer", path=("issuerId",))
    return issuer


def invoice_of(issuer_id: IssuerId, number: str) -> InvoiceId:
    """The one invoice of this original number: a number can be taken over once, whoever tries, however often."""
    return InvoiceId(derived_id(issuer_id, f"history:{number}"))


def references_of(rows: tuple[HistoricalRow, ...]) -> tuple[str, ...]:
    """The debtor references of a chunk, cleaned, in its order."""
    if not 1 <= len(rows) <= MAX_CHUNK:
        raise InvalidValue(Why.WRONG_COUNT, lowest=1, highest=MAX_CHUNK, path=("rows",))
    return tuple(
        reference_of(row.debtor_reference, path=("rows", index, "debtorReference")) for index, row in enumerate(rows)
    )


def take_over(rows: tuple[HistoricalRow, ...], around: Around) -> TakenOver:
    """Decide a chunk as a whole. Raises a refusal that points at the first row that cannot be taken over."""
    source = one_line(around.source, MAX_SOURCE, path=("source",))
    registered: dict[str, DebtorRegistered] = {}
    taken: dict[InvoiceId, HistoricalInvoiceImported] = {}
    for index, (row, reference) in enumerate(zip(rows, references_of(rows), strict=True)):
        path: Path = ("rows", index)
        _check(row, around, path)
        event = _imported(row, _debtor(row, reference, around, registered, path), around, source)
        if event.invoice_id in taken:
            raise InvalidValue(Why.NUMBER_TAKEN_OVER_TWICE, path=(*path, "number"))
        if not _is_known(event, around.known.get(event.invoice_id), path):
            taken[event.invoice_id] = event
    return TakenOver(
        debtors=tuple(registered.values()), invoices=tuple(taken.values()), unchanged=len(rows) - len(taken)
    )


def _check(row: HistoricalRow, around: Around, path: Path) -> None:
    one_line(row.number, MAX_NUMBER, path=(*path, "number"))
    if row.currency not in EXPONENTS:
        raise InvalidValue(Why.NOT_ONE_OF, allowed=", ".join(EXPONENTS), path=(*path, "currency"))
    if row.total_minor != row.net_minor + row.tax_minor or abs(row.net_minor) + abs(row.tax_minor) > MAX_DOCUMENT_MINOR:
        raise InvalidValue(Why.TOTAL_NOT_NET_PLUS_TAX, path=(*path, "total"))
    if not 0 <= row.open_minor <= row.total_minor:
        raise InvalidValue(Why.OPEN_MORE_THAN_TOTAL, path=(*path, "open"))
    if not row.issued_on <= row.due_on or row.issued_on > around.today:
        raise InvalidValue(Why.NOT_AN_OLD_INVOICE, path=(*path, "issuedOn"))
    if _may_be_issued_here(row.number, around.issuer):
        raise AlreadyExists(
            "the platform's own series will reach or has reached this number: give that series another prefix or a "
            "first number beyond it",
            path=(*path, "number"),
        )


def _may_be_issued_here(number: str, issuer: Issuer) -> bool:
    """Whether the number belongs to a season of ours, from the first number of our series on (X4: 1000 continues)."""
    try:
        season, counter = issuer.pattern.parse(number)
    except ForeignNumber:
        return False
    return issuer.season_named(season) is not None and counter >= issuer.pattern.first_number


def _debtor(
    row: HistoricalRow, reference: str, around: Around, registered: dict[str, DebtorRegistered], path: Path
) -> tuple[DebtorId, OrgNodeId | None]:
    """The debtor of this reference and where they belong: known, or registered by an earlier row, or now."""
    if (known := around.debtors.get(reference)) is not None:
        return still_known(known, path=(*path, "debtorReference")), known.node
    if reference not in registered:
        wanted = RegisterDebtor(
            debtor_id=DebtorId(around.new_id()),
            kind="outside",
            reference=reference,
            particulars=Particulars(name=row.debtor_name, address=Address(country=row.debtor_country)),
        )
        registered[reference] = register(wanted, tenant_id=around.tenant_id, nodes=(), taken=(), path=path)
    return registered[reference].debtor_id, registered[reference].org_node_id


def _imported(
    row: HistoricalRow, debtor: tuple[DebtorId, OrgNodeId | None], around: Around, source: str
) -> HistoricalInvoiceImported:
    issuer, (debtor_id, debtor_node) = around.issuer, debtor
    return HistoricalInvoiceImported(
        invoice_id=invoice_of(issuer.issuer_id, row.number),
        issuer_id=issuer.issuer_id,
        issuer_type=issuer.issuer_type,
        issuer_tenant_id=issuer.issuer_tenant_id,
        issuer_org_node_id=issuer.node,
        debtor_id=debtor_id,
        debtor_org_node_id=debtor_node,
        number=row.number,
        taken_over_on=around.today,
        issued_on=row.issued_on,
        due_on=row.due_on,
        currency=row.currency,
        net_minor=row.net_minor,
        tax_minor=row.tax_minor,
        total_minor=row.total_minor,
        open_minor=row.open_minor,
        source=source,
        debtor_name=row.debtor_name,
    )


def _is_known(event: HistoricalInvoiceImported, known: Invoice | None, path: Path) -> bool:
    """Whether this very invoice is here already. Another one under its number is refused."""
    if known is None:
        return False
    if not isinstance(known, HistoricalState) or _facts(known.event) != _facts(event):
        raise AlreadyExists("this number was taken over before, with other facts", path=(*path, "number"))
    return True


def _facts(event: HistoricalInvoiceImported) -> tuple[object, ...]:
    # Neither the file's name nor the debtor's is a fact of the invoice.
    return (
        event.debtor_id,
        event.issued_on,
        event.due_on,
        event.currency,
        event.net_minor,
        event.tax_minor,
        event.total_minor,
        event.open_minor,
    )


@command(Capability.HISTORY_IMPORT, once=True)
async def import_historical_invoices(command: ImportHistoricalInvoices, work: UnitOfWork) -> None:
    """Load which invoices of the chunk are known, and record the others."""
    work.authorise(None)
    issuer = platform_issuer(await work.get(ISSUER, command.issuer_id, path=("issuerId",)))
    references, today = references_of(command.rows), work.today(issuer.time_zone)
    taken = await debtors_by_reference(*work.place, references)
    debtors = await work.load_many(DEBTOR, taken.values())
    known = await work.load_many(INVOICE, {invoice_of(issuer.issuer_id, row.number) for row in command.rows})
    result = take_over(
        command.rows,
        Around(
            issuer=issuer,
            tenant_id=work.tenant_id,
            source=command.source,
            today=today,
            new_id=work.new_id,
            known={InvoiceId(stream): state for stream, state in known.items() if state is not None},
            debtors={debtor.reference: debtor for debtor in debtors.values() if debtor is not None},
        ),
    )
    for debtor in result.debtors:
        work.record(debtor.debtor_id, debtor)
    for invoice in result.invoices:
        work.record(invoice.invoice_id, invoice, entry=entry_of(invoice))
    work.answer = {"imported": len(result.invoices), "unchanged": result.unchanged, "debtors": len(result.debtors)}
