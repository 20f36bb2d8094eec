"""The table of contents of the read side: all eager projections, in the order they are folded, and all queries.

Importing this module imports every `queries` module, so that `QUERIES` is complete.
"""

# ruff: noqa: F401
from typing import Final

import backend.read.access.queries
import backend.read.activity.chain
import backend.read.activity.queries
import backend.read.credit_notes.queries
import backend.read.dashboards.queries
import backend.read.debtors.queries
import backend.read.deliveries.queries
import backend.read.gate.queries
import backend.read.invoices.queries
import backend.read.issuers.queries
import backend.read.ledger.queries
import backend.read.notifications.queries
import backend.read.org.queries
import backend.read.payments.queries
import backend.read.platform.queries
import backend.read.receivables.queries
import backend.read.receivables.statements
import backend.read.received.queries
import backend.read.runs.queries
from backend.read.access.projector import ACCESS
from backend.read.activity.projector import ACTIVITY
from backend.read.credit_notes.projector import CREDIT_NOTES
from backend.read.dashboards.projector import DASHBOARDS
from backend.read.debtors.projector import DEBTORS
from backend.read.deliveries.projector import DELIVERIES
from backend.read.invoices.projector import INVOICES
from backend.read.issuers.projector import ISSUERS
from backend.read.ledger.projector import LEDGER
from backend.read.notifications.projector import NOTIFICATIONS
from backend.read.payments.projector import PAYMENTS
from backend.read.projection import Projection
from backend.read.query import QUERIES, Query
from backend.read.receivables.projector import RECEIVABLES
from backend.read.received.projector import RECEIVED
from backend.read.runs.projector import RUNS

__all__ = ["PROJECTIONS", "QUERIES", "Query", "projection_named"]

# One line each, in the order of the alphabet.
PROJECTIONS: Final[tuple[Projection, ...]] = (
    ACCESS,
    ACTIVITY,
    CREDIT_NOTES,
    DASHBOARDS,
    DEBTORS,
    DELIVERIES,
    INVOICES,
    ISSUERS,
    LEDGER,
    NOTIFICATIONS,
    PAYMENTS,
    RECEIVABLES,
    RECEIVED,
    RUNS,
)


def projection_named(name: str) -> Projection:
    """The projection of this name. Raises `KeyError`."""
    return {projection.name: projection for projection in PROJECTIONS}[name]
