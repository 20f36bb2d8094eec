"""`/graphql` over HTTP and WebSocket. POST only, and no page of somebody else's scripts to try
it with: any GraphQL client with a token reads the schema here."""

import json
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import msgspec
from cross_web import HTTPException as RefusedByView
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from backend.api.authentication import (
    Unauthenticated,
    actor_for,
    authenticated,
    ip_of,
    services_of,
    socket_authorization,
)
from backend.api.budget import Throttled, spend_as_nobody
from backend.api.frontend import DIST
from backend.api.graphql.context import Context
from backend.api.graphql.persisted import NONE, PersistedOperations, persisted_operations
from backend.api.graphql.schema import schema
from backend.api.graphql.socket import Socket
from backend.runtime.settings import Settings

# Ten thousand debtor ids of a run are about 600 kB.
MAX_GRAPHQL_BODY: Final = 2 * 1024 * 1024
MAX_SUBSCRIPTIONS: Final = 20
# What the build of the app leaves beside it, where it does.
MANIFEST: Final = DIST / "persisted.json"


class Endpoint(GraphQL[Context, None]):
    """Strawberry's view with our context, our errors and no IDE."""

    operations: PersistedOperations = NONE
    graphql_transport_ws_handler_class = Socket

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] != "POST":
            raise HTTPException(405, "GraphQL is asked by POST", headers={"Allow": "POST"})
        if scope["type"] == "websocket":
            await super().__call__(scope, receive, send)
            return
        try:
            response = await self.run(Request(scope, receive))
        except RefusedByView as refused:
            raise HTTPException(refused.status_code, refused.reason) from None
        await response(scope, receive, send)

    def decode_json(self, data: str | bytes) -> object:
        """One object, in UTF-8: whatever else a body may be is no request."""
        try:
            return msgspec.json.decode(data, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            raise json.JSONDecodeError("not a JSON object", "", 0) from None

    async def get_context(self, request: Request | WebSocket, response: Any) -> Context:
        services = services_of(request)
        if isinstance(request, WebSocket):
            # Browsers cannot send headers here; a token (or the session's CSRF token) comes with the first message.
            return Context(services=services, ip=ip_of(request), socket=request, operations=self.operations)
        actor = await authenticated(request)
        return Context(services=services, ip=actor.ip, known=actor, operations=self.operations)

    async def on_ws_connect(self, context: Context) -> dict[str, object] | None:
        assert context.socket is not None
        try:
            context.authorization = socket_authorization(context.socket, context.connection_params)
            context.known = await actor_for(context.services, context.authorization, ip=context.ip)
        except Unauthenticated:
            with suppress(Throttled):
                await spend_as_nobody(context.services.budgets, context.ip)
            raise ConnectionRejectionError from None
        return {}


def graphql_endpoint(settings: Settings, *, manifest: Path = MANIFEST) -> Endpoint:
    """The endpoint for this environment."""
    endpoint = Endpoint(
        schema,
        graphql_ide=None,
        allow_queries_via_get=False,
        subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
        connection_init_wait_timeout=timedelta(seconds=10),
        max_subscriptions_per_connection=MAX_SUBSCRIPTIONS,
    )
    endpoint.operations = persisted_operations(manifest, production=settings.environment == "production")
    return endpoint
