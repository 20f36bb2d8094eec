"""Conditions of a query: always the tenant and the live generation, then the reader's reach, then what is asked for."""

from typing import Any

from backend.read.projection import live
from backend.tenants.actor import Reader


class Where:
    """Collects conditions and their parameters, in the order in which they stand in the statement."""

    def __init__(self, reader: Reader, projection: str, *, alias: str = "") -> None:
        prefix = f"{alias}." if alias else ""
        self._conditions = [f"{prefix}tenant_id = %b", f"{prefix}generation = {live(projection)}"]
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

    def equal(self, column: str, value: Any) -> "Where":
        """`column` is `value`, unless `value` is None, which asks for nothing."""
        return self if value is None else self.add(f"{column} = %b", value)

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
