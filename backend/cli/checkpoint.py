"""`carreau checkpoint`: sign where each book ends now, and print it for somebody to keep elsewhere.

`carreau verify --checkpoints FILE` holds the journals against what was kept: nobody can rewrite what came before.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from backend.cli.with_services import run_with_services

if TYPE_CHECKING:
    from backend.cli import Commands
    from backend.services import Services


def register(commands: Commands) -> None:
    parser = commands.add_parser("checkpoint", help="sign where each book ends, to be kept by an auditor")
    parser.add_argument("--tenant", metavar="SLUG", help="this one only")
    parser.set_defaults(run=lambda said: run_with_services(lambda services: checkpoint(services, said)))


async def checkpoint(services: Services, said: argparse.Namespace) -> int:
    """One line of JSON per book of a tenant on stdout; an empty book has nothing to sign."""
    from backend.cli.tenants import tenants_of
    from backend.journal.signing import Signer, sign_head
    from backend.values.books import BOOKS

    signer = Signer.load(services.settings.keyring_file)
    for _, tenant_id in await tenants_of(services, said.tenant):
        for book in BOOKS:
            async with services.database.scope(tenant_id) as connection:
                signed = await sign_head(connection, signer, tenant_id, book, on=services.clock.now().date())
            if signed is not None:
                print(signed.exported(), flush=True)
    return 0
