"""How one value of an answer looks at either edge: its type in GraphQL, its type in REST, and the way there."""

from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

import strawberry

from backend.api.graphql.identifiers import encoded
from backend.api.graphql.money import Money, money
from backend.api.graphql.scalars import BigInt
from backend.api.graphql.schema_types import kind_of, schema_type
from backend.api.rest import shapes
from backend.values import money as values

# Of a value and the currency of the row it stands in.
Convert = Callable[[Any, str], Any]


@dataclass(frozen=True, slots=True)
class Form:
    """Two types and two conversions; None where the value stays as it is."""

    graphql: Any
    rest: Any
    to_graphql: Convert | None = None
    to_rest: Convert | None = None


MONEY: Final = Form(Money, shapes.Money, money, shapes.money)
BIG: Final = Form(BigInt, int)

# Of our own classes: filled by every mirror, and for what is shown in a way of its own.
FORMS: Final[dict[Any, Form]] = {
    BigInt: BIG,
    values.Money: Form(
        Money,
        shapes.Money,
        lambda amount, _: money(amount.minor, amount.currency),
        lambda amount, _: shapes.money(amount.minor, amount.currency),
    ),
}


def form_of(hint: Any) -> Form:
    """The form of a value with this annotation."""
    if hint in FORMS:
        return FORMS[hint]
    origin, inner = get_origin(hint), get_args(hint)
    kind = kind_of(hint)
    if kind is not None:
        return Form(strawberry.ID, hint, lambda value, _: encoded(kind, value))
    if origin is Literal:
        return Form(schema_type(hint), hint)
    if origin in (Union, UnionType):
        (one,) = (each for each in inner if each is not type(None))
        return optional(form_of(one))
    if origin is tuple:
        return _listed(form_of(inner[0]))
    assert not is_dataclass(hint), f"{hint} is not mirrored: declare its mirror before that of what it stands in"
    return Form(hint, hint)


def optional(form: Form) -> Form:
    """The same for a value that may be None."""
    return Form(form.graphql | None, form.rest | None, _unless_none(form.to_graphql), _unless_none(form.to_rest))


def _unless_none(convert: Convert | None) -> Convert | None:
    return convert and (lambda value, currency: None if value is None else convert(value, currency))


def _listed(form: Form) -> Form:
    def every(convert: Convert | None, made: Callable[[Any], Any]) -> Convert:
        if convert is None:
            return lambda values, _: made(values)
        return lambda values, currency: made(convert(each, currency) for each in values)

    # Made at run time: the type checker takes a type in brackets for an annotation.
    a_list, a_tuple = list.__class_getitem__(form.graphql), tuple.__class_getitem__((form.rest, ...))
    return Form(a_list, a_tuple, every(form.to_graphql, list), every(form.to_rest, tuple))
