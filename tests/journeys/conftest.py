"""A world of its own for each story: an installation with a platform, a post office and workers, on 12 January 2026."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from starlette.applications import Starlette

from backend.api.app import build_app
from backend.api.rest.documents import close_renderers
from backend.documents.renderer import RendererPool
from backend.outbound.smtp import SmtpPool, SmtpSettings
from backend.runtime.clock import TravellingClock
from backend.runtime.settings import Settings
from backend.services import Services
from backend.tenants.capabilities import Role
from backend.worker.process import WorkerProcess
from backend.write.execute import WriteSide
from tests.api.caller import a_caller
from tests.given.federation import a_federation
from tests.given.smtp_faults import smtp_that
from tests.journeys.world import World

BEGINNING = datetime(2026, 1, 12, 11, tzinfo=UTC)


@pytest.fixture
def clock() -> TravellingClock:
    return TravellingClock(BEGINNING)


@pytest_asyncio.fixture
async def world(
    services: Services, settings: Settings, write_side: WriteSide, clock: TravellingClock, tmp_path: Path
) -> AsyncIterator[World]:
    app: Starlette = build_app(services, pages=tmp_path)
    platform = await a_federation(write_side, settings, kind="platform", issuer_type="platform")
    operator = await a_caller(app, platform, Role.PLATFORM_OPERATOR)
    async with (
        smtp_that() as post_office,
        SmtpPool(SmtpSettings.from_url(post_office.url)) as smtp,
        RendererPool(processes=1) as renderers,
    ):
        made = World(
            app=app,
            clock=clock,
            workers=WorkerProcess(services, smtp, renderers),
            post_office=post_office,
            operator=operator,
        )
        await made.it_is("2026-01-12")
        yield made
    await close_renderers(app)
