"""Each list as a sheet: which columns, what was asked for in words, and what the file is called."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from backend.documents.sheets.cells import Cell, Coded
from backend.documents.sheets.sheet import Column, Sheet
from backend.documents.sheets.words import Language, label
from backend.read.invoices.filters import InvoiceFilter
from backend.read.invoices.whole_list import ListedInvoice
from backend.read.issuers.numbering import SeriesRow
from backend.read.receivables.answers import AgedDebt, Statement
from backend.read.whole import Whole
from backend.read.words import plain
from backend.rules.aging import COLUMNS
from backend.values.money import Money

INVOICE_COLUMNS: Final = (
    Column(id="number"),
    Column(id="type", on_paper=False),
    Column(id="status"),
    Column(id="delivery", on_paper=False),
    Column(id="issuer"),
    Column(id="debtor_reference", on_paper=False),
    Column(id="debtor"),
    Column(id="season"),
    Column(id="issued_on", kind="date"),
    Column(id="due_on", kind="date"),
    Column(id="currency"),
    Column(id="net", kind="amount", summed=True, on_paper=False),
    Column(id="tax", kind="amount", summed=True, on_paper=False),
    Column(id="total", kind="amount", summed=True),
    Column(id="credited", kind="amount", summed=True),
    Column(id="open", kind="amount", summed=True),
)
AGING_COLUMNS: Final = (
    Column(id="as_of", kind="date", on_paper=False),
    Column(id="debtor_reference"),
    Column(id="debtor"),
    Column(id="currency"),
    *(Column(id=bucket, kind="amount", summed=True) for bucket in COLUMNS),
    Column(id="total", kind="amount", summed=True),
    Column(id="overdue", kind="amount", summed=True),
)
DEBT_COLUMNS: Final = (
    Column(id="as_of", kind="date", on_paper=False),
    Column(id="debtor_reference"),
    Column(id="debtor"),
    Column(id="invoice_count", kind="count"),
    Column(id="oldest_due_on", kind="date"),
    Column(id="currency"),
    Column(id="overdue", kind="amount", summed=True),
    Column(id="open", kind="amount", summed=True),
)
STATEMENT_COLUMNS: Final = (
    Column(id="date", kind="date"),
    Column(id="entry"),
    Column(id="document"),
    Column(id="invoice_number"),
    Column(id="due_on", kind="date"),
    Column(id="currency"),
    Column(id="amount", kind="amount", summed=True),
    Column(id="balance", kind="amount"),
)

NUMBERING_COLUMNS: Final = (
    Column(id="series_kind"),
    Column(id="season"),
    Column(id="first_number"),
    Column(id="first_on", kind="date"),
    Column(id="last_number"),
    Column(id="last_on", kind="date"),
    Column(id="documents", kind="count"),
    Column(id="cancelled_count", kind="count"),
    Column(id="holes", kind="count"),
    Column(id="dated_back", kind="count"),
)

# Long enough for any federation's name, short enough for any file system.
_MAX_SLUG: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Who makes the file, when, and for a reader of which language. `issuer` is empty where no issuer was chosen."""

    tenant: str
    slug: str
    language: Language
    made_at: datetime
    issuer: str = ""

    @property
    def publisher(self) -> str:
        return self.issuer or self.tenant

    def name(self, what: str, period: str) -> str:
        """`stockholms-bouledistrikt_invoices_2026_20261120T101500Z`: publisher, list, period, made at."""
        return "_".join((_slug(self.issuer) or self.slug, what, period, f"{self.made_at:%Y%m%dT%H%M%SZ}"))


def invoices_sheet(found: Whole[ListedInvoice], asked: InvoiceFilter, occasion: Occasion) -> Sheet:
    """The list of invoices, as filtered and sorted."""
    spoken = occasion.language
    about = tuple(_filter_words(found.items, asked, spoken))
    return Sheet(
        name=occasion.name("invoices", _period(asked)),
        title=label("invoices", spoken),
        publisher=occasion.publisher,
        about=about or ((label("filter", spoken), label("everything", spoken)),),
        columns=INVOICE_COLUMNS,
        rows=[_invoice(row, spoken) for row in found.items],
        language=spoken,
        made_at=occasion.made_at,
        position=found.position,
    )


def aging_sheet(found: Whole[AgedDebt], as_of: date, occasion: Occasion) -> Sheet:
    """Receivables by age, one row per debtor and currency."""
    rows = [_aging(row, as_of) for row in found.items]
    return _receivables("aging", AGING_COLUMNS, rows, found.position, as_of, occasion)


def debts_sheet(found: Whole[AgedDebt], as_of: date, occasion: Occasion, *, only_overdue: bool) -> Sheet:
    """Who owes, the largest amount first."""
    rows = [_debt(row, as_of) for row in found.items]
    return _receivables("debts", DEBT_COLUMNS, rows, found.position, as_of, occasion, only_overdue=only_overdue)


def statement_sheet(statement: Statement, position: int, occasion: Occasion) -> Sheet:
    """A debtor's account: each currency begins with its opening balance, so that the amounts add up to the closing."""
    spoken = occasion.language
    period = f"{statement.first_day}--{statement.last_day}"
    return Sheet(
        name=occasion.name(f"statement-{_slug(statement.reference)}", period),
        title=label("statement", spoken),
        publisher=occasion.publisher,
        about=(
            (label("debtor", spoken), f"{statement.name} {statement.reference}".strip()),
            (label("period", spoken), f"{statement.first_day} – {statement.last_day}"),
        ),
        columns=STATEMENT_COLUMNS,
        rows=list(_entries(statement, spoken)),
        language=spoken,
        made_at=occasion.made_at,
        position=position,
    )


