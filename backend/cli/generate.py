"""`carreau generate`: write every file that is made from the code and committed, so that a review sees what changed."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.cli import contents
from backend.runtime.settings import REPOSITORY

if TYPE_CHECKING:
    from backend.cli import Commands


@dataclass(frozen=True, slots=True)
class Generated:
    """A committed file, and the function that knows what must stand in it."""

    path: str
    text: Callable[[], str]

    def is_current(self) -> bool:
        path = REPOSITORY / self.path
        return path.exists() and path.read_text() == self.text()


def _schema() -> str:
    from backend.api.graphql.schema import schema

    return schema.as_str() + "\n"


def _openapi() -> str:
    from backend.api.rest.openapi import described

    return described().decode()


def _initial() -> str:
    from backend.cli.migration import initial_script, released
    from backend.runtime.migrate import REVISIONS

    path = REVISIONS / "0001_initial.sql"
    return path.read_text() if released() else initial_script()


# The app's types come last, from `schema.graphql`: `npm run generate` writes them, and `carreau test` checks them.
GENERATED: Final = (
    Generated("migrations/versions/0001_initial.sql", _initial),
    Generated("schema.graphql", _schema),
    Generated("openapi.json", _openapi),
    Generated("docs/commands.md", contents.commands),
    Generated("docs/queries.md", contents.queries),
    Generated("docs/events.md", contents.events),
)


def register(commands: Commands) -> None:
    parser = commands.add_parser("generate", help="write every committed file that is made from the code")
    parser.add_argument("--without-app", action="store_true", help="leave out the app's types, which need Node.js")
    parser.set_defaults(run=generate)


def generate(said: argparse.Namespace) -> int:
    """Write what is not current, and say which."""
    for each in GENERATED:
        if not each.is_current():
            (REPOSITORY / each.path).write_text(each.text())
            print(f"carreau: wrote {each.path}", flush=True)
    return _golden() or (0 if said.without_app else _app())


def _golden() -> int:
    """A golden file for each event that has none; one that is there is never written again."""
    if not (REPOSITORY / "tests").is_dir():
        return 0
    command = [sys.executable, "-P", "-m", "tests.architecture.golden"]
    return subprocess.run(command, cwd=REPOSITORY, check=False).returncode


def _app() -> int:
    from backend.cli import frontend

    code, told = frontend.check(("run", "--silent", "generate"))
    if code:
        print(f"carreau: the app's types were not written: {told}", file=sys.stderr)
    return code
