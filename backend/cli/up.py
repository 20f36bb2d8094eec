"""`carreau up`: everything on this machine, from nothing to an address you can open."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backend.cli.frontend import build_for_up
from backend.cli.migrate import migrate_or_exit
from backend.cli.running import run_command
from backend.cli.schedule import scheduler_child
from backend.cli.serve import web_child
from backend.cli.work import worker_child
from backend.runtime.embedded import EmbeddedServers, postgres
from backend.runtime.embedded.answers import answers
from backend.runtime.embedded.processes import free_port
from backend.runtime.embedded.supervisor import ChildFailed, Supervisor, together
from backend.runtime.settings import Settings, refuse_to_start, settings_or_exit
from backend.runtime.telemetry import fresh_multiprocess_folder

if TYPE_CHECKING:
    from backend.cli import Commands

READY_SECONDS: Final = 60.0


def register(commands: Commands) -> None:
    parser = commands.add_parser("up", help="start everything: servers, demo, web, workers, scheduler")
    parser.set_defaults(run=lambda said: run_command(up(), stopped=0))


async def up() -> int:
    """Start everything, say where it is, and keep it alive until told to stop."""
    began = time.monotonic()
    given = _with_open_port(settings_or_exit())
    # The address is decided before the servers start, so that other commands read it from their state file.
    os.environ.update({"CARREAU_PORT": str(given.port), "CARREAU_PUBLIC_URL": given.public_url})
    async with _servers(given) as settings:
        with _Step("migrations"):
            await migrate_or_exit(settings)
        await _seed(settings)
        await _build_app()
        shared = fresh_multiprocess_folder(settings.data_dir / "metrics")
        supervisor = Supervisor(settings.data_dir / "logs", tell=_tell)
        try:
            await _start(supervisor, settings, shared)
            _announce(settings, time.monotonic() - began)
            await asyncio.Event().wait()
        finally:
            await supervisor.stop()
    return 0


@asynccontextmanager
async def _servers(given: Settings) -> AsyncIterator[Settings]:
    if given.has_servers:
        yield given
        return
    servers = EmbeddedServers(given.data_dir, alone=True, tell=_tell)
    with _Step("PostgreSQL, Valkey, mailbox"):
        settings = await servers.start()
    try:
        yield settings
    finally:
        await servers.stop()
        _tell(f"stopped; the data is kept in {_places(given.data_dir)}")


def _places(data_dir: Path) -> str:
    """Where the data is. PostgreSQL's is elsewhere where its user cannot enter the data folder (root's own home)."""
    cluster = postgres.place(data_dir)
    return str(data_dir) if cluster.is_relative_to(data_dir) else f"{data_dir} and {cluster}"


async def _seed(settings: Settings) -> None:
    # A production database is nobody's place for a demo.
    if settings.environment == "production" or importlib.util.find_spec("backend.seed") is None:
        return
    with _Step("demo data"):
        from backend.seed import seed_demo

        await seed_demo(settings)


async def _build_app() -> None:
    """The web app, when its sources changed. Without it the server says how to go on."""
    began = time.monotonic()
    if sys.stdout.isatty():
        print("  … web app (the first time: up to a minute)", end="\r", flush=True)
    said = await build_for_up()
    erased = "\033[K" if sys.stdout.isatty() else ""
    print(f"{erased}  {time.monotonic() - began:5.1f} s  web app: {said}", flush=True)


async def _start(supervisor: Supervisor, settings: Settings, shared: Mapping[str, str]) -> None:
    with _Step("web, workers, scheduler"):
        await together(
            supervisor.start(web_child(settings, environ=shared)),
            supervisor.start(worker_child(settings, environ=shared)),
            supervisor.start(scheduler_child(settings, environ=shared)),
        )
        until = time.monotonic() + READY_SECONDS
        while not await answers(settings.host, settings.port, "/readyz"):
            if time.monotonic() > until:
                raise ChildFailed(f"{settings.public_url}/readyz did not say ready in {READY_SECONDS:.0f} s")
            await asyncio.sleep(0.1)


def _announce(settings: Settings, seconds: float) -> None:
    print(f"\nCarreau is ready after {seconds:.1f} s.\n")
    print(f"  Carreau   {settings.public_url}")
    if settings.mailbox_url:
        print(f"  Mailbox   {settings.mailbox_url}")
    if settings.environment == "embedded" and importlib.util.find_spec("backend.seed") is not None:
        from backend.seed import signin_lines

        print()
        for line in signin_lines(settings):
            print(f"  {line}")
    print(f"\n  Logs are in {settings.data_dir / 'logs'}. Ctrl-C stops everything and keeps the data.\n", flush=True)


def _with_open_port(settings: Settings) -> Settings:
    """The port that was asked for must be free; the default one may give way to a neighbour."""
    port = free_port(preferred=settings.port)
    if port == settings.port:
        return settings
    if "CARREAU_PORT" in os.environ:
        refuse_to_start(f"port {settings.port} is in use by another program; choose another with CARREAU_PORT")
    asked = "CARREAU_PUBLIC_URL" in os.environ
    return replace(settings, port=port, public_url=settings.public_url if asked else f"http://127.0.0.1:{port}")


class _Step:
    """`with _Step("migrations"):` prints the name, and how long it took once it is done."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        self._began = time.monotonic()
        if sys.stdout.isatty():
            print(f"  … {self._name}", end="\r", flush=True)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            print(f"  {time.monotonic() - self._began:5.1f} s  {self._name}", flush=True)


def _tell(line: str) -> None:
    print(f"carreau: {line}", flush=True)
