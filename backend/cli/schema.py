"""`carreau schema`: print the GraphQL schema, as it stands in `schema.graphql`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.cli import Commands


def register(commands: Commands) -> None:
    parser = commands.add_parser("schema", help="print the GraphQL schema")
    parser.set_defaults(run=show)


def show(said: argparse.Namespace) -> int:
    """For other tools; `carreau generate` writes the file of the repository."""
    from backend.api.graphql.schema import schema

    sys.stdout.write(schema.as_str() + "\n")
    return 0
