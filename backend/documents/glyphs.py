"""Which characters the document fonts can draw. A character without a glyph would be a black box on the page (C18)."""

from functools import cache
from typing import Final

from backend.documents.fonts import font_files

# Shown for a character no font of ours has: an empty outline, drawn by our own font.
REPLACEMENT: Final = "\u25a1"

# Drawn as nothing by the text shaper, whether a font knows them or not.
_INVISIBLE: Final = frozenset(map(ord, "\t\n\u200b\u200c\u200d"))


@cache
def covered() -> frozenset[int]:
    """The code points that at least one font file has a glyph for. About 40 ms, once per process."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    points: set[int] = set()
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points | _INVISIBLE)


def missing_glyphs(text: str) -> set[str]:
    """The characters of `text` that no font can draw."""
    drawable = covered()
    return {character for character in set(text) if ord(character) not in drawable}
