"""The web application: `create_app` for uvicorn, `build_app` around services that are open already."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from backend.api.frontend import DIST, frontend_routes
from backend.api.graphql.endpoint import MAX_GRAPHQL_BODY, graphql_endpoint
from backend.api.health import healthz, metrics, readyz
from backend.api.identity.routes import IDENTITY_ENDPOINTS
from backend.api.identity.token import ENDPOINT, issue_token
from backend.api.problems import HANDLERS
from backend.api.public.routes import PUBLIC_LIMITS, PUBLIC_ROUTES
from backend.api.request import RequestScope
from backend.api.rest.documents import close_renderers
from backend.api.rest.routes import ROUTES, routes_of
from backend.runtime.settings import Settings, settings_or_exit
from backend.services import Services, open_services

# The largest thing anybody sends us is a member list; a resource may allow less.
MAX_BODY: Final = 16 * 1024 * 1024


def create_app(*, limited: bool = True) -> Starlette:
    """What uvicorn serves: opens the services of the environment, and closes them at the end. Without `limited` callers
    have no budget."""
    settings = settings_or_exit()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with open_services(settings, limited=limited) as services:
            app.state.services = services
            try:
                yield
            finally:
                await close_renderers(app)

    return _application(settings, lifespan, DIST)


def build_app(services: Services, *, pages: Path = DIST) -> Starlette:
    """The same application on open services, for tests and for embedding. `pages` holds the built single-page app."""
    app = _application(services.settings, None, pages)
    app.state.services = services
    return app


def _application(settings: Settings, lifespan: object, pages: Path) -> Starlette:
    return Starlette(
        routes=_routes(settings, pages),
        middleware=[
            Middleware(
                RequestScope,
                https=settings.public_url.startswith("https://"),
                limit=MAX_BODY,
                limits={"/graphql": MAX_GRAPHQL_BODY, **PUBLIC_LIMITS},
            )
        ],
        exception_handlers=HANDLERS,
        lifespan=lifespan,  # type: ignore[arg-type]
    )


def _routes(settings: Settings, pages: Path) -> list[BaseRoute]:
    graphql = graphql_endpoint(settings)
    return [
        Route("/healthz", healthz, methods=["GET"]),
        Route("/readyz", readyz, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
        Route("/graphql", graphql, methods=["GET", "POST"]),
        WebSocketRoute("/graphql", graphql),
        Mount("/api/v1", routes=ROUTES),
        *routes_of(IDENTITY_ENDPOINTS),
        Route(ENDPOINT, issue_token, methods=["POST"]),
        *PUBLIC_ROUTES,
        *frontend_routes(pages),
    ]
