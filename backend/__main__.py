"""The command line `carreau`. Every command is a module in `backend/cli`."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence

from backend.cli import COMMANDS


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="carreau", description="Invoicing for sports federations and their clubs.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name in COMMANDS:
        importlib.import_module(f"backend.cli.{name}").register(commands)
    # `carreau test -k issue` hands on what it does not know; every other command refuses it.
    said, unknown = parser.parse_known_args(arguments)
    run: Callable[[argparse.Namespace], int] | None = getattr(said, "run", None)
    if run is None:
        parser.print_help()
        return 0
    if getattr(said, "hands_on", False):
        said.handed_on = unknown + said.handed_on
    elif unknown:
        parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    return run(said)


if __name__ == "__main__":
    sys.exit(main())
