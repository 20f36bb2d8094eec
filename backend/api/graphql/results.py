"""The result of every mutation: its own success, or `Refused` with a code that clients translate."""

from collections.abc import Awaitable, Callable, Mapping
from inspect import get_annotations
from typing import Annotated, Any, ClassVar, Final, TypeVar, dataclass_transform, get_args
from uuid import UUID

import msgspec
import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import described, given, output
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.inputs import Input
from backend.api.graphql.money import Money, money
from backend.api.graphql.node import FINDERS, Node
from backend.api.graphql.schema_types import kind_of
from backend.api.graphql.sizes import listed
from backend.values.why import Why
from backend.write.execute import Receipt
from backend.write.refusal import Refusal, RefusalCode
from backend.write.registry import COMMANDS

RESULTS: Final[dict[type, Any]] = {}


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
    path: list[str] = listed(3, 20)
    why: Why | None
    params: list[RefusalParam] = listed(2, 5)
    client_mutation_id: str | None


@output
class Success:
    """What every success has. `replayed` says that this very request, by its idempotency key, was done before."""

    FOUND: ClassVar[Mapping[str, Callable[[Info, Receipt], Awaitable[Any]]]] = {}
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


S = TypeVar("S", bound=Success)
Finder = Callable[[Info, Receipt], Awaitable[Any]]


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def succeeds(cls: type[S]) -> type[S]:
    """The success of a mutation. Each field is found in what the receipt answers, by its name and type: an id, an
    amount, a word; or, of a `Node`, the object of its id as it is now (null when it is gone, or beyond what you may
    read)."""
    own = get_annotations(cls)
    cls.FOUND = {name: _finder(name, hint) for name, hint in own.items()}
    return output(cls)


def mutation(input: type[Input[Any]], success: type[Success], description: str, **found: Finder) -> Any:
    """A mutation whose input is its command. `found` finds what the receipt does not answer by itself."""

    handled = COMMANDS[input.MAKES]
    assert not handled.once or issubclass(input, Once), f"{input.__name__} must have a key: let it be `Once`"

    async def resolve(info: Info, input: Any) -> Any:
        try:
            return await outcome(info, await input.command(info), input, success, **found)
        except Refusal as refusal:
            return refused(refusal, input)

    return _field(resolve, input, success, description)


def _field(resolve: Callable[..., Any], input: Any, success: type, description: str) -> Any:
    resolve.__annotations__ |= {"input": input, "return": result_of(success)}
    return strawberry.mutation(resolver=resolve, description=" ".join(description.split()))


def free_mutation(success: type[Success]) -> Callable[[Callable[..., Any]], Any]:
    """A mutation that a function carries out by itself: it answers the success, or `Refused`; so does a `Refusal` that
    it raises."""

    def declare(function: Callable[..., Any]) -> Any:
        async def resolve(info: Info, input: Any) -> Any:
            try:
                return await function(None, info, input)
            except Refusal as refusal:
                return refused(refusal, input)

        return _field(resolve, function.__annotations__["input"], success, described(function))

    return declare


def result_of(success: type) -> Any:
    """The union of a success and `Refused`, named for the success."""
    name = f"{success.__name__.removesuffix('Success')}Result"
    return RESULTS.setdefault(success, Annotated[success | Refused, strawberry.union(name)])


async def outcome(info: Info, command: Any, input: Any, success: type[S], **found: Finder) -> S:
    """Carry out `command`; then `success` with each of its fields as found. Raises `Refusal`.

    A reason in the command stands in the journal's envelope too, unless it is about a person.
    """
    reason = "" if "reason" in getattr(command, "SEALED", ()) else getattr(command, "reason", "")
    receipt = await info.context.carry_out(
        command, idempotency_key=getattr(input, "idempotency_key", None), reason=reason
    )
    return await answered(info, receipt, input, success, **found)


async def answered(info: Info, receipt: Receipt, input: Any, success: type[S], **found: Finder) -> S:
    """The success of a receipt."""
    finders = {**success.FOUND, **found}
    fields = {name: await find(info, receipt) for name, find in finders.items()}
    return success(replayed=receipt.replayed, client_mutation_id=input.client_mutation_id, **fields)


def _finder(name: str, hint: Any) -> Finder:
    """How the field is found in a receipt."""
    within = [each for each in get_args(hint) if each is not type(None)]
    if within and isinstance(within[0], type) and issubclass(within[0], Node):
        kind = within[0].__name__

        async def find(info: Info, receipt: Receipt) -> Any:
            return await FINDERS[kind](info, UUID(receipt.answer[f"{name}_id"]))

        return find
    kind_named = kind_of(hint)

    async def read(info: Info, receipt: Receipt) -> Any:
        answer = receipt.answer
        if hint is Money:
            return money(answer[f"{name}_minor"], answer["currency"])
        if kind_named:
            return encoded(kind_named, answer[name])
        return bool(answer[name]) if hint is bool else msgspec.convert(answer[name], hint)

    return read


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
