"""A client of graphql-transport-ws that speaks to the application in process, on the loop of the test."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette

PATIENCE = 10.0


class Live:
    """One WebSocket connection."""

    def __init__(self) -> None:
        self.inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.outbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def say(self, kind: str, **more: Any) -> None:
        await self.inbox.put({"type": "websocket.receive", "text": json.dumps({"type": kind, **more})})

    async def heard(self) -> dict[str, Any]:
        """The next message of the server; the code of a close as `{"closed": code}`."""
        message = await asyncio.wait_for(self.outbox.get(), PATIENCE)
        if message["type"] == "websocket.close":
            return {"closed": message["code"]}
        found: dict[str, Any] = json.loads(message["text"])
        return found

    async def introduce(self, token: str) -> dict[str, Any]:
        await self.say("connection_init", payload={"authorization": f"Bearer {token}"})
        return await self.heard()

    async def subscribe(self, query: str, **variables: Any) -> None:
        await self.say("subscribe", id="1", payload={"query": query, "variables": variables})


@asynccontextmanager
async def a_connection(app: Starlette, *, origin: str = "", cookie: str = "") -> AsyncIterator[Live]:
    """An open connection, closed at the end of the block."""
    live = Live()
    headers = [(b"host", b"carreau.test"), *([(b"origin", origin.encode())] if origin else [])]
    headers += [(b"cookie", cookie.encode())] if cookie else []
    scope = {
        "type": "websocket",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "headers": headers,
        "subprotocols": ["graphql-transport-ws"],
        "scheme": "ws",
        "client": ("127.0.0.1", 1),
        "server": ("c.test", 80),
        "root_path": "",
        "http_version": "1.1",
        "asgi": {"version": "3.0"},
        "state": {},
    }
    await live.inbox.put({"type": "websocket.connect"})
    serving = asyncio.create_task(app(scope, live.inbox.get, live.outbox.put))
    try:
        first = await asyncio.wait_for(live.outbox.get(), PATIENCE)
        if first["type"] == "websocket.accept":
            assert first["subprotocol"] == "graphql-transport-ws"
        else:
            await live.outbox.put(first)
        yield live
    finally:
        await live.inbox.put({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(serving, PATIENCE)
