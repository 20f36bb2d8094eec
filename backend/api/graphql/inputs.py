"""An input made of the command it becomes: the same fields, in the schema's types, and the way back.

class RegisterPaymentInput(Input[RegisterPayment], Once):
    '''Money for one invoice, whole or in part.'''

What the command is `ASSIGNED` (the id of what it makes) no client says. A field that the class annotates itself is of
that type; `leave_out` and `names` say what clients cannot say, and what they call it. Values within are inputs of
their own, declared before: `class ParticularsInput(Input[Particulars])`.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from inspect import get_annotations
from types import UnionType
from typing import (
    Any,
    ClassVar,
    Final,
    Generic,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import given
from backend.api.graphql.scalars import BigInt

C = TypeVar("C")

# By the class they become.
INPUTS: Final[dict[Any, Any]] = {}


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
class Input(Generic[C]):
    """What a client sends to have a `C` made."""

    MAKES: ClassVar[Any]
    # What the client calls each field of it.
    SAID: ClassVar[Mapping[str, str]]
    NULLABLE: ClassVar[frozenset[str]]

    def __init_subclass__(cls, *, leave_out: tuple[str, ...] = (), names: Mapping[str, str] | None = None) -> None:
        super().__init_subclass__()
        (cls.MAKES,) = (get_args(base)[0] for base in cls.__dict__["__orig_bases__"] if get_origin(base) is Input)
        hidden, hints, own = (
            {*leave_out, *getattr(cls.MAKES, "ASSIGNED", ())},
            get_type_hints(cls.MAKES),
            get_annotations(cls),
        )
        parts = {each.name: each for each in fields(cls.MAKES) if each.name not in hidden}
        cls.SAID = {name: (names or {}).get(name, name) for name in parts}
        for name, said in cls.SAID.items():
            if said not in own:
                _default(cls, said, parts[name])
        cls.__annotations__ = {said: _input_type(name, hints[name]) for name, said in cls.SAID.items()} | own
        given(cls)
        cls.NULLABLE = frozenset(name for name, hint in hints.items() if type(None) in get_args(hint))
        INPUTS.setdefault(cls.MAKES, cls)

    def value(self, **more: Any) -> C:
        """What it becomes. `more` is what no client says."""
        said = {name: _value(getattr(self, called)) for name, called in self.SAID.items() if name not in more}
        # Null where the field knows no null is like saying nothing.
        meant = {name: value for name, value in said.items() if value is not None or name in self.NULLABLE}
        made: C = self.MAKES(**meant, **more)
        return made

    async def command(self, info: Info) -> C:
        """The command, with a new id for each it is assigned. May ask what a command cannot know, and refuse."""
        assigned: tuple[str, ...] = getattr(self.MAKES, "ASSIGNED", ())
        return self.value(**{name: info.context.new_id() for name in assigned})


def _default(cls: Any, name: str, field: Field[Any]) -> None:
    if field.default_factory is not MISSING or field.default == ():
        setattr(cls, name, strawberry.field(default_factory=list))
    elif field.default is not MISSING:
        setattr(cls, name, field.default)


def _input_type(name: str, hint: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if hint is int and name.endswith("_minor"):
        return BigInt
    if origin in (Union, UnionType):
        (one,) = (each for each in inner if each is not type(None))
        return _input_type(name, one) | None
    if origin is tuple:
        return list.__class_getitem__(_input_type(name, inner[0]))
    if is_dataclass(hint):
        assert hint in INPUTS, f"declare the input of {hint} before that of what it stands in"
        return INPUTS[hint]
    return hint


def _value(said: Any) -> Any:
    if isinstance(said, Input):
        return said.value()
    return tuple(map(_value, said)) if isinstance(said, list) else said
