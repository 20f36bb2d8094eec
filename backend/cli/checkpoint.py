"""`carreau checkpoint`: sign where each journal ends now, and print it for somebody to keep elsewhere.

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
    parser = commands.add_parser("checkpoint", help="sign where each journal ends, to be kept by an auditor")
    parser.add_argument("--tenant", metavar="SLUG", help="this one only")
    parser.set_defaults(run=lambda said: run_with_services(lambda services: checkpoint(services, said)))


async def checkpoint(services: Services, said: argparse.Namespace) -> int:
    """One line of JSON per tenant on stdout; a tenant without events has nothing to sign."""
    from backend.cli.tenants import tenants_of
    from backend.journal.signing import Signer, sign_head

    signer = Signer.load(services.settings.keyring_file)
    for _, tenant_id in await tenants_of(services, said.tenant):
        async with services.database.scope(tenant_id) as connection:
            signed = await sign_head(connection, signer, tenant_id, on=services.clock.now().date())
        if signed is not None:
            print(signed.exported(), flush=True)
    return 0
