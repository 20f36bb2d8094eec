"""How a handler declares which command it carries out, and what the sender must be allowed to do."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, is_dataclass
from inspect import signature
from typing import Any, Final, TypeVar

from backend.tenants.capabilities import Capability
from backend.values.books import Book
from backend.write.unit_of_work import UnitOfWork

C = TypeVar("C")
Handler = Callable[[C, UnitOfWork], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Handled:
    """Who carries a command out, and what its sender must be allowed to do. A person must have signed in freshly for a
    `dangerous` one, wherever it comes from: GraphQL, REST or a file. It records into one `book`, under its lock. What
    must happen `once` (a number is taken, money is booked) is sent with an idempotency key, or not taken."""

    handler: Handler[Any]
    capability: Capability
    dangerous: bool = False
    book: Book = "money"
    once: bool = False


# Filled by the modules of `write` while they are imported; `registry` imports them all.
DECLARED: Final[dict[type, Handled]] = {}


def command(
    capability: Capability, *, dangerous: bool = False, book: Book = "money", once: bool = False
) -> Callable[[Handler[C]], Handler[C]]:
    """Declare a handler: it carries out the command that its first parameter is annotated with.

    Recording an event of the other book is an error, so that a book that was not declared is found at the first try.

    @command(Capability.INVOICES_ISSUE, once=True)
    async def issue_invoice(command: IssueInvoice, work: UnitOfWork) -> None: ...
    """

    def declare(handler: Handler[C]) -> Handler[C]:
        asked = next(iter(signature(handler).parameters.values())).annotation
        assert isinstance(asked, type), f"{handler} does not say which command it carries out"
        assert is_dataclass(asked), f"{asked} is no command"
        assert asked not in DECLARED, f"{asked.__name__} has a handler already"
        DECLARED[asked] = Handled(handler, capability, dangerous=dangerous, book=book, once=once)
        return handler

    return declare
