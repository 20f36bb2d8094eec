"""Which passwords are accepted: long enough, not among those that every attacker tries first, not about the person.

No rule about digits or symbols: NIST SP 800-63B asks for length and a list of breached passwords instead. The list and
the estimate are those of zxcvbn, which works offline.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final

MIN_LENGTH: Final = 12
MAX_LENGTH: Final = 128
# 3 of 4: more than 10^8 guesses, which our throttle makes centuries and a stolen hash years.
MIN_SCORE: Final = 3
# What must remain when the words everybody knows of the person are taken out.
MIN_OF_ONES_OWN: Final = 6
# Its estimate grows with the square of the length; what follows the 72nd character only adds to a strong one.
_ESTIMATED: Final = 72


def normal(password: str) -> str:
    """One form of what people type, however their keyboard composes it."""
    return unicodedata.normalize("NFKC", password)


def fault_of(password: str, *, about: Sequence[str] = ()) -> str | None:
    """Why a password is refused, or `None`. `about` is what anybody knows of the person: name, address, federation."""
    password = normal(password)
    if len(password) < MIN_LENGTH:
        return f"a password has at least {MIN_LENGTH} characters"
    if len(password) > MAX_LENGTH:
        return f"a password has at most {MAX_LENGTH} characters"
    if password.casefold() in _breached():
        return "this password is known from breaches: choose another"
    known = [word for text in about for word in (text, *_words(text)) if len(word) > 2]
    if len(_without(password, known)) < MIN_OF_ONES_OWN:
        return "this password says little more than a name or an address: choose other words"
    if _score(password[:_ESTIMATED], known) < MIN_SCORE:
        return "this password is too easy to guess: make it longer, or less like a name, a date or a pattern"
    return None


# Its dictionaries are twelve megabytes, which a process holds from the first new password on.
@cache
def _breached() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # type: ignore[import-untyped]

    return frozenset(FREQUENCY_LISTS["passwords"])


def _score(password: str, known: Sequence[str]) -> int:
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]

    return int(zxcvbn(password, user_inputs=known)["score"])


def _without(password: str, known: Sequence[str]) -> str:
    left = "".join(_words(password)).casefold()
    for word in sorted({"".join(_words(text)).casefold() for text in known}, key=len, reverse=True):
        left = left.replace(word, "")
    return left


def _words(text: str) -> list[str]:
    return "".join(character if character.isalnum() else " " for character in text).split()
