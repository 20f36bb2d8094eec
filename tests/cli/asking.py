"""Typing a command in a test: parsed as the launcher parses it, run on services that are open."""

import argparse
import importlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from backend.cli.members import import_members
from backend.cli.rebuild import rebuild_all
from backend.cli.run import renew
from backend.cli.status import status
from backend.cli.tenant import open_one
from backend.cli.token import token
from backend.cli.verify import verify
from backend.cli.with_services import told
from backend.services import Services

DATA = Path(__file__).parents[1] / "data"
STOCKHOLM, HOSTILE = DATA / "renewals_stockholm_2026.csv", DATA / "renewals_hostile.csv"
EXCEL = DATA / "renewals_excel_latin1_semicolon.csv"

_WORK: dict[str, Callable[[Services, argparse.Namespace], Awaitable[int]]] = {
    "run": renew,
    "import": import_members,
    "status": status,
    "token": token,
    "verify": verify,
    "rebuild": rebuild_all,
    "tenant": open_one,
}


def parsed(*words: object) -> argparse.Namespace:
    """The words as `carreau` understands them."""
    parser = argparse.ArgumentParser(prog="carreau")
    commands: Any = parser.add_subparsers()
    for module in ("run", "members", "status", "token", "verify", "rebuild", "tenant"):
        importlib.import_module(f"backend.cli.{module}").register(commands)
    return parser.parse_args([str(word) for word in words])


async def carreau(services: Services, *words: object) -> int:
    """The exit code; what was printed is in `capsys`."""
    said = parsed(*words)
    return await told(lambda opened: _WORK[str(words[0])](opened, said), services)
