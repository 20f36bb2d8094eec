"""Conditions of a query: always the tenant and the live generation, then the reader's reach, then what is asked for.

Plain rows (org nodes, users) are no projection: they have no generation.
"""

from collections.abc import Sequence
from typing import Any

from backend.read.projection import live
from backend.tenants.actor import Reader


class Where:
    """Collects conditions and their parameters, in the order in which they stand in the statement.

        where = Where(reader, "payments").within_reach("debtor_org_node_id").equal("debtor_id", debtor_id)
        await connection.execute(f"SELECT … FROM read_payments WHERE {where.sql}".encode(), where.parameters)

    says `tenant_id = %b AND generation = (the live one) AND (debtor_org_node_id = ANY(%b)) AND debtor_id = %b`.
    The third is left out for a reader who reaches everything, the last where `debtor_id` is None.
    """

    def __init__(self, reader: Reader, projection: str | None, *, alias: str = "") -> None:
        prefix = f"{alias}." if alias else ""
        self._conditions = [f"{prefix}tenant_id = %b"]
        if projection is not None:
            self._conditions.append(f"{prefix}generation = {live(projection)}")
        self.parameters: list[Any] = [reader.tenant_id]
        self._reader = reader

    def add(self, condition: str, *parameters: Any) -> "Where":
        """Add a condition. `condition` is a text of ours with one `%b` per parameter, never something a caller said."""
        self._conditions.append(condition)
        self.parameters.extend(parameters)
        return self

    def within_reach(self, *columns: str) -> "Where":
        """Only rows of which one of `columns` (org nodes) lies within the reader's reach. Everywhere adds nothing.

        Without columns the rows belong to the tenant as a whole, which only an unlimited reach covers.
        """
        nodes = self._reader.reach.array
        if nodes is None:
            return self
        if not columns:
            return self.add("false")
        return self.add(f"({' OR '.join(f'{column} = ANY(%b)' for column in columns)})", *[nodes] * len(columns))

    def seen_from_both_sides(self, issuer: str, debtor: str, *, private: str) -> "Where":
        """Only rows within reach by the org node of who issues, or by that of who owes. Of the latter none for which
        `private` (a condition of ours) holds: what is not sent to a debtor yet is the issuer's own affair."""
        nodes = self._reader.reach.array
        if nodes is None:
            return self
        return self.add(f"({issuer} = ANY(%b) OR ({debtor} = ANY(%b) AND NOT ({private})))", nodes, nodes)

    def equal(self, column: str, value: Any) -> "Where":
        """`column` is `value`, unless `value` is None, which asks for nothing."""
        if value is None:
            return self
        return self.add(f"{column} = %b", value) if storable(value) else self.add("false")

    def among(self, column: str, values: Sequence[str]) -> "Where":
        """`column` is one of the texts `values`, unless there are none, which asks for nothing."""
        if not values:
            return self
        return self.add(f"{column} = ANY(%b)", [value for value in values if storable(value)])

    def between(self, column: str, first: Any, last: Any) -> "Where":
        """`column` from `first` to `last`, both inclusive; None leaves that side open."""
        if first is not None:
            self.add(f"{column} >= %b", first)
        if last is not None:
            self.add(f"{column} <= %b", last)
        return self

    @property
    def sql(self) -> str:
        return " AND ".join(self._conditions)


def storable(value: Any) -> bool:
    """Whether PostgreSQL could hold `value` at all: no text has a NUL or half a character. What cannot be stored is
    not found; asking for it is no fault."""
    if not isinstance(value, str):
        return True
    try:
        return b"\0" not in value.encode()
    except UnicodeEncodeError:
        return False
