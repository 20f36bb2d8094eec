"""`carreau test`: what must hold before a change is proposed, the quick checks first and pytest last."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backend.cli.running import run_command
from backend.runtime.settings import REPOSITORY, VARIABLES

if TYPE_CHECKING:
    from backend.cli import Commands

# Two workers: the smallest machine we promise has two cores, and PostgreSQL wants its share.
PYTEST_WORKERS: Final = ("-n", "2", "--dist", "worksteal")
END_TO_END: Final = "tests/e2e"
# What people do, from the sign-in to the payment, in the order of `test e2e`, which also looks at every screen: the
# treasurer's season comes near the end, because its many invoices hide those of the demo.
STORIES: Final = tuple(
    f"{END_TO_END}/test_{name}.py"
    for name in (
        "access",
        "expiry",
        "gate",
        "invitation",
        "network",
        "public_link",
        "run_once",
        "second_factor",
        "sessions",
        "sign_in",
        "subscriptions",
        "treasurer",
        "walls",
    )
)


@dataclass(frozen=True, slots=True)
class Check:
    """A tool that reads the code without running it."""

    title: str
    command: tuple[str, ...]


CHECKS: Final = (
    Check("ruff: style and common mistakes", ("ruff", "check", "--quiet", ".")),
    Check("ruff: formatting", ("ruff", "format", "--check", "--quiet", ".")),
    Check("import contracts: who may import what", ("lint-imports", "--no-logo")),
    Check("mypy: types", ("mypy",)),
)


def register(commands: Commands) -> None:
    parser = commands.add_parser(
        "test", help="run every check and test; with arguments only pytest, which gets them", add_help=False
    )
    parser.add_argument("handed_on", nargs=argparse.REMAINDER, help="arguments for pytest")
    parser.set_defaults(run=lambda said: test(said.handed_on), hands_on=True)


def test(pytest_arguments: Sequence[str]) -> int:
    """The exit code is 0 when everything passed; pytest's own summary is the last thing printed."""
    if pytest_arguments[:1] == ["e2e"]:
        return _end_to_end(pytest_arguments[1:])
    if not pytest_arguments:
        for check in CHECKS:
            if (code := _run(check)) != 0:
                return code
        if (code := _frontend()) != 0:
            return code
    code = run_command(_pytest(pytest_arguments or PYTEST_WORKERS))
    if code != 0 or pytest_arguments:
        return code
    return _stories()


def _stories() -> int:
    """The end-to-end stories, after everything that is quicker to fail."""
    from backend.cli import browser

    if browser.unwanted():
        print(f"{browser.VARIABLE}={browser.NONE}: the end-to-end stories were not run", flush=True)
        return 0
    return _end_to_end(STORIES)


def _frontend() -> int:
    """The checks of the web app; npm fetches its packages the first time."""
    from backend.cli import frontend

    for title, arguments in frontend.CHECKS:
        began = time.monotonic()
        code, said = frontend.check(arguments)
        print(f"{'FAILED' if code else 'ok':6}  {time.monotonic() - began:5.1f} s  {title}", flush=True)
        if code:
            print(said, flush=True)
            return code
    return 0


def _end_to_end(pytest_arguments: Sequence[str]) -> int:
    """`test e2e`: the built app in a real browser, one test after another; arguments as for pytest."""
    from backend.cli import browser, frontend
    from backend.cli.node import NodeMissing, node_program

    os.environ[browser.VARIABLE] = browser.browser()
    try:
        if not frontend.is_current():
            frontend.build()
        # The Node.js that Playwright brings needs a library that a bare machine lacks; ours does not.
        os.environ["PLAYWRIGHT_NODEJS_PATH"] = node_program()
    except (frontend.BuildFailed, NodeMissing) as failed:
        print(f"carreau: the end-to-end tests need the web app, which was not built: {failed}", file=sys.stderr)
        return 1
    paths = [] if any("::" in each or each.endswith(".py") for each in pytest_arguments) else [END_TO_END]
    return run_command(_pytest((*paths, *pytest_arguments)))


def _run(check: Check) -> int:
    began = time.monotonic()
    tool = Path(sys.executable).with_name(check.command[0])
    done = subprocess.run(
        [str(tool), *check.command[1:]],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{verdict:6}  {time.monotonic() - began:5.1f} s  {check.title}", flush=True)
    if done.returncode != 0:
        print(done.stdout, flush=True)
    return done.returncode


async def _pytest(arguments: Sequence[str]) -> int:
    import asyncio

    from backend.runtime.embedded.for_tests import environ_for_tests, servers_for_tests

    # A developer's own DATABASE_URL is never a place for tests.
    for variable in VARIABLES.values():
        os.environ.pop(variable, None)
    began = time.monotonic()
    async with servers_for_tests() as settings:
        print(f"ok      {time.monotonic() - began:5.1f} s  PostgreSQL, Valkey, mailbox, migrations\n", flush=True)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "pytest", *arguments, cwd=REPOSITORY, env=environ_for_tests(settings)
        )
        try:
            return await process.wait()
        finally:
            if process.returncode is None:
                # Ctrl-C reached pytest too; it prints what it has and ends.
                await process.wait()
