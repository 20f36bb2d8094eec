"""Scalars that JSON cannot carry by itself: integers beyond 2^53 travel as strings, and nothing is ever a float."""

import re
from typing import Any, Final, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

BigInt = NewType("BigInt", int)

_DIGITS: Final = re.compile(r"-?[0-9]{1,18}")


def _big_int(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return value
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    raise GraphQLError("a BigInt is a string of at most 18 digits, with a minus sign where it is negative")


SCALARS: Final[dict[object, ScalarDefinition]] = {
    BigInt: strawberry.scalar(
        name="BigInt",
        description="An integer of any size up to 18 digits, as a string.",
        serialize=str,
        parse_value=_big_int,
    )
}
