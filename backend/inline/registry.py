"""All inline projections, in the order they are folded."""

from collections.abc import Sequence
from typing import Final

from backend.inline.attachment_uses import ATTACHMENT_USES
from backend.inline.billed import BILLED
from backend.inline.counters import COUNTERS
from backend.inline.debtor_credit import DEBTOR_CREDIT
from backend.inline.debtors import DEBTORS
from backend.inline.gate_policies import GATE_POLICIES
from backend.inline.issuers import ISSUERS
from backend.inline.open_receivables import OPEN_RECEIVABLES
from backend.inline.open_runs import OPEN_RUNS
from backend.inline.outbound_work import OUTBOUND_WORK
from backend.journal.codec import Recorded
from backend.journal.projection import Projection, Target
from backend.runtime.database import Connection

INLINE: Final[tuple[Projection, ...]] = (
    COUNTERS,
    DEBTORS,
    OPEN_RECEIVABLES,
    DEBTOR_CREDIT,
    BILLED,
    OUTBOUND_WORK,
    OPEN_RUNS,
    GATE_POLICIES,
    ISSUERS,
    ATTACHMENT_USES,
)


async def fold(connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
    """Fold new events into every inline projection that handles them."""
    present = {type(recorded.event) for recorded in events}
    for projection in INLINE:
        if not projection.handles.isdisjoint(present):
            mine = [recorded for recorded in events if type(recorded.event) in projection.handles]
            await projection.apply(connection, target, mine)
