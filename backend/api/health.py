"""Is the process alive, is it ready, and how is it doing: for the supervisor, the load balancer and Prometheus."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import psycopg
from psycopg_pool import PoolTimeout
from redis.asyncio import Redis
from redis.exceptions import RedisError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from backend.api.authentication import services_of
from backend.read.catch_up import lags
from backend.runtime.database import connect
from backend.runtime.settings import Settings
from backend.runtime.telemetry import CONTENT_TYPE, PROJECTION_LAG, exposition
from backend.schema import metadata

CHECK_SECONDS: Final = 3.0
# Behind by more than this a read model is worth a warning; it still answers, and says which position it has reached.
LAG_WARNING: Final = 1_000

_FAILURES: Final = (psycopg.Error, PoolTimeout, RedisError, OSError, TimeoutError)


async def healthz(request: Request) -> Response:
    """Alive: the event loop answers. Nothing else is asked, so that a slow database restarts nobody."""
    return PlainTextResponse("ok\n")


async def readyz(request: Request) -> Response:
    """Ready: the database answers and has our schema. Valkey and late read models are warnings, for without the first
    only progress is slower, and the second repair themselves."""
    services = services_of(request)
    database, valkey, lag = await asyncio.gather(
        _checked(lambda: _database(request)),
        _checked(lambda: _valkey(services.settings.redis_url)),
        _checked(lambda: _lag(services.settings)),
    )
    late = isinstance(lag, dict) and any(events > LAG_WARNING for events in lag.values())
    ready = database == "ok"
    body = {
        "ready": ready,
        "checks": {"database": database, "valkey": valkey, "projection_lag": lag},
        "warnings": [
            *(["valkey"] if valkey != "ok" else []),
            *(["projection_lag"] if late or lag == "unreachable" else []),
        ],
    }
    return JSONResponse(body, 200 if ready else 503)


async def metrics(request: Request) -> Response:
    """Prometheus: of all processes together, where they share a folder."""
    lag = await _checked(lambda: _lag(services_of(request).settings))
    for projection, events in lag.items() if isinstance(lag, dict) else ():
        PROJECTION_LAG.labels(projection).set(events)
    return Response(await asyncio.to_thread(exposition), headers={"content-type": CONTENT_TYPE})


async def _checked(check: Callable[[], Awaitable[Any]]) -> Any:
    # Why it failed is in the log of whoever failed; a stranger at this address learns only that it did.
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await check()
    except _FAILURES:
        return "unreachable"


async def _database(request: Request) -> str:
    """Whether the schema is as new as this code. Once it was, it stays so, and asking for an answer is enough."""
    state, database = request.app.state, services_of(request).database
    if getattr(state, "schema_is_current", False):
        await database.answers()
        return "ok"
    # A column that this code expects and the database lacks means: migrate first.
    wanted = {(table.name, column.name) for table in metadata.tables.values() for column in table.columns}
    state.schema_is_current = await database.columns() >= wanted
    return "ok" if state.schema_is_current else "migrations are missing"


async def _valkey(url: str) -> str:
    redis: Redis = Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
    try:
        await redis.ping()
    finally:
        await redis.aclose()
    return "ok"


async def _lag(settings: Settings) -> dict[str, int] | str:
    if not settings.sweep_database_url:
        return "not measured here"
    # The sweep role sees ids and positions of all tenants, and nothing else.
    async with await connect(settings.sweep_database_url) as connection:
        return await lags(connection)
