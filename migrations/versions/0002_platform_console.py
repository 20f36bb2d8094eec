"""The platform's console: whom a platform governs, its halt of everything outgoing, looks of operators, rebuilds asked
for. Expands only: what runs on 0001 goes on running."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text()
    for statement in script.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement.strip().rstrip(";"))
