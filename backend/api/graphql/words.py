"""From an enum of the schema to the word our rules use."""

from enum import Enum
from typing import Any


def word(chosen: Enum | None) -> Any:
    """The word behind an enum's member. Each enum of the schema lists exactly the words of a Literal of the rules, so
    that the type checker need not follow from one to the other."""
    return None if chosen is None else chosen.value
