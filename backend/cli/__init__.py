"""The commands of `carreau`, one module each.

A module has `register(commands)`, which adds its parser and sets `run=` to a function from the parsed arguments to an
exit code. Its imports at the top stay light, because every start of the command line pays for them.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

# In the order of the help text.
COMMANDS: Final[tuple[str, ...]] = (
    "up",
    "run",
    "members",
    "status",
    "verify",
    "checkpoint",
    "rebuild",
    "tenant",
    "token",
    "test",
    "bench",
    "serve",
    "work",
    "schedule",
    "migrate",
    "migration",
    "schema",
    "generate",
    "frontend",
)
