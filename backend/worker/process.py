"""What one worker process holds open, in its one event loop: services, mail connections, a renderer."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass

from backend.documents.renderer import RendererPool
from backend.outbound.smtp import SmtpPool, SmtpSettings
from backend.runtime.settings import Settings
from backend.services import Services, open_services


@dataclass(frozen=True, slots=True)
class WorkerProcess:
    """Opened at the first message and kept until the process ends."""

    services: Services
    smtp: SmtpPool
    renderers: RendererPool


_opened: WorkerProcess | None = None
_stack = AsyncExitStack()
_opening = asyncio.Lock()


async def opened() -> WorkerProcess:
    """The process's resources; the first caller opens them."""
    global _opened
    async with _opening:
        if _opened is None:
            settings = Settings.from_environ()
            services = await _stack.enter_async_context(open_services(settings))
            smtp = await _stack.enter_async_context(SmtpPool(SmtpSettings.from_url(settings.smtp_url)))
            renderers = await _stack.enter_async_context(RendererPool(processes=1))
            _opened = WorkerProcess(services, smtp, renderers)
        return _opened
