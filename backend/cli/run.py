"""`carreau run renewals`: a member file becomes issued, delivered invoices; the second time there is nothing new."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from backend.cli.member_files import check_rows, import_rows, read_file
from backend.cli.members import add_tenant
from backend.cli.run_terms import Terms, component, terms_of
from backend.cli.with_services import CannotGoOn, run_with_services

if TYPE_CHECKING:
    from backend.cli import Commands
    from backend.services import Services


def register(commands: Commands) -> None:
    parser = commands.add_parser("run", help="bill many at once: run renewals FILE.csv")
    kinds = parser.add_subparsers(title="what", metavar="WHAT", required=True)
    renewals = kinds.add_parser("renewals", help="one licence invoice for each member of a CSV file")
    renewals.add_argument("file", type=Path, metavar="FILE.csv")
    add_tenant(renewals)
    renewals.add_argument("--issuer", metavar="NAME|ID", help="who issues; default: the district of the file")
    renewals.add_argument("--season", metavar="CODE", help="default: the season of today")
    renewals.add_argument(
        "--component",
        type=component,
        action="append",
        metavar="NAME=AMOUNT[:RECIPIENT][:CATEGORY]",
        help="a part of the fee, net of VAT; may be said several times",
    )
    renewals.add_argument("--good-rows-only", action="store_true", help="leave bad rows out instead of stopping")
    renewals.add_argument("--yes", action="store_true", help="do not ask before issuing")
    renewals.add_argument("--no-deliver", action="store_true", help="issue, but send no e-mail")
    renewals.set_defaults(run=lambda said: run_with_services(lambda services: renew(services, said)))


async def renew(services: Services, said: argparse.Namespace) -> int:
    """Read, import, issue, deliver, and tell what it came to. A refused member is an outcome and no failure."""
    from backend.cli.run_driving import already_billed, drive, mails_waiting, start_or_resume
    from backend.cli.run_report import report

    sheet = read_file(said.file, good_rows_only=said.good_rows_only)
    terms = await terms_of(services, sheet, said)
    checked = await check_rows(services, terms.tenant.tenant_id, sheet, good_rows_only=said.good_rows_only)
    _tell(terms, len(checked.rows), assumed=not said.component)
    _agree(services, said)
    imported = await import_rows(services, terms.tenant.tenant_id, checked)
    print(f"  members   {imported.summary}")
    if imported.made:
        print(f"  new clubs and districts: {', '.join(imported.made)}")
    debtors = tuple(imported.debtors.values())
    billed = await already_billed(services, terms, debtors)
    if billed == len(debtors):
        print(f"Nothing new: {billed} already billed for {terms.season}.", flush=True)
        if waiting := await mails_waiting(services, terms.tenant.tenant_id):
            print(f"{waiting} mails still wait: ./carreau up (or ./carreau work) sends them")
        return 0
    run_id = await start_or_resume(services, terms, debtors)
    await drive(services, terms, run_id, members=len(debtors))
    by_debtor = {debtor_id: reference for reference, debtor_id in imported.debtors.items()}
    return await report(services, terms, run_id, by_debtor)


def _tell(terms: Terms, members: int, *, assumed: bool) -> None:
    issuer = terms.issuer
    print(f"\n{terms.issuer.identity.name} ({terms.tenant.name}) bills {members} members for season {terms.season}")
    for each in terms.components:
        category = f", {each.tax_category}" if each.tax_category else ""
        print(f"  fee       {each.name}: {each.amount} {issuer.currency} net, for the {each.recipient}{category}")
    if assumed:
        print("            (assumed, because this is the demo; say your own with --component)")
    print(f"  date      {terms.on}")
    delivers = issuer.auto_delivery if terms.deliver is None else terms.deliver
    print(f"  delivery  {'by e-mail, at once' if delivers else 'none'}", flush=True)


def _agree(services: Services, said: argparse.Namespace) -> None:
    """On the demo nothing is asked; elsewhere a person says yes, or the command line has said it."""
    if said.yes or services.settings.environment == "embedded":
        return
    if not sys.stdin.isatty():
        raise CannotGoOn("issued invoices cannot be taken back, only credited: repeat with --yes")
    if input("Issue them? An issued invoice can only be credited. [y/N] ").strip().lower() not in ("y", "yes"):
        raise CannotGoOn("nothing was issued")
