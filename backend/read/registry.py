"""All projections and all queries: the table of contents of the read side.

Both declare themselves where they stand (`projection(…)`, `@query(…)`). This module imports every module of `read`
before it answers, so that none can be forgotten.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import MappingProxyType

import backend.read
from backend.read.projection import DECLARED, Projection
from backend.read.query import QUERIES, Query

__all__ = ["Query", "projection_named", "projections", "queries"]


@cache
def projections() -> tuple[Projection, ...]:
    """All projections in the order of their names, which is the order they are folded in."""
    _import_everything()
    return tuple(DECLARED[name] for name in sorted(DECLARED))


@cache
def queries() -> Mapping[str, Query]:
    """All queries by name."""
    _import_everything()
    return MappingProxyType(QUERIES)


def projection_named(name: str) -> Projection:
    """The projection of this name. Raises `KeyError`."""
    return {projection.name: projection for projection in projections()}[name]


@cache
def _import_everything() -> None:
    """On the first question, and not when this module is imported: `catch_up` is among the modules and asks, too."""
    for module in walk_packages(backend.read.__path__, "backend.read."):
        import_module(module.name)
