"""UUIDv7 identifiers (RFC 9562): sorted by time, and strictly increasing within one process."""

from __future__ import annotations

import os
import threading
import time
from typing import Final
from uuid import UUID

_COUNTER_BITS: Final = 42
_RANDOM_BITS: Final = 32
_COUNTER_MAX: Final = (1 << _COUNTER_BITS) - 1


class Uuid7Generator:
    """Milliseconds, then a counter of 42 bits seeded at random each millisecond, then 32 random bits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._millisecond = 0
        self._counter = 0

    def __call__(self) -> UUID:
        with self._lock:
            millisecond = time.time_ns() // 1_000_000
            if millisecond > self._millisecond:
                self._millisecond = millisecond
                # Half of the range is left free, so that a busy millisecond cannot overflow the counter.
                self._counter = int.from_bytes(os.urandom(6)) >> (48 - _COUNTER_BITS + 1)
            else:
                # The same millisecond, or a clock that went back: stay on the last one and count.
                self._counter += 1
                if self._counter > _COUNTER_MAX:
                    self._millisecond += 1
                    self._counter = 0
            return _compose(self._millisecond, self._counter, int.from_bytes(os.urandom(4)))

    def forget(self) -> None:
        """Begin anew after a fork: a child must not continue the counter, and may have inherited a held lock."""
        self._lock = threading.Lock()
        self._millisecond = 0


def _compose(millisecond: int, counter: int, random: int) -> UUID:
    high, low = counter >> 30, counter & ((1 << 30) - 1)
    return UUID(int=millisecond << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low << _RANDOM_BITS | random)


new_id: Final = Uuid7Generator()
os.register_at_fork(after_in_child=new_id.forget)
