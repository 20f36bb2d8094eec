"""The demo is planted once, completely, and found again."""

import psycopg

from backend.read.issuers.queries import issuer_list, template_list
from backend.read.received import received_documents
from backend.runtime.settings import Settings
from backend.seed import seed_demo, signin_lines
from backend.seed.demo import TENANTS
from backend.seed.planting import demo_tenant_id
from backend.seed.signin import demo_tokens
from backend.services import open_services
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability, Role
from backend.tenants.directory import authenticate
from backend.tenants.identity.accounts import account_by_email
from backend.tenants.identity.hashing import verify_password
from tests.given.demo import a_prefix


def quiet(line: str) -> None:
    """Nobody reads the notices of a test."""


async def positions(settings: Settings, prefix: str) -> dict[str, int]:
    """Where the journals of a demo end."""
    found = {}
    async with open_services(settings) as services:
        for tenant in TENANTS:
            tenant_id = demo_tenant_id(prefix + tenant.slug)
            async with services.database.scope(tenant_id) as connection:
                row = await (
                    await connection.execute(
                        b"SELECT sum(position) FROM journal_heads WHERE tenant_id = %b", (tenant_id,)
                    )
                ).fetchone()
            found[tenant.slug] = row[0] if row else 0
    return found


async def test_it_is_planted_once_and_then_left_alone(demo_settings: Settings) -> None:
    """S002: `up` makes a believable demo, keeps its data, and starts quickly the next time."""
    prefix = a_prefix()
    await seed_demo(demo_settings, prefix=prefix, tell=quiet)
    first = await positions(demo_settings, prefix)
    assert all(first.values())
    await seed_demo(demo_settings, prefix=prefix, tell=quiet)
    assert await positions(demo_settings, prefix) == first


async def test_every_issuer_has_its_own_branding_in_six_languages(demo_settings: Settings, planted: str) -> None:
    async with open_services(demo_settings) as services:
        for tenant in TENANTS:
            tenant_id = demo_tenant_id(planted + tenant.slug)
            async with services.database.snapshot(tenant_id) as connection:
                issuers = await issuer_list(connection, Reader(tenant_id=tenant_id))
                templates = {t.issuer_id: t for t in await template_list(connection, Reader(tenant_id=tenant_id))}
            assert {issuer.issuer_id for issuer in issuers} == set(templates)
            for template in templates.values():
                for texts in (template.header, template.footer, template.payment_instructions):
                    assert set(texts) == {"sv", "fr", "en", "fi", "de", "es"}
                assert await services.store.exists(tenant_id, template.logo)
            assert all(issuer.account is not None and issuer.seasons for issuer in issuers)


async def test_stockholm_has_no_number_yet(demo_settings: Settings, planted: str) -> None:
    """S002-49: the first run of a visitor begins with FAKTURA-2026-000001."""
    tenant_id = demo_tenant_id(planted + "svenska-boule")
    async with open_services(demo_settings) as services, services.database.scope(tenant_id) as connection:
        issuers = await issuer_list(connection, Reader(tenant_id=tenant_id))
        stockholm = next(issuer for issuer in issuers if issuer.identity.name == "Stockholms Bouledistrikt")
        found = await connection.execute(b"SELECT counter FROM inline_counters WHERE tenant_id = %b", (tenant_id,))
        counters = [row[0] for row in await found.fetchall()]
    assert counters
    assert not [counter for counter in counters if str(stockholm.issuer_id) in counter]


async def test_bills_of_other_tenants_are_mirrored(demo_settings: Settings, planted: str) -> None:
    """The platform and the international federation bill the Swedish one, which sees the documents on its own side."""
    tenant_id = demo_tenant_id(planted + "svenska-boule")
    async with open_services(demo_settings) as services, services.database.snapshot(tenant_id) as connection:
        page = await received_documents(connection, Reader(tenant_id=tenant_id))
    assert {document.issuer_name for document in page.items} == {"Carreau AB (demo)", "World Pétanque Union (demo)"}


async def test_each_role_has_a_token_that_opens_its_own_part(demo_settings: Settings) -> None:
    prefix = a_prefix()
    await seed_demo(demo_settings, prefix=prefix, tell=quiet)
    tokens = [token for token in demo_tokens(demo_settings).users if token.tenant.startswith(prefix)]
    assert {token.role for token in tokens} == {role.value for role in Role}
    async with open_services(demo_settings) as services:
        treasurer = next(token for token in tokens if token.email == "tore@stockholm.boule.example")
        actor = await authenticate(services.database, treasurer.token)
    assert actor is not None
    assert actor.tenant_id == demo_tenant_id(prefix + "svenska-boule")
    assert actor.reaches[Capability.RUNS_START].nodes is not None
    assert any(treasurer.token in line for line in signin_lines(demo_settings))


async def test_a_demo_user_signs_in_with_the_printed_password(demo_settings: Settings) -> None:
    prefix = a_prefix()
    await seed_demo(demo_settings, prefix=prefix, tell=quiet)
    password = demo_tokens(demo_settings).password
    assert any(password in line for line in signin_lines(demo_settings))
    tenant_id = demo_tenant_id(prefix + "svenska-boule")
    async with open_services(demo_settings) as services, services.database.scope(tenant_id) as connection:
        account = await account_by_email(connection, tenant_id, "annika@boule.example")
    assert account is not None
    assert await verify_password(account.password_hash, password)


async def test_an_interrupted_planting_is_completed(demo_settings: Settings) -> None:
    """Whatever was done before a crash is found again by its idempotency key."""
    prefix = a_prefix()
    await seed_demo(demo_settings, prefix=prefix, tell=quiet)
    before = await positions(demo_settings, prefix)
    swedish = demo_tenant_id(prefix + "svenska-boule")
    with psycopg.connect(demo_settings.owner_database_url) as connection:
        connection.execute(
            "DELETE FROM journal_receipts WHERE tenant_id = %s AND idempotency_key = 'seed:planted'", (swedish,)
        )
    await seed_demo(demo_settings, prefix=prefix, tell=quiet)
    after = await positions(demo_settings, prefix)
    # The last step was done again, and every demo user got a token anew; no invoice twice.
    assert await invoices(demo_settings, prefix) == sum(bill.fate != "draft" for bill in TENANTS[0].bills)
    assert after["svenska-boule"] == before["svenska-boule"] + 1 + 2 * len(TENANTS[0].users)


async def invoices(settings: Settings, prefix: str) -> int:
    """How many invoices the Swedish federation of a demo has issued."""
    tenant_id = demo_tenant_id(prefix + "svenska-boule")
    async with open_services(settings) as services, services.database.scope(tenant_id) as connection:
        found = await connection.execute(
            b"SELECT count(*) FROM journal_events WHERE tenant_id = %b AND type = 'invoice-issued'", (tenant_id,)
        )
        row = await found.fetchone()
    return int(row[0]) if row else 0
