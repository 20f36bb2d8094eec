"""What an endpoint is: one line of the table, and a function whose signature says what it takes and gives.

`async def handler(call, <path parameters>, query=…, body=…, upload=…) -> answer`; its docstring is the documentation.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from types import UnionType
from typing import IO, Any, Final, Generic, Literal, ParamSpec, TypeVar, get_args, get_origin, get_type_hints

from msgspec.structs import fields
from starlette.datastructures import URL, Headers, QueryParams

from backend.api import dispatch
from backend.api.shown import shape_of
from backend.documents.renderer import RendererPool
from backend.read.query import QUERIES
from backend.runtime.database import Asked
from backend.services import Services
from backend.tenants.actor import Actor
from backend.tenants.capabilities import Capability
from backend.write.execute import Receipt
from backend.write.registry import COMMANDS

JSON: Final = "application/json"
MAX_JSON: Final = 1024 * 1024

P = ParamSpec("P")
T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])

Method = Literal["GET", "POST", "PUT", "DELETE"]
# Who may ask: whoever has a token or a session, a person with a session, or anyone.
Who = Literal["actor", "session", "anyone"]
Handler = Callable[..., Awaitable[Any]]
Later = Callable[[], Awaitable[None]]
# Whether a request must carry an Idempotency-Key: where money moves or a number is taken, it must.
Key = Literal["none", "optional", "required"]

# By handler.
NEEDS: Final[dict[Any, "Need"]] = {}


@dataclass(frozen=True, slots=True)
class Need:
    """What a handler needs of its caller: the capability, and that the request is carried out once."""

    capability: Capability | None
    once: bool = False


def needs(what: Any) -> Callable[[F], F]:
    """The command or the query an endpoint is made of; a capability by itself where it is of neither.

    @needs(IssueInvoice)
    async def issue_invoice(call: Call, invoice_id: InvoiceId, body: IssueSent) -> Answer[…]: ...
    """
    if isinstance(what, Capability):
        need = Need(what)
    elif isinstance(what, type):
        need = Need(COMMANDS[what].capability, COMMANDS[what].once)
    else:
        need = Need(QUERIES[what.__name__].capability)

    def declare(handler: F) -> F:
        NEEDS[handler] = need
        return handler

    return declare


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request that may be answered: who asks, and the two things an endpoint may do."""

    services: Services
    caller: Actor | None
    ip: str | None
    headers: Headers
    cookies: Mapping[str, str]
    url: URL
    query: QueryParams
    renderers: Callable[[], RendererPool]
    previewers: Callable[[], RendererPool]
    key: str | None = None
    # The answer to the endpoint's `ahead`, where it travelled with the caller's token.
    ahead: Asked | None = None
    # What was recorded before the read models had it; see `serving.py`.
    behind: list[dispatch.CarriedOut] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        """Who asks, where the endpoint admits nobody without a credential."""
        assert self.caller is not None, "an endpoint for anyone has no actor"
        return self.caller

    def today(self) -> date:
        """The day of a question over several issuers."""
        return dispatch.today(self.services, self.actor)

    async def ask(self, question: dispatch.Question[P, T], *said: P.args, **named: P.kwargs) -> T:
        """Answer a registered query. Raises `Forbidden`."""
        return await dispatch.ask(self.services, self.actor, question, *said, **named)

    async def carry_out(self, command: Any, *, reason: str = "") -> Receipt:
        """Execute a command under the request's idempotency key, and fold it. Raises `Refusal` and `Forbidden`."""
        assert self.key is not None or not COMMANDS[type(command)].once, "the endpoint must require a key"
        done = await dispatch.carry_out(self.services, self.actor, command, idempotency_key=self.key, reason=reason)
        if done.lag:
            self.behind.append(done)
        return done


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """A cookie to set, or to remove where it lasts no time."""

    name: str
    value: str
    lasts: timedelta
    path: str = "/"


