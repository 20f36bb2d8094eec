"""From rings to calls: however often a tenant rings, its workers are called at most a few times a second."""

import asyncio
from collections.abc import Callable
from typing import Final

from backend.values.identifiers import TenantId

# A tenant that commits hundreds of times a second needs its workers called only a few times a second.
RING_SECONDS: Final = 0.2


class Ringing:
    """Turns rings into calls. A ring is always followed by a call, at once or when the tenant's last call is
    `seconds` ago; the rings between the two add nothing, because the call looks at rows."""

    def __init__(self, call: Callable[[TenantId], None], *, seconds: float = RING_SECONDS) -> None:
        self._call = call
        self._seconds = seconds
        self._last: dict[TenantId, float] = {}
        self._waiting: set[TenantId] = set()

    def ring(self, tenant_id: TenantId) -> None:
        """Call the tenant's workers soon: it has news."""
        if tenant_id in self._waiting:
            return
        loop = asyncio.get_running_loop()
        wait = self._last.get(tenant_id, float("-inf")) + self._seconds - loop.time()
        self._waiting.add(tenant_id)
        loop.call_later(max(wait, 0.0), self._answer, tenant_id)

    def _answer(self, tenant_id: TenantId) -> None:
        self._waiting.discard(tenant_id)
        self._last[tenant_id] = asyncio.get_running_loop().time()
        self._call(tenant_id)
