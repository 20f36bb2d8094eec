"""The WebSocket of subscriptions: the app names them by a digest there too."""

from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.subscriptions.protocols.graphql_transport_ws.types import SubscribeMessage

from backend.api.graphql.context import Context
from backend.api.graphql.persisted import named


class Socket(BaseGraphQLTransportWSHandler[Context, None]):
    """Strawberry's handler, which reads no extensions: a digest becomes its document before anything looks at it."""

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        payload = message["payload"]
        payload["query"] = named(self.context.operations, payload.get("query"), payload.get("extensions"))
        await super().handle_subscribe(message)
