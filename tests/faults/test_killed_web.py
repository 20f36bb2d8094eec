"""The web process is killed at the worst two moments of a request, with real processes (F02, F03)."""

import os
import signal
import sys
from dataclasses import replace

import httpx

from backend.runtime.embedded.answers import answers
from backend.runtime.embedded.processes import free_port
from backend.runtime.embedded.supervisor import Child
from backend.runtime.settings import REPOSITORY
from backend.tenants.capabilities import Role
from backend.values.identifiers import InvoiceId
from tests.api.caller import a_caller
from tests.faults.world import Process, World, until
from tests.given.invoices import a_drafted_invoice


async def test_the_same_key_answers_after_the_process_died(world: World) -> None:
    """I08, I09: killed before the commit there is no trace; killed after it, the same key gives the same invoice."""
    federation = await world.federation()
    caller = await a_caller(None, federation, Role.FEDERATION_ADMIN)  # type: ignore[arg-type]
    draft, _ = await a_drafted_invoice(federation)
    port = free_port()
    client = Client(world, port, caller.token, draft)

    with await client.web("before_commit") as web:
        await client.loses_its_connection()
        await until(lambda: ended(web), seconds=10)
        assert web.exit_code == -signal.SIGKILL
    assert await issued(world, federation.tenant_id) == 0

    with await client.web("after_commit") as web:
        await client.loses_its_connection()
        await until(lambda: ended(web), seconds=10)
        assert web.exit_code == -signal.SIGKILL
    assert await issued(world, federation.tenant_id) == 1

    with await client.web("never"):
        first, again = await client.issue(), await client.issue()
    assert first.status_code == again.status_code == 200
    assert first.headers["idempotency-replayed"] == again.headers["idempotency-replayed"] == "true"
    assert first.json() == again.json()
    assert await issued(world, federation.tenant_id) == 1
    assert await world.findings(federation.tenant_id) == []


class Client:
    """Somebody who issues one draft, always with the same key, whatever happens."""

    def __init__(self, world: World, port: int, token: str, draft: InvoiceId) -> None:
        self._world, self._port, self._draft = world, port, draft
        self._headers = {"authorization": f"Bearer {token}", "idempotency-key": "issue-it-once"}

    async def web(self, moment: str) -> Process:
        """A web process that dies at this moment; ready to answer."""
        settings = replace(self._world.settings, port=self._port)
        command = [sys.executable, "-m", "tests.faults.dying_web", moment]
        child = Child(
            name="web", command=command, environ={**os.environ, **settings.to_environ()}, folder=REPOSITORY
        )
        process = Process(child, self._world.folder / "web.log")
        process.start()
        await until(lambda: answers("127.0.0.1", self._port, "/healthz"), seconds=30)
        return process

    async def issue(self) -> httpx.Response:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self._port}", timeout=20) as client:
            return await client.post(
                f"/api/v1/invoices/{self._draft}/issue", json={}, headers=self._headers
            )

    async def loses_its_connection(self) -> None:
        try:
            answer = await self.issue()
        except httpx.TransportError:
            return
        raise AssertionError(f"the process lived, and answered {answer.status_code} {answer.text}")


async def ended(process: Process) -> bool:
    return process.exit_code is not None


async def issued(world: World, tenant_id: object) -> int:
    return await world.count(tenant_id, "journal_events", "type = 'invoice-issued'")  # type: ignore[arg-type]
