"""Tenants, their org trees, users, grants and tokens: plain rows. `directory` holds what precedes a scope."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
)

from backend.runtime.tables import metadata, tenant_table

# The application role has no privilege on these two; it asks through the functions of `0001_functions.sql`.
directory_tenants: Table = Table(
    "directory_tenants",
    metadata,
    Column("tenant_id", Uuid, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    # The wall clock by which the federation as a whole says "today"; each issuer has its own.
    Column("time_zone", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    # Whose operators look after it; a platform's own id for the platform itself.
    Column("platform_id", Uuid),
    # Of a platform: since when nothing leaves any of its tenants.
    Column("halted_at", DateTime(timezone=True)),
    CheckConstraint("kind in ('platform', 'international', 'national')", name="directory_tenants_kind"),
    info={"tenant": False, "privileges": (), "sweep": ("tenant_id", "slug")},
)

Index("directory_tenants_platform", directory_tenants.c.platform_id, directory_tenants.c.slug)

directory_credentials: Table = Table(
    "directory_credentials",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("tenant_id", Uuid, nullable=False),
    Column("token_id", Uuid, nullable=False, unique=True),
    Column("user_id", Uuid, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
    info={"tenant": False, "privileges": ()},
)

org_nodes = tenant_table(
    "org_nodes",
    Column("org_node_id", Uuid, nullable=False),
    Column("parent_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("code", Text, nullable=False),
    CheckConstraint("kind in ('federation', 'district', 'club')", name="org_nodes_kind"),
    CheckConstraint("(parent_id is null) = (kind = 'federation')", name="org_nodes_root"),
    ForeignKeyConstraint(("tenant_id", "parent_id"), ("org_nodes.tenant_id", "org_nodes.org_node_id")),
    key=("org_node_id",),
    privileges=("SELECT", "INSERT", "UPDATE"),
)
Index("org_nodes_code", org_nodes.c.tenant_id, org_nodes.c.code, unique=True)
Index("org_nodes_name", org_nodes.c.tenant_id, org_nodes.c.name)

# Every pair of a node and itself or something below it, so that a subtree is `= any(array)` and never a recursion.
org_closure = tenant_table(
    "org_closure",
    Column("ancestor_id", Uuid, nullable=False),
    Column("descendant_id", Uuid, nullable=False),
    Column("depth", Integer, nullable=False),
    ForeignKeyConstraint(("tenant_id", "ancestor_id"), ("org_nodes.tenant_id", "org_nodes.org_node_id")),
    ForeignKeyConstraint(("tenant_id", "descendant_id"), ("org_nodes.tenant_id", "org_nodes.org_node_id")),
    key=("ancestor_id", "descendant_id"),
    privileges=("SELECT", "INSERT"),
)
Index("org_closure_descendant", org_closure.c.tenant_id, org_closure.c.descendant_id)

users = tenant_table(
    "users",
    Column("user_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    key=("user_id",),
    privileges=("SELECT", "INSERT", "UPDATE"),
)
Index("users_email", users.c.tenant_id, users.c.email, unique=True)

grants = tenant_table(
    "grants",
    Column("user_id", Uuid, nullable=False),
    Column("role", Text, nullable=False),
    Column("org_node_id", Uuid, nullable=False),
    ForeignKeyConstraint(("tenant_id", "user_id"), ("users.tenant_id", "users.user_id")),
    ForeignKeyConstraint(("tenant_id", "org_node_id"), ("org_nodes.tenant_id", "org_nodes.org_node_id")),
    key=("user_id", "role", "org_node_id"),
    privileges=("SELECT", "INSERT", "DELETE"),
)

# That an operator of the platform may look into this tenant now, and what for. The row is written in one transaction
# with the event that tells the tenant; who reads across the wall must find it in the tenant's own scope.
operator_looks = tenant_table(
    "operator_looks",
    Column("operator_id", Uuid, nullable=False),
    Column("reason", Text, nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
    key=("operator_id",),
    privileges=("SELECT", "INSERT", "UPDATE"),
)
