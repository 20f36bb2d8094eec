"""`carreau import members`: a member file into a federation, or a preview of what it would change."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from backend.cli.history import add_history
from backend.cli.member_files import check_rows, debtors_of, import_rows, read_file
from backend.cli.with_services import run_with_services

if TYPE_CHECKING:
    from backend.api.member_import import Checked
    from backend.cli import Commands
    from backend.services import Services
    from backend.values.identifiers import TenantId


def register(commands: Commands) -> None:
    parser = commands.add_parser("import", help="take a file in: import members FILE.csv, or history FILE.csv")
    kinds = parser.add_subparsers(title="what", metavar="WHAT", required=True)
    members = kinds.add_parser("members", help="members with their clubs, from a CSV file")
    members.add_argument("file", type=Path, metavar="FILE.csv")
    add_tenant(members)
    members.add_argument("--preview", action="store_true", help="say what would change, and change nothing")
    members.add_argument("--good-rows-only", action="store_true", help="leave bad rows out instead of stopping")
    members.set_defaults(run=lambda said: run_with_services(lambda services: import_members(services, said)))
    add_history(kinds)


def add_tenant(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tenant", metavar="SLUG", help="the federation; default: the one of the demo that fits")


async def import_members(services: Services, said: argparse.Namespace) -> int:
    """Read, tell, and import what is good."""
    from backend.cli.run_terms import tenant_for

    # A preview tells everything and changes nothing, so it goes on where an import would stop.
    sheet = read_file(said.file, good_rows_only=said.good_rows_only or said.preview)
    tenant = await tenant_for(services, sheet, said.tenant)
    checked = await check_rows(services, tenant.tenant_id, sheet, good_rows_only=said.good_rows_only or said.preview)
    if said.preview:
        await _tell_changes(services, tenant.tenant_id, checked)
        return 1 if checked.problems else 0
    imported = await import_rows(services, tenant.tenant_id, checked)
    if imported.made:
        print(f"  new in the tree: {', '.join(imported.made)}")
    print(f"{tenant.name}: {imported.summary}")
    return 0


async def _tell_changes(services: Services, tenant_id: TenantId, checked: Checked) -> None:
    known = await debtors_of(services, tenant_id, [placed.row.member_no for placed in checked.rows])
    print(f"An import would add {len(checked.rows) - len(known)} members and look at {len(known)} that are known.")
    if made := checked.needed:
        print(f"It would make {len(made)} districts and clubs: {', '.join(node.name for node in made)}")
    print("Nothing was changed.")
