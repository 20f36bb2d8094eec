"""Makes foreign text safe to print: no invisible control, no character without a glyph, no word wider than a page."""

import re
import unicodedata
from typing import Final, Literal

from backend.documents.glyphs import REPLACEMENT, missing_glyphs

Direction = Literal["ltr", "rtl"]

ZERO_WIDTH_SPACE: Final = "\u200b"
# One word wider than its column would make the engine shrink the whole document. No European word is this long, and
# common e-mail addresses stay whole, so that they can be copied.
LONG_WORD: Final = 36
BREAK_EVERY: Final = 16

_LONG_WORDS: Final = re.compile(rf"\S{{{LONG_WORD + 1},}}")
# Joiners that Persian and the Indic scripts spell with; every other format character only reorders or hides text.
_KEPT_FORMATS: Final = frozenset("\u200c\u200d")
_VARIATION_SELECTORS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))


class Printer:
    """Prepares the texts of one document and remembers the characters that could not be drawn.

    What is not `on_paper` keeps its long words and its rare characters: the reader's program has other fonts.
    """

    def __init__(self, *, on_paper: bool = True) -> None:
        self.missing: set[str] = set()
        self._on_paper = on_paper

    def __call__(self, text: str | None) -> str:
        """`text` ready for the page; line breaks stay."""
        if not text:
            return ""
        if not (text.isascii() and text.isprintable()):
            text = _visible(unicodedata.normalize("NFC", text))
            if self._on_paper:
                text = self._drawable(text)
        text = text.strip()
        return breakable(text) if self._on_paper else text

    def _drawable(self, text: str) -> str:
        missing = missing_glyphs(text)
        if not missing:
            return text
        substitutes = {}
        for character in missing:
            plain = unicodedata.normalize("NFKD", character)
            if missing_glyphs(plain):
                self.missing.add(character)
                plain = REPLACEMENT
            substitutes[ord(character)] = plain
        return text.translate(substitutes)


def breakable(text: str) -> str:
    """`text` with a place to break every `BREAK_EVERY` characters, inside words longer than `LONG_WORD` only."""
    if len(text) <= LONG_WORD:
        return text
    return _LONG_WORDS.sub(lambda word: _broken(word[0]), text)


def direction(text: str) -> Direction:
    """The direction of the first letter that has one (Unicode Bidirectional Algorithm, P2 and P3)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"R", "AL"}:
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def _visible(text: str) -> str:
    """Without control and bidirectional formatting characters: "Anna\u202eevil" must not read backwards."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(character for character in text if character == "\n" or not _invisible(character))


def _invisible(character: str) -> bool:
    if character in _VARIATION_SELECTORS:
        return True
    category = unicodedata.category(character)
    return category in {"Cc", "Zl", "Zp"} or (category == "Cf" and character not in _KEPT_FORMATS)


def _broken(word: str) -> str:
    pieces, start = [], 0
    while start < len(word):
        end = start + BREAK_EVERY
        # Not between a letter and the marks on it.
        while end < len(word) and unicodedata.combining(word[end]):
            end += 1
        pieces.append(word[start:end])
        start = end
    return ZERO_WIDTH_SPACE.join(pieces)
