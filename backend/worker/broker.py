"""The broker. After a `kill -9` its messages come back within seconds; started work runs again, and must bear it."""

from typing import Final

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import (
    AgeLimit,
    AsyncIO,
    Callbacks,
    CurrentMessage,
    Pipelines,
    Retries,
    ShutdownNotifications,
    TimeLimit,
)

from backend.runtime.doorbell import NAMESPACE

# With Dramatiq's defaults, messages of a killed worker come back after a minute at best and by chance: only one broker
# command in a thousand does the maintenance (reliability.md 1.3).
HEARTBEAT_MS: Final = 3_000
MAINTENANCE_IN_A_MILLION: Final = 1_000_000
TIME_LIMIT_MS: Final = 600_000


def make_broker(redis_url: str) -> dramatiq.Broker:
    """The one broker of this process, registered with Dramatiq."""
    broker = RedisBroker(  # type: ignore[no-untyped-call]
        url=redis_url,
        namespace=NAMESPACE,
        heartbeat_timeout=HEARTBEAT_MS,
        maintenance_chance=MAINTENANCE_IN_A_MILLION,
        middleware=[
            AsyncIO(),
            AgeLimit(),
            CurrentMessage(),
            Callbacks(),
            Pipelines(),
            ShutdownNotifications(),
            TimeLimit(time_limit=TIME_LIMIT_MS),
            # The sweep calls again whatever is still due, so a failed message need not be repeated by the broker.
            Retries(max_retries=0),
        ],
    )
    dramatiq.set_broker(broker)
    return broker
