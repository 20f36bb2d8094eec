"""How many lines a text takes in a box of the page: measured with the widths of our own font, as the engine does."""

from functools import cache
from typing import Final

from backend.documents.fonts import FONTS

_MILLIMETRES_A_POINT: Final = 25.4 / 72
# A letter of another font: ideographs fill their square, nothing is wider.
_OTHER: Final = 1.0
# The engine breaks where a line is full to the last dot; we stop a little earlier.
_SAFE: Final = 0.985


def lines_of(text: str, *, points: float, millimetres: float) -> int:
    """The lines of `text` at that size in a box of that width; none for an empty text."""
    if not text.strip():
        return 0
    room = millimetres / _MILLIMETRES_A_POINT / points * _SAFE
    return sum(_wrapped(line, room) for line in text.splitlines())


def _wrapped(line: str, room: float) -> int:
    lines, used = 1, 0.0
    space = _width(" ")
    for word in line.split():
        wanted = _width(word)
        if used and used + space + wanted > room:
            lines, used = lines + 1, 0.0
        used += wanted + (space if used else 0.0)
        while used > room:
            lines, used = lines + 1, used - room
    return lines


def _width(text: str) -> float:
    """In ems."""
    widths = _widths()
    return sum(widths.get(ord(character), _OTHER) for character in text)


@cache
def _widths() -> dict[int, float]:
    # Read once, by the few processes that draw.
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(FONTS / "Inter-Regular.otf", lazy=True) as font:
        units, advances = font["head"].unitsPerEm, font["hmtx"]
        return {point: advances[name][0] / units for point, name in font.getBestCmap().items()}
