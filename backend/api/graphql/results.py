"""The result of every mutation: its own success, or `Refused` with a code that clients translate."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, output
from backend.values.why import Why
from backend.write.execute import Receipt
from backend.write.refusal import Refusal, RefusalCode

S = TypeVar("S")

RefusalCodeEnum = strawberry.enum(
    RefusalCode, name="RefusalCode", description="Every way the business says no. Closed: translate each of them."
)

WhyEnum = strawberry.enum(
    Why, name="Why", description="Everything that can be wrong with a value. Closed: translate each of them."
)


@output
class RefusalParam:
    """What varies in the sentence of a `Why`: a limit, a date, the words that are possible."""

    name: str
    value: str


@output
class Refused:
    """The business says no. `publishedCode` is what REST clients see, `path` points into the input. Where a value is
    wrong, `why` and its `params` say what is wrong with it; `message` is the sentence made from them, in English."""

    code: RefusalCode
    published_code: str
    message: str
    path: list[str]
    why: Why | None
    params: list[RefusalParam]
    client_mutation_id: str | None


@output
class Success:
    """What every success has. `replayed` says that this very request, by its idempotency key, was done before."""

    replayed: bool
    client_mutation_id: str | None


@given
class Repeatable:
    """The input of a mutation that may be sent twice: a key makes the second one answer as the first."""

    idempotency_key: str | None = None
    client_mutation_id: str | None = None


@given
class Once:
    """The input of a mutation that issues a document or moves money: its key is required. Make it before sending,
    keep it, and repeat it until an answer arrives."""

    idempotency_key: str
    client_mutation_id: str | None = None


class _Input(Protocol):
    client_mutation_id: str | None


async def outcome(
    info: Info,
    command: Any,
    input: _Input,
    success: Callable[..., S],
    **found: Callable[[Info, Receipt], Awaitable[Any]],
) -> S | Refused:
    """Carry out `command`; then `success` with each of its fields as `found`, or why it was refused.

    A reason in the command stands in the journal's envelope too, unless it is about a person.
    """
    reason = "" if "reason" in getattr(command, "SEALED", ()) else getattr(command, "reason", "")
    try:
        receipt = await info.context.carry_out(
            command, idempotency_key=getattr(input, "idempotency_key", None), reason=reason
        )
    except Refusal as refusal:
        return refused(refusal, input)
    fields = {name: await find(info, receipt) for name, find in found.items()}
    return success(replayed=receipt.replayed, client_mutation_id=input.client_mutation_id, **fields)


def refused(refusal: Refusal, input: Any) -> Refused:
    """The refusal as clients see it. It points into the command; where the input is nested otherwise, the input's
    `PATHS` say where a first step really stands."""
    first, *rest = refusal.path or ("",)
    moved = getattr(input, "PATHS", {}).get(first, (first,))
    path = (*moved, *rest) if refusal.path else ()
    return Refused(
        code=refusal.code,
        published_code=refusal.published_code,
        message=refusal.message,
        path=[str(step) for step in path],
        why=refusal.why,
        params=[RefusalParam(name=name, value=str(value)) for name, value in refusal.params.items()],
        client_mutation_id=getattr(input, "client_mutation_id", None),
    )
