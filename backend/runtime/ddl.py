"""The declared tables as SQL: what creates each of them, with its indexes, its walls and its grants."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import MetaData, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from backend.runtime.migrate import BETWEEN_STATEMENTS
from backend.runtime.tables import policies

_DIALECT: Final = postgresql.dialect()  # type: ignore[no-untyped-call]


def script(statements: Iterator[str], *, heading: str) -> str:
    """The statements as a file that `migrate.run_script` can execute."""
    return f"-- {heading}\n\n{BETWEEN_STATEMENTS.join(statements)};\n"


def all_created(metadata: MetaData) -> Iterator[str]:
    """The statements that create every table, each after those that its foreign keys name."""
    for table in metadata.sorted_tables:
        yield from created(table)


def created(table: Table) -> Iterator[str]:
    """The statements that create one table."""
    yield _text(CreateTable(table))
    for index in sorted(table.indexes, key=lambda each: str(each.name)):
        yield _text(CreateIndex(index))
    yield from policies(table)


def _text(element: DDLElement) -> str:
    lines = str(element.compile(dialect=_DIALECT)).strip().splitlines()
    return "\n".join(line.replace("\t", "    ").rstrip() for line in lines)
