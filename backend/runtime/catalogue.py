"""The tables of a database, described from PostgreSQL's own catalogue: equal descriptions are equal schemas."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg

# Alembic's own table is no part of the schema.
_OURS: Final = (
    "SELECT c.oid, c.relname, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c"
    " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version'"
)
_COLUMNS: Final = (
    f"SELECT t.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,"
    f" pg_get_expr(d.adbin, d.adrelid) FROM ({_OURS}) t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0"
    " AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum ORDER BY a.attnum"
)
# Of keys, checks and references; that a column is NOT NULL is said by the column.
_CONSTRAINTS: Final = (
    f"SELECT t.relname, k.conname, pg_get_constraintdef(k.oid) FROM ({_OURS}) t"
    " JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x')"
)
_INDEXES: Final = (
    f"SELECT t.relname, i.relname, pg_get_indexdef(x.indexrelid) FROM ({_OURS}) t JOIN pg_index x ON x.indrelid = t.oid"
    " JOIN pg_class i ON i.oid = x.indexrelid"
    " WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))"
)
_POLICIES: Final = (
    "SELECT tablename, policyname, permissive, cmd, array_to_string(roles, ', '), qual, with_check"
    " FROM pg_policies WHERE schemaname = 'public'"
)
_GRANTS: Final = (
    f"SELECT t.relname, g.privilege_type, g.grantee::regrole::text, NULL FROM ({_OURS}) t, aclexplode(t.relacl) g"
    " WHERE g.grantee <> t.relowner UNION ALL SELECT t.relname, g.privilege_type, g.grantee::regrole::text, a.attname"
    f" FROM ({_OURS}) t JOIN pg_attribute a ON a.attrelid = t.oid, aclexplode(a.attacl) g"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column without its name."""

    type: str
    required: bool
    default: str | None

    def __str__(self) -> str:
        default = f" DEFAULT {self.default}" if self.default is not None else ""
        return f"{self.type}{default}{' NOT NULL' if self.required else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One privilege of one role, on a whole table or on some columns."""

    privilege: str
    role: str
    columns: tuple[str, ...] = ()

    def on(self, table: str, *, verb: str, direction: str) -> str:
        columns = f" ({', '.join(self.columns)})" if self.columns else ""
        return f"{verb} {self.privilege}{columns} ON {table} {direction} {self.role}"


@dataclass(slots=True)
class Described:
    """A table: each of its parts by name, as PostgreSQL writes it."""

    walls: tuple[bool, bool] = (False, False)
    columns: dict[str, Column] = field(default_factory=dict)
    constraints: dict[str, str] = field(default_factory=dict)
    indexes: dict[str, str] = field(default_factory=dict)
    policies: dict[str, str] = field(default_factory=dict)
    grants: set[Grant] = field(default_factory=set)


def described(connection: psycopg.Connection[tuple[Any, ...]]) -> dict[str, Described]:
    """Every table of the schema by its name."""
    tables: defaultdict[str, Described] = defaultdict(Described)
    for _, name, _, _, *walls in connection.execute(_OURS.encode()):
        tables[name].walls = (walls[0], walls[1])
    for name, column, kind, required, default in connection.execute(_COLUMNS.encode()):
        tables[name].columns[column] = Column(type=kind, required=required, default=default)
    for name, constraint, definition in connection.execute(_CONSTRAINTS.encode()):
        tables[name].constraints[constraint] = definition
    for name, index, definition in connection.execute(_INDEXES.encode()):
        tables[name].indexes[index] = definition
    for name, policy, permissive, command, roles, using, check in connection.execute(_POLICIES.encode()):
        conditions = (f" USING ({using})" if using else "") + (f" WITH CHECK ({check})" if check else "")
        tables[name].policies[policy] = f"AS {permissive} FOR {command} TO {roles}{conditions}"
    in_part: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for name, privilege, role, granted in connection.execute(_GRANTS.encode()):
        if granted is None:
            tables[name].grants.add(Grant(privilege=privilege, role=role))
        else:
            in_part[name, privilege, role].add(granted)
    for (name, privilege, role), columns in in_part.items():
        tables[name].grants.add(Grant(privilege=privilege, role=role, columns=tuple(sorted(columns))))
    return dict(tables)
