"""One declaration for both edges: an answer of the read side becomes a GraphQL type and a REST shape.

class CreditNote(Mirror[CreditNoteRow], key="credit_note_id", leave_out=("position",), rest={"number": "note_number"}):
    '''A document that takes an invoice back. `number` is that of the note.'''

    page_url: str = derived(page_url_of, "Where its page is.")

is the GraphQL type of a CreditNoteRow; `Shown[CreditNote]` is what REST answers for one. `CreditNote.of(row)` and
`CreditNote.shown(row)` make them, and the type checker knows which row either takes. The rules are everywhere the same:

- `x_minor` is Money `x` in the currency of its row, or of the row around it; a `position` is a BigInt in GraphQL;
- the `key` is the `id`; an id is opaque in GraphQL and a UUID in REST; a Literal is the enum `words` made of it;
- a tuple is a list; a dataclass within is what mirrors it, in the currency of the row around it;
- `names` says what both edges call a field of the row, `rest` what REST calls it instead;
- a property of the row is shown if `also` names it; `sizes` are those of the lists in GraphQL (`graphql.sizes`);
- `leave_out`, `only_rest` and `only_graphql` say where a field is not shown; `or_null` which texts REST shows as null
  when they are empty; `inline` which row within has its fields here, in REST; `rest_as_it_is` that REST
  shows the row itself.

What the class itself annotates with a field's name is the type it is taken for, and shows what would be left out.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping
from inspect import get_annotations
from operator import attrgetter
from typing import (
    Any,
    ClassVar,
    Final,
    Generic,
    Literal,
    Self,
    TypeVar,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

import strawberry

from backend.api.forms import BIG, FORMS, MONEY, Convert, Form, form_of, optional
from backend.api.graphql.schema_types import camel, schema_type
from backend.api.graphql.sizes import Price, Size, priced
from backend.api.shown import Shown

Row = TypeVar("Row")
D = TypeVar("D")

# What REST calls things everywhere: the names of the field (S002, S003).
REST_NAMES: Final = {"net": "subtotal", "tax": "tax_total", "open": "amount_residual"}


@dataclasses.dataclass(frozen=True, slots=True)
class Derived:
    """A field that no row has: `make` makes it of the row."""

    make: Callable[[Any], Any]
    description: str | None
    only: Literal["", "graphql", "rest"]


def derived(make: Callable[[Any], D], description: str = "", *, only: Literal["", "graphql", "rest"] = "") -> D:
    """A field of a mirror that is made of the row; its annotation is the type of what `make` answers."""
    return Derived(make, description or None, only)  # type: ignore[return-value]  # the class replaces it


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One field of a mirror. `name` is None where an edge does not show it."""

    graphql_name: str | None
    rest_name: str | None
    form: Form
    read: Callable[[Any], Any]
    description: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Declared:
    """What a mirror says beside its fields."""

    key: str = ""
    names: Mapping[str, str] = dataclasses.field(default_factory=dict)
    rest: Mapping[str, str] = dataclasses.field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    only_rest: tuple[str, ...] = ()
    only_graphql: tuple[str, ...] = ()
    or_null: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    sizes: Mapping[str, tuple[int, int]] = dataclasses.field(default_factory=dict)
    rest_as_it_is: bool = False


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field, derived))
class Mirror(Generic[Row]):
    """The GraphQL type of a `Row`, and the maker of its REST shape. See the module."""

    row: Row
    ROW: ClassVar[type]
    PARTS: ClassVar[tuple[Part, ...]]
    SHAPE: ClassVar[Any]
    # What is done for every row, worked out once: the name, where the value is, what becomes of it.
    _TO_GRAPHQL: ClassVar[tuple[tuple[str, Callable[[Any], Any], Convert | None], ...]]
    _TO_REST: ClassVar[tuple[tuple[str, Callable[[Any], Any], Convert | None], ...]]

    def __init_subclass__(cls, *, shown: str = "", **declared: Any) -> None:
        super().__init_subclass__()
        said, own = Declared(**declared), dict(get_annotations(cls))
        types = {name: hint for name, hint in own.items() if not isinstance(cls.__dict__.get(name), Derived)}
        (cls.ROW,) = (get_args(base)[0] for base in cls.__dict__["__orig_bases__"] if get_origin(base) is Mirror)
        cls.PARTS = (*_mirrored(cls.ROW, said, types), *_derived(cls, own))
        text = cls.__dict__["__doc__"] or cls.ROW.__doc__
        assert text, f"{cls.__name__} needs a docstring: it is what API users read"
        parts, inlined = cls.PARTS, tuple(part for name in said.inline for part in _inlined(cls.ROW, name))
        cls._TO_GRAPHQL = tuple((p.graphql_name, p.read, p.form.to_graphql) for p in parts if p.graphql_name)
        cls._TO_REST = tuple((p.rest_name, p.read, p.form.to_rest) for p in (*inlined, *parts) if p.rest_name)
        cls.SHAPE = cls.ROW if said.rest_as_it_is else _shape(shown or f"{cls.__name__}Shown", [*inlined, *parts], text)
        _as_graphql_type(cls, own, text, said.sizes)
        FORMS.setdefault(cls.ROW, Form(cls, cls.SHAPE, cls.of, None if said.rest_as_it_is else cls.shown))

    @classmethod
    def of(cls, row: Row, currency: str = "") -> Self:
        """The row as GraphQL shows it. `currency` is that of the row around it, where it has none itself."""
        currency = getattr(row, "currency", currency)
        fields = cls._TO_GRAPHQL
        made = cls(**{n: convert(read(row), currency) if convert else read(row) for n, read, convert in fields})
        made.row = row
        return made

    @classmethod
    def shown(cls, row: Row, currency: str = "") -> Shown[Self]:
        """The row as REST shows it."""
        currency = getattr(row, "currency", currency)
        fields = cls._TO_REST
        made: Shown[Self] = cls.SHAPE(
            **{n: convert(read(row), currency) if convert else read(row) for n, read, convert in fields}
        )
        return made


