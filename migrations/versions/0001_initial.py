"""The first schema: tables, walls, grants, and the few functions that precede a tenant's scope."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text()
    for statement in script.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement.strip().rstrip(";"))
