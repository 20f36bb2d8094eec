"""Texts as they may be stored and printed: cleaned, limited, or refused with the path to them. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backend.values.languages import ISO_639_1
from backend.values.why import Why
from backend.write.refusal import InvalidValue, ReasonRequired

MAX_REASON: Final = 500
MAX_LANGUAGES: Final = 20

Path = tuple[str | int, ...]

# Letters by name, and blank all the same: the fillers of Hangul, and the empty pattern of Braille.
_FILLERS: Final = "\u115f\u1160\u2800\u3164\uffa0"
_CODE: Final = re.compile(r"\w[\w./ -]*")


def text(value: str, limit: int, *, path: Path, required: bool = True) -> str:
    """Free text: NFC, trimmed, without control characters, within its limit."""
    cleaned = unicodedata.normalize("NFC", value).strip()
    if required and not visible(cleaned):
        raise InvalidValue(Why.EMPTY, path=path)
    if len(cleaned) > limit:
        raise InvalidValue(Why.TOO_LONG, limit=limit, path=path)
    if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in cleaned):
        raise InvalidValue(Why.CONTROL_CHARACTERS, path=path)
    return cleaned


def visible(value: str) -> bool:
    """Whether a reader sees anything at all. Characters without width are no name, and no reason either."""
    return any(unicodedata.category(each)[0] in "LNPS" and each not in _FILLERS for each in value)


def one_line(value: str, limit: int, *, path: Path, required: bool = True) -> str:
    """Free text that stands on one line, as names and addresses do."""
    cleaned = text(value, limit, path=path, required=required)
    if "\n" in cleaned or "\t" in cleaned:
        raise InvalidValue(Why.NOT_ONE_LINE, path=path)
    return cleaned


def code(value: str, limit: int, *, path: Path) -> str:
    """A number or code that people read out to each other: a member number, an account id."""
    cleaned = one_line(value, limit, path=path)
    if not _CODE.fullmatch(cleaned):
        raise InvalidValue(Why.NOT_A_CODE, path=path)
    return cleaned


def language(value: str, *, path: Path, required: bool = True) -> str:
    """An ISO 639-1 code; empty where none is required."""
    if value not in ISO_639_1 and (required or value):
        raise InvalidValue(Why.NOT_A_LANGUAGE, path=path)
    return value


def time_zone(value: str, *, path: Path) -> str:
    """An IANA time zone."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidValue(Why.NOT_A_TIME_ZONE, path=path) from None
    return value


def texts(value: Mapping[str, str], limit: int, *, path: Path) -> dict[str, str]:
    """A text in several languages, by ISO 639-1 code. Empty ones are left out."""
    if len(value) > MAX_LANGUAGES:
        raise InvalidValue(Why.TOO_MANY, limit=MAX_LANGUAGES, path=path)
    cleaned = {
        language(code_, path=(*path, code_)): text(said, limit, path=(*path, code_), required=False)
        for code_, said in sorted(value.items())
    }
    return {code_: said for code_, said in cleaned.items() if said}


def required_reason(value: str, *, path: Path = ("reason",)) -> str:
    """Why something is done that cannot be undone. Raises `ReasonRequired`."""
    cleaned = text(value, MAX_REASON, path=path, required=False)
    if not visible(cleaned):
        raise ReasonRequired("say why: this cannot be undone, and people will ask", path=path)
    return cleaned
