"""Lists as files: CSV for machines, CSV for Excel, XLSX and a PDF for the board. What the list shows, whole.

The rows are read in one snapshot, at one position of the journal; the file is made after that, outside of any
transaction, and only then sent. The header `Export-Manifest` says what the file is.
"""

import asyncio
import base64
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import UTC, date
from hashlib import file_digest
from io import SEEK_END, BufferedRandom
from tempfile import TemporaryFile
from typing import Annotated, Any, Final, Literal, TypeVar

import msgspec
from msgspec import Meta

from backend.api.dispatch import ask
from backend.api.problems import Fault, Malformed
from backend.api.rest.documents import RETRY_AFTER_SECONDS
from backend.api.rest.endpoint import Call, Declined, File, needs
from backend.api.rest.export_sheets import (
    Occasion,
    aging_sheet,
    debts_sheet,
    invoices_sheet,
    numbering_sheet,
    statement_sheet,
)
from backend.api.rest.invoice_bodies import InvoicesAsked
from backend.api.rest.reading import Query, content_disposition
from backend.documents.renderer import RenderFailed
from backend.documents.sheets.files import write_excel_csv, write_machine_csv, write_workbook
from backend.documents.sheets.paper import MAX_PAPER_ROWS, report_html
from backend.documents.sheets.sheet import Manifest, Sheet, manifest_of
from backend.documents.sheets.words import Language
from backend.read.invoices.whole_list import every_invoice, issuer_named
from backend.read.issuers.queries import whole_numbering
from backend.read.receivables.queries import every_debt
from backend.read.receivables.statements import StatementTooLong, whole_statement
from backend.read.whole import MAX_WHOLE_ROWS, TooManyRows
from backend.runtime.logs import logger
from backend.tenants.capabilities import Capability
from backend.tenants.people import tenant_of
from backend.values.identifiers import DebtorId, IssuerId, TenantId
from backend.write.refusal import NotFound

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv"
PDF: Final = "application/pdf"
MEDIA_TYPES: Final = (CSV, XLSX, PDF)

# A workbook of 100,000 rows takes 10 to 30 seconds, and may wait for another one.
PATIENCE_SECONDS: Final = 120

Format = Literal["csv", "excel", "xlsx", "pdf"]

# One file at a time is made in a process: it is work for the processor, and others wait for theirs.
_MAKING: Final = asyncio.Semaphore(1)
# Those that are made or wait, in this process: of all tenants, and of one. Who comes later had better come back.
MAX_COMING: Final = 16
MAX_OF_TENANT: Final = 4
_coming: Final[Counter[TenantId]] = Counter()
_ENDINGS: Final[dict[Format, tuple[str, str]]] = {
    "csv": ("csv", f"{CSV}; charset=utf-8; header=present"),
    "excel": ("csv", f"{CSV}; charset=utf-8; header=present"),
    "xlsx": ("xlsx", XLSX),
    "pdf": ("pdf", PDF),
}

T = TypeVar("T")
log = logger(__name__)


class InvoicesExportQuery(InvoicesAsked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The list's filters and order; `format` `excel` is CSV as the Excel of `language` opens it."""

    format: Format = "csv"
    language: Language = "en"


class AgingExportQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`as_of` is today unless said otherwise."""

    as_of: date | None = None
    issuer_id: IssuerId | None = None
    format: Format = "csv"
    language: Language = "en"


class DebtsExportQuery(AgingExportQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of whom."""

    only_overdue: bool = False


class NumberingExportQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of one issuer, or of all within reach."""

    issuer_id: IssuerId | None = None
    format: Format = "csv"
    language: Language = "en"


class StatementExportQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Both days are part of the period."""

    from_day: date
    to_day: date
    format: Annotated[Format, Meta(description="`excel` is CSV as the Excel of `language` opens it")] = "csv"
    language: Language = "en"


@needs(Capability.INVOICES_READ)
async def export_invoices(call: Call, query: InvoicesExportQuery) -> File:
    """The list of invoices as a file, by the filters and in the order of the list.

    At most 100,000 rows, 5,000 in a PDF; more is 422 with EXPORT_TOO_LARGE. `Export-Manifest` holds rows, sums by
    currency, the journal position that the file shows, and two hashes: of the file, and of its rows as CSV.
    """
    try:
        wanted, order = query.filter, query.order
    except msgspec.ValidationError as error:
        name = "status" if "$[" in str(error) else "sort"
        raise Malformed(Fault(detail=f"no such {name}", path=(name,))) from None
    async with _turn(call):
        found = await _whole(
            every_invoice, call, now=call.services.clock.now(), filter=wanted, sort=order, limit=_limit(query.format)
        )
        occasion = await _occasion(call, query.language, wanted.issuer_id)
        return await _file(call, query.format, lambda: invoices_sheet(found, wanted, occasion))


@needs(Capability.REPORTS_READ)
async def export_aging(call: Call, query: AgingExportQuery) -> File:
    """Receivables by age as a file, one row per debtor and currency; limits and manifest as for invoices."""
    as_of = query.as_of or call.today()
    async with _turn(call):
        found = await _whole(every_debt, call, as_of=as_of, issuer_id=query.issuer_id, limit=_limit(query.format))
        occasion = await _occasion(call, query.language, query.issuer_id)
        return await _file(call, query.format, lambda: aging_sheet(found, as_of, occasion))


@needs(Capability.REPORTS_READ)
async def export_debts(call: Call, query: DebtsExportQuery) -> File:
    """Who owes, the largest amount first, as a file; limits and manifest as for invoices."""
    as_of = query.as_of or call.today()
    async with _turn(call):
        found = await _whole(
            every_debt,
            call,
            as_of=as_of,
            issuer_id=query.issuer_id,
            only_overdue=query.only_overdue,
            largest_first=True,
            limit=_limit(query.format),
        )
        occasion = await _occasion(call, query.language, query.issuer_id)
        return await _file(
            call, query.format, lambda: debts_sheet(found, as_of, occasion, only_overdue=query.only_overdue)
        )


@needs(whole_numbering)
async def export_numbering(call: Call, query: NumberingExportQuery) -> File:
    """The numbering report as a file: first and last number of every series, how many, cancelled, missing."""
    async with _turn(call):
        found = await call.ask(whole_numbering, issuer_id=query.issuer_id)
        occasion = await _occasion(call, query.language, query.issuer_id)
        return await _file(call, query.format, lambda: numbering_sheet(found, occasion))


@needs(whole_statement)
async def export_statement(call: Call, debtor_id: DebtorId, query: StatementExportQuery) -> File:
    """A debtor's account statement as a file: opening balance, every entry with its running balance."""
    async with _turn(call):
        try:
            found = await call.ask(whole_statement, debtor_id=debtor_id, from_=query.from_day, to=query.to_day)
        except StatementTooLong as error:
            raise Declined(422, "STATEMENT_TOO_LONG", f"the period has {error}: ask for a shorter one") from None
        if not found.items:
            raise NotFound("there is no such debtor")
        occasion = await _occasion(call, query.language, None)
        return await _file(call, query.format, lambda: statement_sheet(found.items[0], found.position, occasion))


def _limit(wanted: Format) -> int:
    return MAX_PAPER_ROWS if wanted == "pdf" else MAX_WHOLE_ROWS


@asynccontextmanager
async def _turn(call: Call) -> AsyncIterator[None]:
    """One list is read and made at a time, so that no more than one is ever held in memory; few wait for that, and
    nobody for long. Raises `Declined` with 503 and when to try again."""
    tenant_id = call.actor.tenant_id
    if _coming[tenant_id] >= MAX_OF_TENANT or _coming.total() >= MAX_COMING:
        raise _unavailable(None)
    _coming[tenant_id] += 1
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), _MAKING:
            yield
    except TimeoutError as failed:
        raise _unavailable(failed) from None
    finally:
        _coming[tenant_id] -= 1
        if not _coming[tenant_id]:
            del _coming[tenant_id]


