"""How texts become search words: without accents, case and punctuation, when stored as when asked for."""

import re
import unicodedata
from typing import Final

# A longer word is found by its beginning; a longer question is cut.
MAX_WORD: Final = 64
MAX_WORDS: Final = 8

_SEPARATORS: Final = re.compile(r"[^\w]+|_+")


def words_of(*texts: str) -> list[str]:
    """The words of names: `Anna-Karin` is found as `anna`, `karin` and `annakarin`."""
    found: dict[str, None] = {}
    for part in " ".join(texts).split():
        bare = plain(part)
        for word in (_SEPARATORS.sub("", bare), *_SEPARATORS.split(bare)):
            if word:
                found[word[:MAX_WORD]] = None
    return list(found)


def number_words(number: str) -> list[str]:
    """An invoice number is found from its beginning, and by its counter without the zeros."""
    counter = number.rpartition("-")[2]
    return list(dict.fromkeys(word for word in (_joined(number), _joined(counter.lstrip("0"))) if word))


def asked_words(search: str) -> list[str]:
    """The words that must all be found; what is typed with hyphens stays one word, as in a number."""
    return [word for word in dict.fromkeys(map(_joined, search.split())) if word][:MAX_WORDS]


def prefix_range(word: str) -> tuple[str, str]:
    """All words that begin with `word` lie from the first to before the second, in the order of code points."""
    return word, word + "\U0010ffff"


def plain(text: str) -> str:
    """`text` without accents and case: what is sorted by and compared."""
    if text.isascii() and text.isprintable():
        return text.lower()
    # What is no Unicode text at all (a lone surrogate, a NUL) cannot be stored, so it cannot be found either.
    text = text.replace("\0", " ").encode("utf-8", "replace").decode()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _joined(text: str) -> str:
    return _SEPARATORS.sub("", plain(text))[:MAX_WORD]
