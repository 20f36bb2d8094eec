"""The web process is killed at the worst two moments of a request, with real processes (F02, F03)."""

import os
import sys
from dataclasses import replace

import httpx

from backend.runtime.embedded.answers import answers
from backend.runtime.embedded.processes import free_port
from backend.runtime.embedded.supervisor import Child
from backend.runtime.settings import REPOSITORY
from backend.tenants.capabilities import Role
from backend.values.identifiers import InvoiceId, TenantId
from tests.api.caller import a_caller
from tests.faults.world import Process, World, until
from tests.given.invoices import a_drafted_invoice


async def test_the_same_key_answers_after_the_process_died(world: World) -> None:
    """I08, I09: killed before the commit there is no trace; killed after it, the same key gives the same invoice."""
    federation = await world.federation()
    caller = await a_caller(None, federation, Role.FEDERATION_ADMIN)  # type: ignore[arg-type]
    draft, _ = await a_drafted_invoice(federation)
    client = Client(free_port(), caller.token, draft)
    with dying_web(world, client.port, "before_commit", "after_commit", "never"):
        await client.loses_its_connection()
        assert await issued(world, federation.tenant_id) == 0
        await client.loses_its_connection()
        assert await issued(world, federation.tenant_id) == 1
        first, again = await client.issue(), await client.issue()
    assert first.status_code == again.status_code == 200, first.text
    assert first.headers["idempotency-replayed"] == again.headers["idempotency-replayed"] == "true"
    assert first.json() == again.json()
    assert await issued(world, federation.tenant_id) == 1
    assert await world.findings(federation.tenant_id) == []


class Client:
    """Somebody who issues one draft, always with the same key, whatever happens."""

    def __init__(self, port: int, token: str, draft: InvoiceId) -> None:
        self.port, self._path = port, f"/api/v1/invoices/{draft}/issue"
        self._headers = {"authorization": f"Bearer {token}", "idempotency-key": "issue-it-once"}

    async def issue(self) -> httpx.Response:
        await until(lambda: answers("127.0.0.1", self.port, "/healthz"), seconds=60)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", timeout=20) as client:
            return await client.post(self._path, json={}, headers=self._headers)

    async def loses_its_connection(self) -> None:
        try:
            answer = await self.issue()
        except httpx.TransportError:
            return
        raise AssertionError(f"the process lived, and answered {answer.status_code} {answer.text}")


def dying_web(world: World, port: int, *moments: str) -> Process:
    """A web process with one life for each of `moments`."""
    settings = replace(world.settings, port=port)
    return Process(
        Child(
            name="web",
            command=[sys.executable, "-m", "tests.faults.dying_web", *moments],
            environ={**os.environ, **settings.to_environ()},
            folder=REPOSITORY,
        ),
        world.folder / "web.log",
    )


async def issued(world: World, tenant_id: TenantId) -> int:
    return await world.count(tenant_id, "journal_events", "type = 'invoice-issued'")
