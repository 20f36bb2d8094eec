"""The semantic fingerprint: nobody is billed twice for one component of one season unless somebody says why."""

from collections.abc import Sequence

from backend.rules.billed import Billed
from backend.write.refusal import Refusal, RefusalCode


class AlreadyBilled(Refusal):
    """The debtor has an invoice for this season and component."""

    code = RefusalCode.ALREADY_BILLED
    status = 409


def occurrence_of(earlier: Sequence[Billed], *, override_reason: str) -> int:
    """Which invoice for these components this is: the first, or with a reason the next. Raises `AlreadyBilled`."""
    if not earlier:
        return 1
    if not override_reason.strip():
        numbers = ", ".join(sorted({billed.number for billed in earlier}))
        raise AlreadyBilled(
            f"already billed for this season and component by {numbers}: give a reason to bill again",
            path=("overrideReason",),
        )
    return max(billed.occurrence for billed in earlier) + 1
