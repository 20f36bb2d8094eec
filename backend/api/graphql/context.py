"""What a resolver is given: the services, the caller, and the two calls `ask` and `carry_out` bound to them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import strawberry
from starlette.requests import HTTPConnection
from strawberry.dataloader import DataLoader

from backend.api import dispatch
from backend.api.graphql.persisted import NONE, PersistedOperations
from backend.services import Services
from backend.tenants.actor import Actor
from backend.write.execute import Receipt

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Context:
    """One request, or one WebSocket connection: there the actor is known once the client has introduced itself."""

    services: Services
    ip: str | None
    authorization: str = ""
    # The WebSocket, whose cookie may stand for the caller.
    socket: HTTPConnection | None = None
    known: Actor | None = None
    # What the app may ask by name, and whether sessions may ask anything else.
    operations: PersistedOperations = NONE
    connection_params: dict[str, Any] = field(default_factory=dict)
    # What batches the look-ups of one request, by name; made by the capability that needs it.
    loaders: dict[str, DataLoader[Any, Any]] = field(default_factory=dict)

    # What the request's last command came to.
    done: dispatch.CarriedOut | None = None

    @property
    def actor(self) -> Actor:
        assert self.known is not None, "nobody gets here without a token"
        return self.known

    def new_id(self) -> UUID:
        """An id for something a command will make."""
        return self.services.write.new_id()

    def today(self) -> date:
        """The day of a question over several issuers."""
        return dispatch.today(self.services, self.actor)

    async def ask(self, question: dispatch.Question[P, T], *said: P.args, **named: P.kwargs) -> T:
        """Answer a registered query. Raises `Forbidden`."""
        return await dispatch.ask(self.services, self.actor, question, *said, **named)

    async def carry_out(self, command: Any, *, idempotency_key: str | None = None, reason: str = "") -> Receipt:
        """Execute a command and fold it. Raises `Refusal` and `Forbidden`."""
        self.done = await dispatch.carry_out(
            self.services, self.actor, command, idempotency_key=idempotency_key, reason=reason
        )
        return self.done


Info = strawberry.Info[Context, None]
