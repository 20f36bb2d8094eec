"""The whole product for one session of tests: demo, web, workers and scheduler, around servers that run already."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from backend.cli.schedule import scheduler_child
from backend.cli.serve import web_child
from backend.cli.work import worker_child
from backend.runtime.embedded.answers import answers
from backend.runtime.embedded.processes import free_port
from backend.runtime.embedded.supervisor import Supervisor, together
from backend.runtime.settings import Settings
from backend.runtime.telemetry import fresh_multiprocess_folder
from backend.seed import seed_demo
from backend.seed.abroad import PLATFORM, WORLD
from backend.seed.france import FRANCE
from backend.seed.planting import demo_tenant_id
from backend.seed.sweden import SWEDEN
from backend.services import Services, open_services
from backend.tenants.actor import door_actor
from backend.tenants.identity.accounts import keep_language
from backend.tenants.identity.hashing import hash_password
from backend.values.identifiers import UserId, derived_id
from backend.write.execute import execute
from backend.write.identity.passwords import SetPassword
from tests.given.people import PASSWORD

READY_SECONDS: Final = 60.0
# The rates of the demo are enough, and a test asks nobody outside.
NO_RATES: Final = "file:///dev/null"


@dataclass(frozen=True, kw_only=True)
class Stack:
    """A running product: where a browser finds it and its mail, and its services for what only an operator could do."""

    url: str
    mailbox_url: str
    services: Services


@asynccontextmanager
async def the_stack(settings: Settings, logs: Path) -> AsyncIterator[Stack]:
    """Demo, web, workers and scheduler, which log into a folder of their own."""
    port = free_port()
    # A name and not a number: passkeys need one, and the session cookie belongs to it.
    settings = replace(settings, port=port, public_url=f"http://localhost:{port}", ecb_url=NO_RATES)
    await seed_demo(settings, tell=lambda _: None)
    supervisor = Supervisor(logs, tell=print)
    shared = fresh_multiprocess_folder(settings.data_dir / "metrics")
    async with open_services(settings) as services:
        await _everybody_can_sign_in(services)
        try:
            await together(
                supervisor.start(web_child(settings, environ=shared)),
                supervisor.start(worker_child(settings, processes=1, environ=shared)),
                # It is the one that hears the doorbell.
                supervisor.start(scheduler_child(settings, environ=shared)),
            )
            async with asyncio.timeout(READY_SECONDS):
                while not await answers(settings.host, port, "/readyz"):  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
            yield Stack(url=settings.public_url, mailbox_url=settings.mailbox_url, services=services)
        finally:
            await supervisor.stop()


async def _everybody_can_sign_in(services: Services) -> None:
    hashed = await hash_password(PASSWORD)
    for tenant in (SWEDEN, FRANCE, WORLD, PLATFORM):
        tenant_id = demo_tenant_id(tenant.slug)
        for user in tenant.users:
            user_id = UserId(derived_id(tenant_id, f"user:{user.email}"))
            command = SetPassword(user_id=user_id, password_hash=hashed, cause="operator")
            await execute(services.write, door_actor(tenant_id, user_id), command)
            async with services.database.scope(tenant_id) as connection:
                await keep_language(connection, tenant_id, user_id, tenant.issuers[0].language)