# Without slots: Python 3.11 cannot call a subscripted generic class that has them.
@dataclass(frozen=True)
class Answer(Generic[T]):
    """An answer that is more than its body. `replayed`: the idempotency key had been used for this before. `later` runs
    once the answer is sent, so that how long it takes tells nobody anything."""

    body: T
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    replayed: bool = False
    cookies: tuple[Cookie, ...] = ()
    later: Later | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An answer that is no JSON. The endpoint declares its media types. What is large is an open file, from its
    beginning; it is closed when it was sent."""

    content: bytes | IO[bytes]
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Done and recorded at `position`, and not to be read yet: the read models are `lag` events behind it. `said` are
    the ids, numbers and amounts it came to. Read again in a moment."""

    position: int
    lag: int
    said: dict[str, Any]


class Declined(Exception):
    """The protocol says no (a missing key, a stale version, a wrong password): a problem with a status and a code of
    its own, pointing at `path` of the body. `later` runs once the answer is sent."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        path: tuple[str, ...] = (),
        headers: Mapping[str, str] | None = None,
        later: Later | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.path = status, code, detail, path
        self.headers, self.later, self.more = dict(headers or {}), later, more


# Without slots: a cached property needs a dictionary.
@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One operation. `capability` None means that whoever `who` admits may ask.

    `aliases` are the same operation under the names other systems know it by. `accepts` are the media types of an
    upload, `produces` those of the answer.
    """

    method: Method
    path: str
    handler: Callable[..., Awaitable[Any]]
    capability: Capability | None
    status: int = 200
    key: Key = "none"
    who: Who = "actor"
    aliases: tuple[str, ...] = ()
    accepts: tuple[str, ...] = (JSON,)
    produces: tuple[str, ...] = (JSON,)
    max_body: int = MAX_JSON
    # Request headers that change the answer, for the documentation.
    reads: tuple[str, ...] = ()
    # Asks what the handler will need, given the path as it was sent, together with who is calling: one round trip.
    ahead: Callable[..., Awaitable[Asked | None]] | None = None

    @property
    def name(self) -> str:
        return self.handler.__name__

    @property
    def tag(self) -> str:
        return self.handler.__module__.rpartition(".")[2]

    @cached_property
    def takes(self) -> Mapping[str, Any]:
        """The type of each argument beside `call`."""
        hints = get_type_hints(self.handler, include_extras=True)
        return {name: hint for name, hint in hints.items() if name not in ("call", "return")}

    @property
    def path_parameters(self) -> Mapping[str, Any]:
        return {name: hint for name, hint in self.takes.items() if name not in ("query", "body", "upload")}

    @property
    def gives(self) -> Any:
        """The type of the body of the answer: a class of JSON, `File`, or None."""
        given = shape_of(get_type_hints(self.handler, include_extras=True)["return"])
        if isinstance(given, UnionType):
            # A file beside JSON, or an answer with headers beside the plain one.
            given = next(each for each in get_args(given) if each is not File)
        return get_args(given)[0] if get_origin(given) is Answer else given

    @property
    def body_may_be_left_out(self) -> bool:
        """A body that says nothing need not be sent."""
        wanted = self.takes.get("body")
        return wanted is not None and not any(each.required for each in fields(wanted))

    @property
    def documentation(self) -> tuple[str, str]:
        """Summary and description."""
        text = inspect.getdoc(self.handler)
        assert text, f"{self.name} needs a docstring: it is what integrators read"
        summary, _, description = text.partition("\n\n")
        return " ".join(summary.split()), " ".join(description.split())


def get(path: str, handler: Handler, capability: Capability | None = None, **more: Any) -> Endpoint:
    """A question."""
    return _endpoint("GET", path, handler, capability, **more)


def post(path: str, handler: Handler, capability: Capability | None = None, **more: Any) -> Endpoint:
    """Something new, or something done."""
    return _endpoint("POST", path, handler, capability, **more)


def put(path: str, handler: Handler, capability: Capability | None = None, **more: Any) -> Endpoint:
    """A whole new content."""
    return _endpoint("PUT", path, handler, capability, **more)


def delete(path: str, handler: Handler, capability: Capability | None = None, **more: Any) -> Endpoint:
    """Something gone."""
    return _endpoint("DELETE", path, handler, capability, **{"status": 204, **more})


def _endpoint(method: Method, path: str, handler: Handler, capability: Capability | None, **more: Any) -> Endpoint:
    need = NEEDS.get(handler, Need(capability))
    key = {"key": "required"} if need.once else {}
    return Endpoint(method=method, path=path, handler=handler, capability=need.capability, **{**more, **key})