def _mirrored(row: Any, said: Declared, own: Mapping[str, Any]) -> list[Part]:
    every, parts = get_type_hints(row), []
    hints = {field.name: every[field.name] for field in dataclasses.fields(row)}
    hints |= {name: get_type_hints(getattr(row, name).fget)["return"] for name in said.also}
    money = {
        name
        for name, hint in hints.items()
        if name.endswith("_minor") and name not in own and hint in (int, int | None)
    }
    for source, hint in hints.items():
        name = "id" if source == said.key else source.removesuffix("_minor") if source in money else source
        name = said.names.get(source, name)
        if source in said.leave_out or (source == "currency" and money and name not in (*own, *said.only_rest)):
            continue
        form = form_of(own[name]) if name in own else _form(source, hint, money=source in money)
        rest_name = said.rest.get(name, REST_NAMES.get(name, name))
        part = Part(
            None if source in said.only_rest or source in said.inline else name,
            None if source in said.only_graphql or source in said.inline else rest_name,
            _or_null(form) if source in said.or_null else form,
            attrgetter(source),
        )
        parts.append(part)
    return parts


def _form(source: str, hint: Any, *, money: bool) -> Form:
    big = source.endswith("position") and hint in (int, int | None)
    found = MONEY if money else BIG if big else form_of(hint)
    return optional(found) if (money or big) and hint == int | None else found


def _or_null(form: Form) -> Form:
    return dataclasses.replace(form, rest=form.rest | None, to_rest=lambda value, _: value or None)


def _derived(cls: type, own: Mapping[str, Any]) -> list[Part]:
    parts = []
    for name, hint in own.items():
        found = cls.__dict__.get(name)
        if isinstance(found, Derived):
            names = (None if found.only == "rest" else name, None if found.only == "graphql" else name)
            parts.append(Part(*names, form_of(hint), found.make, found.description))
    return parts


def _inlined(row: type, name: str) -> list[Part]:
    """The parts of the row within, read through it."""
    within: Mirror[Any] = FORMS[get_type_hints(row)[name]].graphql
    outer = attrgetter(name)
    return [dataclasses.replace(part, read=_through(outer, part.read)) for part in within.PARTS if part.rest_name]


def _through(outer: Callable[[Any], Any], inner: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda row: inner(outer(row))


def _shape(name: str, parts: list[Part], text: str) -> Any:
    fields = [(part.rest_name, part.form.rest) for part in parts if part.rest_name]
    made = dataclasses.make_dataclass(name, fields, bases=(Shown,), frozen=True, kw_only=True, slots=True)
    renamed = {camel(part.graphql_name): part.rest_name for part in parts if part.graphql_name and part.rest_name}
    made.__doc__ = re.sub(r"`(\w+)`", lambda found: f"`{renamed.get(found[1], found[1])}`", text)
    return made


def _as_graphql_type(
    cls: type[Mirror[Any]], own: dict[str, Any], text: str, sizes: Mapping[str, tuple[int, int]]
) -> None:
    parts = {part.graphql_name: part for part in cls.PARTS if part.graphql_name}
    for name in own:
        if isinstance(cls.__dict__.get(name), Derived):
            delattr(cls, name)
            if name in parts and parts[name].description:
                setattr(cls, name, strawberry.field(description=parts[name].description))
    for name, size in sizes.items():
        setattr(cls, name, strawberry.field(metadata=priced(Price(size=Size(*size)))))
    hidden = {name for part in cls.PARTS for name in (part.rest_name,) if part.graphql_name is None}
    kept = {name: schema_type(hint) for name, hint in own.items() if name not in parts and name not in hidden}
    cls.__annotations__ = {name: part.form.graphql for name, part in parts.items()} | kept
    strawberry.type(cls, description=" ".join(text.split()))
