"""Whose documents name which stored file, and which files are to be deleted. Expands only: what runs on 0002 goes on
running. Files named before this are known after `./carreau rebuild --projection inline`."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text()
    for statement in script.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement.strip().rstrip(";"))