def numbering_sheet(found: Whole[SeriesRow], occasion: Occasion) -> Sheet:
    """Every series of numbers: from where to where, how many, and whether one is missing."""
    spoken = occasion.language
    return Sheet(
        name=occasion.name("numbering", "all"),
        title=label("numbering", spoken),
        publisher=occasion.publisher,
        about=((label("filter", spoken), occasion.issuer or label("everything", spoken)),),
        columns=NUMBERING_COLUMNS,
        rows=[_series(row, spoken) for row in found.items],
        language=spoken,
        made_at=occasion.made_at,
        position=found.position,
    )


def _receivables(
    what: str,
    columns: tuple[Column, ...],
    rows: Sequence[Sequence[Cell]],
    position: int,
    as_of: date,
    occasion: Occasion,
    *,
    only_overdue: bool = False,
) -> Sheet:
    spoken = occasion.language
    about = [(label("as_of", spoken), as_of.isoformat())]
    if occasion.issuer:
        about.append((label("issuer", spoken), occasion.issuer))
    if only_overdue:
        about.append((label("only_overdue", spoken), label("yes", spoken)))
    return Sheet(
        name=occasion.name(what, as_of.isoformat()),
        title=label(what, spoken),
        publisher=occasion.publisher,
        about=tuple(about),
        columns=columns,
        rows=rows,
        language=spoken,
        made_at=occasion.made_at,
        position=position,
    )


def _invoice(row: ListedInvoice, spoken: Language) -> list[Cell]:
    amounts = (row.net_minor, row.tax_minor, row.total_minor, row.credited_minor, row.open_minor)
    return [
        row.number,
        _coded("type", row.type, spoken),
        _coded("status", row.status, spoken),
        _coded("delivery", row.delivery_state, spoken),
        row.issuer_name,
        row.debtor_reference,
        row.debtor_name,
        row.season,
        row.issued_on,
        row.due_on,
        row.currency,
        *(Money(minor, row.currency) for minor in amounts),
    ]


def _aging(debt: AgedDebt, as_of: date) -> list[Cell]:
    amounts = (*debt.row.minor, debt.row.open_minor, debt.row.overdue_minor)
    currency = debt.row.currency
    return [as_of, debt.reference, debt.name, currency, *(Money(minor, currency) for minor in amounts)]


def _debt(debt: AgedDebt, as_of: date) -> list[Cell]:
    row = debt.row
    return [
        as_of,
        debt.reference,
        debt.name,
        row.open_invoices,
        debt.oldest_due_on,
        row.currency,
        Money(row.overdue_minor, row.currency),
        Money(row.open_minor, row.currency),
    ]


def _entries(statement: Statement, spoken: Language) -> Iterator[list[Cell]]:
    for account in statement.accounts:
        currency, opening = account.currency, Money(account.opening_minor, account.currency)
        yield [statement.first_day, _coded("entry", "opening", spoken), "", "", None, currency, opening, opening]
        for line in account.lines:
            yield [
                line.on,
                _coded("entry", line.kind, spoken),
                line.document,
                line.invoice_number,
                line.due_on,
                currency,
                Money(line.amount_minor, currency),
                Money(line.balance_minor, currency),
            ]


def _series(row: SeriesRow, spoken: Language) -> list[Cell]:
    return [
        _coded("series", row.kind, spoken),
        row.season,
        row.first_document,
        row.first_on,
        row.last_document,
        row.last_on,
        row.count,
        row.cancelled,
        row.holes,
        row.dated_back,
    ]


def _coded(kind: str, code: str, spoken: Language) -> Coded:
    return Coded(code, label(f"{kind}.{code}", spoken))


def _filter_words(found: Sequence[ListedInvoice], asked: InvoiceFilter, spoken: Language) -> Iterator[tuple[str, str]]:
    """What was asked for, in words. Names are taken from what was found: a filter that finds nothing has none."""
    if asked.status:
        yield label("status", spoken), ", ".join(label(f"status.{status}", spoken) for status in asked.status)
    if asked.issuer_id is not None:
        yield label("issuer", spoken), found[0].issuer_name if found else str(asked.issuer_id)
    if asked.debtor_id is not None:
        yield label("debtor", spoken), found[0].debtor_name if found else str(asked.debtor_id)
    if asked.run_id is not None:
        yield label("run", spoken), str(asked.run_id)
    for name, text in (("season", asked.season), ("currency", asked.currency), ("search", asked.search)):
        if text:
            yield label(name, spoken), text
    if asked.issued_from or asked.issued_to:
        yield label("issued_on", spoken), f"{asked.issued_from or ''} – {asked.issued_to or ''}".strip()
    if asked.due_from or asked.due_to:
        yield label("due", spoken), f"{asked.due_from or ''} – {asked.due_to or ''}".strip()


def _period(asked: InvoiceFilter) -> str:
    if asked.issued_from or asked.issued_to:
        return f"{asked.issued_from or ''}--{asked.issued_to or ''}"
    return _slug(asked.season or "") or "all"


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", plain(name))[:_MAX_SLUG].strip("-")
