"""Every address of endpoints, made from their table. `app.py` mounts those of REST under `/api/v1`."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Final, get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from backend.api.rest.endpoint import Endpoint
from backend.api.rest.openapi import described
from backend.api.rest.serving import serve
from backend.api.rest.table import ENDPOINTS


def routes_of(endpoints: Iterable[Endpoint]) -> list[BaseRoute]:
    """A route for each path. A fixed name stands before a parameter in its place: `/invoices/preview` is no invoice."""
    paths = _by_path(endpoints)
    return [_route(path, methods) for path, methods in sorted(paths.items(), key=_fixed_names_first)]


def _by_path(endpoints: Iterable[Endpoint]) -> dict[str, dict[str, Endpoint]]:
    found: dict[str, dict[str, Endpoint]] = {}
    for endpoint in endpoints:
        for path in (endpoint.path, *endpoint.aliases):
            methods = found.setdefault(path, {})
            if endpoint.method in methods:
                raise TypeError(f"{endpoint.method} {path} is in the table twice")
            methods[endpoint.method] = endpoint
    return found


def _resource(methods: Mapping[str, Endpoint]) -> Callable[[Request], Awaitable[Response]]:
    """All methods of one path, so that 405 can name every one that is allowed."""
    allowed = ", ".join(sorted({*methods, *({"HEAD"} if "GET" in methods else ())}))

    async def resource(request: Request) -> Response:
        endpoint = methods.get("GET" if request.method == "HEAD" else request.method)
        if endpoint is None:
            raise HTTPException(405, headers={"Allow": allowed})
        return await serve(endpoint, request)

    return resource


async def _openapi(request: Request) -> Response:
    # Who may call what is no secret; what it answers is.
    return Response(described(), headers={"content-type": "application/json", "cache-control": "public, max-age=300"})


def _route(path: str, methods: Mapping[str, Endpoint]) -> Route:
    every = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    for endpoint in methods.values():
        for name, wanted in endpoint.path_parameters.items():
            if get_args(wanted)[:1] == (str,):
                # A member number may hold a slash.
                path = path.replace(f"{{{name}}}", f"{{{name}:path}}")
    return Route(path, _resource(methods), methods=every)


def _fixed_names_first(each: tuple[str, Mapping[str, Endpoint]]) -> str:
    return each[0].replace("{", "~")


ROUTES: Final[list[BaseRoute]] = [Route("/openapi.json", _openapi, methods=["GET"]), *routes_of(ENDPOINTS)]
