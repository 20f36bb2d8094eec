"""The one `MetaData`, and the shape every table of a tenant has: its key begins with `tenant_id`, its rows are walled.

Tables are declared with SQLAlchemy Core next to the code that owns them; `policies()` gives the statements that force
row-level security on all of them; `./carreau migration` writes them, so that no migration can forget one.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

from sqlalchemy import Column, Integer, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint, Uuid
from sqlalchemy.schema import SchemaItem

metadata: Final = MetaData()

Privilege = Literal["SELECT", "INSERT", "UPDATE", "DELETE"]
EVERYTHING: Final[tuple[Privilege, ...]] = ("SELECT", "INSERT", "UPDATE", "DELETE")


def tenant_table(
    name: str,
    *items: SchemaItem,
    key: Sequence[str],
    privileges: Sequence[Privilege] = EVERYTHING,
    sweep: Sequence[str] = (),
) -> Table:
    """A table whose rows belong to one tenant. The primary key is `(tenant_id, *key)`.

    `privileges` are what the application role may do; `sweep` names the columns that the sweep role may select over
    all tenants (ids and positions only, never content).
    """
    info: dict[str, Any] = {"tenant": True, "privileges": tuple(privileges), "sweep": tuple(sweep)}
    tenant = Column("tenant_id", Uuid(), nullable=False)
    primary = PrimaryKeyConstraint("tenant_id", *key, name=f"{name}_pkey")
    return Table(name, metadata, tenant, *items, primary, info=info)


def read_table(name: str, *items: SchemaItem, key: Sequence[str]) -> Table:
    """A table of a read model: `generation` comes right after the tenant, so that a rebuild can stand beside it."""
    return tenant_table(name, Column("generation", Integer(), nullable=False), *items, key=("generation", *key))


def unique_in_tenant(*columns: str, name: str) -> UniqueConstraint:
    """A unique constraint within each tenant; a global one would tell one tenant what another has."""
    return UniqueConstraint("tenant_id", *columns, name=name)


def column_names(table: Table) -> tuple[str, ...]:
    """The columns of `table` in the order of its declaration, for an insert of whole rows."""
    return tuple(column.name for column in table.columns)


def tenant_tables() -> Iterator[Table]:
    """All tables declared so far whose rows belong to a tenant, by name."""
    return iter(sorted((t for t in metadata.tables.values() if t.info.get("tenant")), key=lambda table: table.name))


def policies(table: Table, *, app: str = "carreau_app", sweep: str = "carreau_sweep") -> Iterator[str]:
    """The statements that wall a tenant's table, and grant what any table allows.

    The setting is read strictly: a statement outside a tenant's scope is an error and not an empty answer.
    """
    name = table.name
    swept = ", ".join(table.info.get("sweep", ()))
    if table.info["tenant"]:
        yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
        own = "tenant_id = current_setting('app.tenant_id')::uuid"
        yield f"CREATE POLICY tenant ON {name} TO {app}\n    USING ({own})\n    WITH CHECK ({own})"
        if swept:
            yield f"CREATE POLICY sweep ON {name} FOR SELECT TO {sweep} USING (true)"
    if table.info["privileges"]:
        yield f"GRANT {', '.join(table.info['privileges'])} ON {name} TO {app}"
    if swept:
        yield f"GRANT SELECT ({swept}) ON {name} TO {sweep}"
