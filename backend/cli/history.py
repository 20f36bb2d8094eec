"""`carreau import history`: invoices from before Carreau, as issued by the platform (S002-22)."""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backend.cli.with_services import CannotGoOn, run_with_services, tenant_named

if TYPE_CHECKING:
    from backend.inbound.inbox import Message
    from backend.rules.history_csv import HistorySheet
    from backend.services import Services
    from backend.values.identifiers import IssuerId, TenantId

# One command locks the tenant; other people's commands get their turn between.
INVOICES_PER_COMMAND: Final = 250
MAX_LINES_SHOWN: Final = 200


def add_history(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `history` to what `carreau import` takes in."""
    parser = kinds.add_parser("history", help="invoices from before Carreau, into the platform's legacy series")
    parser.add_argument("file", type=Path, metavar="FILE.csv")
    parser.add_argument("--tenant", required=True, metavar="SLUG", help="the platform's tenant, by its slug")
    parser.add_argument("--good-rows-only", action="store_true", help="leave bad rows out instead of stopping")
    parser.set_defaults(run=lambda said: run_with_services(lambda services: import_history(services, said)))


async def import_history(services: Services, said: argparse.Namespace) -> int:
    """Read, tell, and take over what is good. Running it again takes over nothing twice."""
    from backend.inbound.inbox import process, replay

    sheet = read_file(said.file, good_rows_only=said.good_rows_only)
    tenant = await tenant_named(services, said.tenant)
    issuer_id = await _platform_issuer(services, tenant.tenant_id)

    async def act() -> tuple[int, int, int]:
        return await take_over(services, tenant.tenant_id, issuer_id, sheet, source=said.file.name)

    message, lease = _message(said.file, good_rows_only=said.good_rows_only), services.write.new_id()
    write = services.write
    async with write.database.scope(tenant.tenant_id) as connection:
        # Whoever runs it again has looked at what was wrong.
        await replay(connection, tenant.tenant_id, message.source, message.external_id, at=write.clock.now())
    done = await process(write.database, write.clock, tenant.tenant_id, message, act, lease=lease)
    if done.state != "done":
        raise CannotGoOn("this file is being taken over at this moment: wait, and run the command again")
    # A file that was taken over before is as it was: its invoices cannot have changed since.
    imported, unchanged, debtors = done.answer or (0, len(sheet.rows), 0)
    print(f"{tenant.name}: {imported} invoices taken over, {unchanged} as before, {debtors} new debtors")
    return 0


def _message(path: Path, *, good_rows_only: bool) -> Message:
    """The file as the inbox knows it: by its bytes, and by how it was to be read."""
    from backend.inbound.inbox import Message

    content = path.read_bytes()
    digest = sha256(content)
    name = f"{digest.hexdigest()}{' good rows only' if good_rows_only else ''}"
    return Message(source="history-file", external_id=name, digest=digest.digest(), size=len(content))


def read_file(path: Path, *, good_rows_only: bool) -> HistorySheet:
    """The file, with all that is wrong in it printed. Raises `CannotGoOn` unless every row is good or that was said."""
    from backend.rules.history_csv import read_history
    from backend.rules.spreadsheet_text import MAX_SHEET_BYTES, UnreadableSheet

    try:
        with path.open("rb") as file:
            sheet = read_history(file.read(MAX_SHEET_BYTES + 1))
    except OSError as error:
        raise CannotGoOn(f"{path} cannot be read: {error.strerror}") from None
    except UnreadableSheet as unreadable:
        raise CannotGoOn(f"{path.name} holds no invoices: {unreadable}") from None
    for problem in sheet.problems[:MAX_LINES_SHOWN]:
        print(f"  row {problem.row}, {problem.column}: {problem.message} ({problem.value})")
    if len(sheet.problems) > MAX_LINES_SHOWN:
        print(f"  and {len(sheet.problems) - MAX_LINES_SHOWN} more")
    if sheet.problems and not good_rows_only:
        raise CannotGoOn(
            f"nothing was imported. Repair the rows, or import the {len(sheet.rows)} good ones with --good-rows-only"
        )
    if not sheet.rows:
        raise CannotGoOn("no row is good: nothing was imported")
    return sheet


async def take_over(
    services: Services, tenant_id: TenantId, issuer_id: IssuerId, sheet: HistorySheet, *, source: str
) -> tuple[int, int, int]:
    """Import the good rows in chunks; how many were new, how many as before, and how many debtors were made."""
    from backend.api.dispatch import carry_out
    from backend.tenants.actor import system_actor
    from backend.tenants.capabilities import Capability
    from backend.write.history import ImportHistoricalInvoices

    actor = system_actor(tenant_id, "command-line", Capability.HISTORY_IMPORT)
    counts = {"imported": 0, "unchanged": 0, "debtors": 0}
    for start in range(0, len(sheet.rows), INVOICES_PER_COMMAND):
        rows = sheet.rows[start : start + INVOICES_PER_COMMAND]
        command = ImportHistoricalInvoices(issuer_id=issuer_id, rows=rows, source=source)
        receipt = await carry_out(services, actor, command)
        for name in counts:
            counts[name] += int(receipt.answer[name])
    return counts["imported"], counts["unchanged"], counts["debtors"]


async def _platform_issuer(services: Services, tenant_id: TenantId) -> IssuerId:
    from backend.inline.issuers import issuers_of
    from backend.journal.load import inline_generation

    async with services.database.scope(tenant_id) as connection:
        known = await issuers_of(connection, tenant_id, await inline_generation(connection, tenant_id))
    for issuer in known:
        if issuer.issuer_type == "platform":
            return issuer.issuer_id
    raise CannotGoOn("this tenant has no platform issuer: history goes into the tenant of the platform")
