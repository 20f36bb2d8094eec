"""The web application as it is served, with two routes more that serve as floors."""

from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.api.app import create_app
from backend.api.authentication import authenticated, services_of

STATIC_PATH: Final = "/bench/static"
STORED_PATH: Final = "/bench/stored"
# As long as the gate's answer to a debtor with one open invoice.
STATIC_BYTES: Final = 700
_STATIC: Final = b'{"filler":"' + b"x" * (STATIC_BYTES - 13) + b'"}'


def app() -> Starlette:
    """The application of `carreau serve`, inside the same middleware and process."""
    # One caller asks as much as it can: what it may ask is not what is measured.
    made = create_app(limited=False)
    made.router.routes[:0] = [Route(STATIC_PATH, _static), Route(STORED_PATH, _stored)]
    return made


async def _static(request: Request) -> Response:
    return Response(_STATIC, media_type="application/json")


async def _stored(request: Request) -> Response:
    """A ready answer from one row of the caller's tenant."""
    actor = await authenticated(request)
    async with services_of(request).database.snapshot(actor.tenant_id) as connection:
        found = await connection.execute(b"SELECT answer FROM bench_answers WHERE tenant_id = %b", (actor.tenant_id,))
        row = await found.fetchone()
    assert row is not None, "the bench stores the answer before it asks"
    return Response(bytes(row[0]), media_type="application/json")


def main() -> None:
    import uvicorn

    from backend.runtime.logs import configure_logs
    from backend.runtime.settings import settings_or_exit

    settings = settings_or_exit()
    configure_logs(level=settings.log_level)
    # As `carreau serve` does it.
    uvicorn.run(
        "backend.bench.web:app",
        factory=True,
        host=settings.host,
        port=settings.port,
        access_log=False,
        server_header=False,
        log_config=None,
    )


if __name__ == "__main__":
    main()
