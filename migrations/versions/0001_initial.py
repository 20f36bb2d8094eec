"""The first schema: every declared table with its walls and grants, then the functions that precede a tenant's scope.

Until the first release, `./carreau migration --initial` writes the tables' script anew; from then on both are history.
"""

from backend.runtime.migrate import run_script

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_script("0001_initial.sql")
    run_script("0001_functions.sql")
