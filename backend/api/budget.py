"""How much a caller may ask: cost points over GraphQL, requests over REST, and very little for whoever is nobody.

A page of the app costs some hundred points, so that nobody meets these limits by working; a loop does.
"""

from typing import Final

from backend.runtime.budgets import Budget, Budgets, Left
from backend.runtime.telemetry import THROTTLED
from backend.tenants.actor import Actor
from backend.tenants.identity.throttle import network_of

# Four of the dearest documents at once, and one of them every five seconds for ever.
GRAPHQL: Final = Budget(name="graphql", size=20_000, per_second=1_000)
# A licence system asks the gate for every member of a club day; a synchronisation pages through everything.
REST: Final = Budget(name="rest", size=2_000, per_second=200, lease=20)
# Requests without a valid credential, by address.
ANONYMOUS: Final = Budget(name="anonymous", size=60, per_second=1)

CODE: Final = "THROTTLED"


class Throttled(Exception):
    """Too much at once. `left` says when to try again."""

    def __init__(self, left: Left) -> None:
        super().__init__(f"too much at once: try again in {left.retry_seconds} s")
        self.left = left


def spender(actor: Actor) -> str:
    """Who spends: a tenant's session, or its user or client where there is none."""
    return f"{actor.tenant_id}/{actor.session_id or actor.principal}"


async def spend(budgets: Budgets, budget: Budget, who: str, cost: int = 1) -> Left:
    """Take `cost` from the budget of `who`. Raises `Throttled`."""
    left = await budgets.spend(budget, who, cost)
    if not left.allowed:
        THROTTLED.labels(budget.name).inc()
        raise Throttled(left)
    return left


async def spend_as_nobody(budgets: Budgets, ip: str | None) -> None:
    """Count a request that proved nothing. Raises `Throttled`."""
    await spend(budgets, ANONYMOUS, network_of(ip))