def _unavailable(failed: Exception | None) -> Declined:
    if failed is not None:
        log.error("rest.no_export", reason=f"{type(failed).__name__}: {failed}")
    return Declined(
        503,
        "DOCUMENT_UNAVAILABLE",
        "the file cannot be made right now: try again, or ask for less",
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
    )


async def _whole(question: Callable[..., Awaitable[T]], call: Call, **named: Any) -> T:
    """Ask for a whole list. Raises `Declined` where it is too long."""
    try:
        return await ask(call.services, call.actor, question, **named)
    except TooManyRows as error:
        raise Declined(
            422,
            "EXPORT_TOO_LARGE",
            f"this list has more than {error.limit} rows: filter it, by season or by issuer",
            limit=error.limit,
        ) from None


async def _occasion(call: Call, language: Language, issuer_id: IssuerId | None) -> Occasion:
    """The issuer is named only where it was chosen and is within the caller's reach."""
    async with call.services.database.snapshot(call.actor.tenant_id) as connection:
        tenant = await tenant_of(connection, call.actor.tenant_id)
    name = await call.ask(issuer_named, issuer_id=issuer_id) if issuer_id else None
    return Occasion(
        tenant=tenant.name,
        slug=tenant.slug,
        language=language,
        issuer=name or "",
        made_at=call.services.clock.now().astimezone(UTC),
    )


async def _file(call: Call, wanted: Format, made: Callable[[], Sheet]) -> File:
    """Make the file in a thread. Raises `Declined` where the page cannot be rendered."""
    try:
        sheet, manifest, file = await asyncio.to_thread(_written, made, wanted)
        if wanted == "pdf":
            file.write(await _rendered(call, sheet, manifest))
    except RenderFailed as failed:
        raise _unavailable(failed) from None
    size = file.seek(0, SEEK_END)
    file.seek(0)
    digest = file_digest(file, "sha256").digest()
    file.seek(0)
    ending, media_type = _ENDINGS[wanted]
    return File(
        content=file,
        media_type=media_type,
        headers={
            "Content-Length": str(size),
            "Repr-Digest": f"sha-256=:{base64.b64encode(digest).decode()}:",
            "Content-Disposition": content_disposition("attachment", f"{sheet.name}.{ending}"),
            "Export-Manifest": msgspec.json.encode(asdict(manifest) | {"sha256": digest.hex()}).decode(),
        },
    )


def _written(made: Callable[[], Sheet], wanted: Format) -> tuple[Sheet, Manifest, BufferedRandom]:
    sheet = made()
    manifest = manifest_of(sheet)
    # A file without a name: whatever becomes of the request, nothing stays behind.
    file = TemporaryFile()  # noqa: SIM115 - it is closed when it was sent
    match wanted:
        case "csv":
            write_machine_csv(sheet, file)
        case "excel":
            write_excel_csv(sheet, file)
        case "xlsx":
            write_workbook(sheet, manifest, file)
    return sheet, manifest, file


async def _rendered(call: Call, sheet: Sheet, manifest: Manifest) -> bytes:
    page = await asyncio.to_thread(report_html, sheet, manifest)
    return await call.renderers().render(
        page, title=sheet.title, author=sheet.publisher, language=sheet.language, created=sheet.made_at.date()
    )
