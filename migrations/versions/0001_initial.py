"""The first schema."""

from alembic import op

from backend.schema import metadata, policies, tenant_tables
from backend.tenants.directory import FUNCTION_NAMES, FUNCTIONS

revision = "0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
    for table in tenant_tables():
        for statement in policies(table):
            op.execute(statement)
    for table in metadata.tables.values():
        if not table.info.get("tenant") and table.info.get("privileges"):
            op.execute(f"GRANT {', '.join(table.info['privileges'])} ON {table.name} TO carreau_app")
    for function, name in zip(FUNCTIONS, FUNCTION_NAMES, strict=True):
        op.execute(function)
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO carreau_app")
    op.execute("GRANT SELECT ON directory_tenants TO carreau_sweep")
