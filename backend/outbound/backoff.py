"""When a failed delivery is tried again. The time follows from the delivery and the count alone: no state, no dice."""

import hashlib
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID


class Failure(StrEnum):
    """How an attempt failed that did not end in a refusal for good."""

    UNREACHABLE = "unreachable"
    REFUSED_FOR_NOW = "refused_for_now"
    UNKNOWN = "unknown"


def _seconds(*delays: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(seconds=delay) for delay in delays)


_HOUR: Final = 3600
# Unreachable costs the other side nothing, so a mail system that restarts is found again within ten seconds
# (reliability.md, F21). A 4xx is a request to wait, and greylisting wants minutes (F25: no retry storm). After an
# unknown outcome exactly one more copy may go out (reliability.md 1.4), so its schedule has one entry.
DELAYS: Final[dict[Failure, tuple[timedelta, ...]]] = {
    Failure.UNREACHABLE: _seconds(
        2, 4, 8, 8, 8, 30, 60, 300, 900, 1800, _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, 24 * _HOUR
    ),
    Failure.REFUSED_FOR_NOW: _seconds(60, 300, 900, _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, 24 * _HOUR),
    Failure.UNKNOWN: _seconds(30),
}
MAX_ATTEMPTS: Final = 1 + sum(len(delays) for delays in DELAYS.values())

# A thousand mails that failed together do not come back together: each waits 80 to 120 per cent of its delay.
_JITTER_PER_MILLE: Final = 200


def next_delay(failure: Failure, delivery_id: UUID, *, failures: int) -> timedelta | None:
    """How long to wait after the `failures`-th failure of this kind of this delivery (1 is the first).

    None when no attempt is left: a person must act. The same arguments always give the same answer.
    """
    if failures < 1:
        raise ValueError("the first failure is number 1")
    if failures > len(DELAYS[failure]):
        return None
    digest = hashlib.sha256(delivery_id.bytes + failure.encode() + failures.to_bytes(4, "big")).digest()
    spread = int.from_bytes(digest[:8], "big") % (2 * _JITTER_PER_MILLE + 1) - _JITTER_PER_MILLE
    milliseconds = DELAYS[failure][failures - 1] // timedelta(milliseconds=1)
    return timedelta(milliseconds=milliseconds * (1000 + spread) // 1000)
