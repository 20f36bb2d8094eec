"""The enums of the schema, each made of the Literal whose words the rest of the code uses."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, get_args

import strawberry

# By the Literal: two that hold the same words are the same one.
ENUMS: Final[dict[Any, type[Enum]]] = {}


class _Word:
    """What stands behind a member. Strawberry calls it with each word a client sends: our code gets the word itself."""

    def __new__(cls, word: str) -> str:  # type: ignore[misc]  # nothing is ever of this class
        return word


def words(literal: Any, name: str, description: str, *, names: Mapping[str, str] | None = None) -> None:
    """Publish a Literal as the enum `name`. Its members are the words in capitals, or what `names` calls them.

    words(PaymentMethod, "PaymentMethod", "How the money came.")

    From then on a field or argument annotated with the Literal is of this enum, and its values are plain words.
    """
    members = {(names or {}).get(word, word.upper()): word for word in get_args(literal)}
    plain: Any = Enum
    made: Any = strawberry.enum(plain(name, members), description=description)
    made.__strawberry_definition__.wrapped_cls = _Word
    assert literal not in ENUMS, f"{name} has the words of {ENUMS[literal].__name__}"
    ENUMS[literal] = made
