"""What is measured on: embedded servers of the run's own with fsync on, and tenants that nobody else uses."""

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final
from uuid import uuid4

from backend.runtime.clock import TravellingClock
from backend.runtime.embedded.processes import own_folder
from backend.runtime.embedded.servers import FIRST_PORTS, EmbeddedServers
from backend.runtime.migrate import migrate
from backend.runtime.settings import VARIABLES, Settings
from backend.seed.branding import branding
from backend.seed.planting import Garden, plant
from backend.seed.rates import ensure_rates
from backend.seed.world import DemoIssuer, DemoNode, DemoTenant, DemoUser
from backend.services import Services, open_services
from backend.tenants.actor import Actor, system_actor
from backend.tenants.capabilities import Role
from backend.tenants.directory import new_token, token_digest
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId, RunId, TenantId, TokenId
from backend.values.parties import Address, Identity, Particulars, PaymentAccount
from backend.write.access.tokens import CreateToken
from backend.write.debtors.import_members import MAX_CHUNK, ImportedMember, ImportMembers
from backend.write.execute import execute
from backend.write.invoices.draft import DraftInvoice, WantedContent, WantedLine
from backend.write.renewals.start import StartRun, WantedComponent

_CLUB: Final = "STO-1"
_ADMIN: Final = "admin@bench.example"
_ADDRESS: Final = Address(street="Backstigen 1", postal_code="518 84", city="Norrköping", country="SE")
_ISSUER: Final = DemoIssuer(
    key="federation",
    issuer_type="tenant",
    currency="SEK",
    language="sv",
    time_zone="Europe/Stockholm",
    identity=Identity(
        name="Svenska Bouleförbundet (bench)",
        organisation_number="802400-1235",
        vat_number="SE802400123501",
        email="kansli@boule.example",
        address=_ADDRESS,
    ),
    account=PaymentAccount(
        account_id="BENCH-BG",
        holder="Svenska Bouleförbundet",
        iban="SE3550000000054910000003",
        bic="ESSESESS",
        bankgiro="540-29681",
        swish="1230000003",
        reference="ocr",
    ),
    branding=branding("Förbundet", "#0b4f8a", "#ffcd00", bankgiro=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchTenant:
    """A federation that can issue, and what acts in it."""

    services: Services
    tenant_id: TenantId
    slug: str
    issuer_id: IssuerId
    garden: Garden

    @property
    def actor(self) -> Actor:
        return system_actor(self.tenant_id, "bench")


@asynccontextmanager
async def bench_servers() -> AsyncIterator[Settings]:
    """Migrated servers in a folder that vanishes afterwards, durable as in production."""
    for variable in VARIABLES.values():
        os.environ.pop(variable, None)
    # Nobody (who runs PostgreSQL when we are root) must be able to walk through, which mkdtemp forbids.
    folder = own_folder(Path(tempfile.mkdtemp(prefix="carreau-bench-")), mode=0o711)
    # Any ports: a developer's own servers may hold the usual ones.
    (folder / "ports.json").write_text(json.dumps(dict.fromkeys(FIRST_PORTS, 0)))
    try:
        async with EmbeddedServers(folder, durable=True) as settings:
            await asyncio.to_thread(migrate, settings.owner_database_url)
            yield settings
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def bench_services(settings: Settings) -> AsyncIterator[Services]:
    """Open services on these servers, with reference rates up to yesterday."""
    async with open_services(settings) as services:
        async with services.database.unscoped() as connection:
            await ensure_rates(settings, connection, today=services.clock.now().date(), tell=lambda _: None)
        yield services


async def a_tenant(services: Services) -> BenchTenant:
    """A new federation with an issuer, a template and a club; no members yet."""
    tenant = DemoTenant(
        slug=f"bench-{uuid4().hex[:12]}",
        kind="national",
        name="Bench",
        issuers=(_ISSUER,),
        nodes=(
            DemoNode(code="STO", name="Stockholms Bouledistrikt", kind="district"),
            DemoNode(code=_CLUB, name="Stockholm Boule Club", kind="club", parent="STO"),
        ),
        users=(DemoUser(name="Administrator", email=_ADMIN, role=Role.FEDERATION_ADMIN),),
    )
    now = services.clock.now()
    garden = Garden(
        settings=services.settings,
        write=services.write,
        clock=TravellingClock(now),
        store=services.store,
        tenant=tenant,
        present=now.date(),
    )
    await plant(garden)
    return BenchTenant(
        services=services,
        tenant_id=garden.tenant_id,
        slug=garden.slug,
        issuer_id=garden.issuer(_ISSUER.key),
        garden=garden,
    )


async def members(tenant: BenchTenant, count: int) -> tuple[DebtorId, ...]:
    """So many new members of the club, imported as a member file is; in the order of their numbers."""
    club, batch = tenant.garden.node(_CLUB), uuid4().hex[:6]
    wanted = [
        ImportedMember(
            reference=f"M-{batch}-{index:06d}",
            org_node_id=club,
            language="sv",
            licence_type="senior",
            particulars=Particulars(
                name=f"Märta Åström {index}", email=f"m{index}.{batch}@members.example", address=_ADDRESS
            ),
        )
        for index in range(count)
    ]
    for first in range(0, count, MAX_CHUNK):
        chunk = ImportMembers(members=tuple(wanted[first : first + MAX_CHUNK]))
        await execute(tenant.services.write, tenant.actor, chunk)
    async with tenant.services.database.scope(tenant.tenant_id) as connection:
        found = await connection.execute(
            b"SELECT debtor_id FROM inline_debtors WHERE tenant_id = %b AND reference LIKE %b ORDER BY reference",
            (tenant.tenant_id, f"M-{batch}-%"),
        )
        return tuple(DebtorId(row[0]) for row in await found.fetchall())


async def a_draft(tenant: BenchTenant, debtor_id: DebtorId, *, lines: int = 1) -> InvoiceId:
    """A draft, as a treasurer makes it by hand."""
    invoice_id = InvoiceId(tenant.services.write.new_id())
    line = WantedLine(description="Licens senior", unit_price=Decimal("400.00"))
    draft = DraftInvoice(
        invoice_id=invoice_id,
        issuer_id=tenant.issuer_id,
        debtor_id=debtor_id,
        content=WantedContent(lines=(line,) * lines),
    )
    await execute(tenant.services.write, tenant.actor, draft)
    return invoice_id


async def a_run(tenant: BenchTenant, debtors: tuple[DebtorId, ...]) -> RunId:
    """A started renewal run over `debtors`, with two fee components; none of its chunks is issued yet."""
    run_id = RunId(tenant.services.write.new_id())
    fees = (
        WantedComponent(name="Licens senior", amount=Decimal("400.00")),
        WantedComponent(name="Distriktsavgift", amount=Decimal("50.00"), recipient="district"),
    )
    start = StartRun(
        run_id=run_id,
        issuer_id=tenant.issuer_id,
        kind="licence_renewal",
        components=fees,
        debtors=debtors,
        deliver=True,
    )
    await execute(tenant.services.write, tenant.actor, start)
    return run_id


async def a_token(tenant: BenchTenant) -> str:
    """A bearer token of the tenant's administrator."""
    token = new_token()
    command = CreateToken(
        token_id=TokenId(tenant.services.write.new_id()),
        user_id=tenant.garden.user(_ADMIN),
        digest=token_digest(token),
        label="bench",
        days=1,
    )
    await execute(tenant.services.write, tenant.actor, command)
    return token
