"""The table of contents of the read side: nothing is forgotten, and nothing has two owners."""

from inspect import signature

import pytest

from backend.events.grants import TokenCreated
from backend.read.access import ACCESS, TOKENS
from backend.read.fact_list import fact_list
from backend.read.projection import declared
from backend.read.registry import projection_named, projections, queries
from backend.runtime.database import ReadConnection
from backend.schema import metadata


def test_every_read_table_is_one_projections() -> None:
    """A table that no projection names would never be rebuilt, and never be compared."""
    owned = [table.name for projection in projections() for table in projection.tables]
    assert sorted(owned) == sorted(name for name in metadata.tables if name.startswith("read_"))


def test_a_question_cannot_write() -> None:
    """Each is given the connection to which nothing that writes can be applied: the type checker sees to the rest."""
    for name, query in queries().items():
        assert signature(query.function).parameters["connection"].annotation is ReadConnection, name


def test_a_name_is_taken_once() -> None:
    assert projection_named("access") is ACCESS
    with pytest.raises(TypeError, match="exists twice"):
        fact_list("access", TokenCreated, TOKENS, columns={"created_at": "at", "created_by": "actor"} | REVOKED)
    assert declared(ACCESS) is ACCESS


def test_a_column_comes_from_somewhere() -> None:
    """A forgotten column is an error of the declaration, and not of the first event."""
    with pytest.raises(TypeError, match="TokenCreated has no created_at"):
        fact_list("tokens", TokenCreated, TOKENS, columns=REVOKED)


REVOKED = {"revoked_at": lambda _: None}
