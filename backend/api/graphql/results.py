"""The result of every mutation: its own success, or `Refused` with a code that clients translate."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output
from backend.write.execute import Receipt
from backend.write.refusal import Refusal, RefusalCode

S = TypeVar("S")

RefusalCodeEnum = strawberry.enum(
    RefusalCode, name="RefusalCode", description="Every way the business says no. Closed: translate each of them."
)


@output
class Refused:
    """The business says no. `publishedCode` is what REST clients see, `path` points into the input."""

    code: RefusalCode
    published_code: str
    message: str
    path: list[str]
    client_mutation_id: str | None = None


def refused(refusal: Refusal, client_mutation_id: str | None = None) -> Refused:
    """The refusal as clients see it."""
    return Refused(
        code=refusal.code, published_code=refusal.published_code, message=refusal.message,
        path=[str(step) for step in refusal.path], client_mutation_id=client_mutation_id,
    )  # fmt: skip


async def outcome(
    info: Info, command: Any, success: Callable[[Receipt], Awaitable[S]], *, client_mutation_id: str | None = None,
    idempotency_key: str | None = None, reason: str = "",
) -> S | Refused:  # fmt: skip
    """Carry out `command`; what `success` then reads, or why it was refused."""
    try:
        receipt = await info.context.carry_out(command, idempotency_key=idempotency_key, reason=reason)
    except Refusal as refusal:
        return refused(refusal, client_mutation_id)
    return await success(receipt)
