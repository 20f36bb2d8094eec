"""`carreau frontend build`: the single-page app, built when its sources changed since the last time."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backend.cli.node import TOOLS, NodeMissing, node_environ
from backend.runtime.embedded.processes import dies_with_its_parent
from backend.runtime.settings import REPOSITORY

if TYPE_CHECKING:
    from backend.cli import Commands

FRONTEND: Final = REPOSITORY / "frontend"
DIST: Final = FRONTEND / "dist"
# Beside what was built: of which sources it is.
MARKER: Final = DIST / ".made-from"
# Why `up` could not build these sources, so that the next start does not wait again.
_FAILED: Final = TOOLS / "frontend-failed"
_PACKAGES_MARKER: Final = FRONTEND / "node_modules" / ".made-from"

# What the result depends on; everything in a folder counts.
_SOURCES: Final = (
    "index.html",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "vite.config.ts",
    "codegen",
    "public",
    "src",
)

# What `carreau test` runs here, the quickest first.
CHECKS: Final = (
    ("frontend: generated types are those of schema.graphql", ("run", "--silent", "generate:check")),
    ("frontend: types", ("run", "--silent", "typecheck")),
    ("frontend: unit and component tests", ("run", "--silent", "test")),
)

# `up` serves without the app sooner than it lets anyone wait for a registry that does not answer.
UP_WAITS_SECONDS: Final = 100.0
# Node brings its own certificates; a company's own authority is known to the system only, as pip and uv find it.
SYSTEM_CERTIFICATES: Final = {"NODE_USE_SYSTEM_CA": "1"}


class BuildFailed(Exception):
    """A step failed; the message is what the tool said."""


def register(commands: Commands) -> None:
    parser = commands.add_parser("frontend", help="build the web app that `up` serves")
    actions = parser.add_subparsers(title="what", required=True, metavar="WHAT")
    build_parser = actions.add_parser("build", help="build it, unless what is there is current")
    build_parser.add_argument("--force", action="store_true", help="build even if nothing changed")
    build_parser.set_defaults(run=_build)


def _build(said: argparse.Namespace) -> int:
    if is_current() and not said.force:
        print(f"the web app in {DIST} is current")
        return 0
    began = time.monotonic()
    try:
        build()
    except (BuildFailed, NodeMissing) as failed:
        print(f"carreau: the web app was not built: {failed}", file=sys.stderr)
        return 1
    print(f"the web app is built in {DIST} ({time.monotonic() - began:.1f} s)")
    return 0


async def build_for_up() -> str:
    """Build if needed, and say in a few words what came of it. Raises nothing: the server runs without the app."""
    if not FRONTEND.is_dir():
        return "no sources here; the start page is served instead"
    if is_current():
        return "current"
    wanted = _digest(_sources())
    before = _FAILED.read_text() if _FAILED.exists() else ""
    if before.startswith(wanted):
        # A start takes seconds, also where there is no network: what failed is tried again when somebody asks for it.
        return _not_built(before.removeprefix(wanted).strip())
    code, said = await _build_beside()
    if code == 0:
        _FAILED.unlink(missing_ok=True)
        return "built"
    _FAILED.parent.mkdir(exist_ok=True)
    _FAILED.write_text(f"{wanted}\n{_reason(said)}")
    return _not_built(_reason(said))


def _not_built(reason: str) -> str:
    kept = "an older one is served" if (DIST / "index.html").exists() else "the start page is served instead"
    return f"not built, {kept}: {reason}\n         ./carreau frontend build tries again"


async def _build_beside() -> tuple[int, str]:
    """`carreau frontend build` as a process of its own: Ctrl-C and a registry that hangs end it with all it started."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "backend",
        "frontend",
        "build",
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        process_group=0,
        preexec_fn=dies_with_its_parent(signal.SIGTERM),
    )
    try:
        async with asyncio.timeout(UP_WAITS_SECONDS):
            said, _ = await process.communicate()
    except TimeoutError:
        return 1, f"it took longer than {UP_WAITS_SECONDS:.0f} s"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
    return process.returncode or 0, said.decode(errors="replace")


def _reason(said: str) -> str:
    """The line of a tool's output that says why; npm's last lines only name its log file."""
    lines = [line.removeprefix("npm error").strip() for line in said.splitlines()]
    lines = [line for line in lines if line and "complete log of this run" not in line and ".npm/_logs" not in line]
    return next((line for line in lines if "reason:" in line), lines[-1] if lines else "no reason given")


def is_current() -> bool:
    """Was what is in `dist` made from these very sources?"""
    try:
        return (DIST / "index.html").exists() and MARKER.read_text() == _digest(_sources())
    except OSError:
        return False


def build() -> None:
    """Build beside the old one, then put it in its place. Raises `BuildFailed` or `NodeMissing`."""
    environ = node_environ()
    install(environ)
    wanted = _digest(_sources())
    fresh, old = FRONTEND / f".dist.{os.getpid()}", FRONTEND / f".dist.old.{os.getpid()}"
    try:
        _npm(("run", "--silent", "build"), environ | {"CARREAU_FRONTEND_OUT": str(fresh)})
        (fresh / MARKER.name).write_text(wanted)
        if DIST.exists():
            DIST.rename(old)
        fresh.rename(DIST)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def check(arguments: tuple[str, ...]) -> tuple[int, str]:
    """One of `CHECKS`: its exit code, and what it said."""
    try:
        environ = node_environ()
        install(environ)
        return 0, _npm(arguments, environ)
    except (BuildFailed, NodeMissing) as failed:
        return 1, str(failed)


def install(environ: Mapping[str, str]) -> None:
    """`npm ci`, when the lock file is not the one that `node_modules` was made from."""
    wanted = _digest((FRONTEND / "package-lock.json", FRONTEND / "package.json"))
    if _PACKAGES_MARKER.exists() and _PACKAGES_MARKER.read_text() == wanted:
        return
    _npm(("ci", "--no-audit", "--no-fund"), environ)
    _PACKAGES_MARKER.write_text(wanted)


def _npm(arguments: tuple[str, ...], environ: Mapping[str, str]) -> str:
    done = subprocess.run(
        ["npm", *arguments],
        cwd=FRONTEND,
        env=SYSTEM_CERTIFICATES | dict(environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BuildFailed(done.stdout)
    return done.stdout


def _sources() -> Iterable[Path]:
    for name in _SOURCES:
        path = FRONTEND / name
        yield from sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else (path,)


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(FRONTEND)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
