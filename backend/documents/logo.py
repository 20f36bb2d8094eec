"""Refuses a logo that could harm a document: wrong kind, too large, or an SVG that runs, fetches or explodes.

The renderer refuses every address and can be killed, so this is the polite wall in front of the hard one: the treasurer
learns at upload what is wrong, instead of a thousand invoices failing at night.
"""

import struct
import zlib
from base64 import b64encode
from typing import Final, Literal

from backend.documents.svg import SvgRefused, check_svg

LogoMediaType = Literal["image/png", "image/svg+xml"]

# Printed at 70 mm at most, 300 dots an inch need 830 pixels; the rest is for generous designers.
MAX_BYTES: Final = 512 * 1024
MAX_SIDE: Final = 4000
MAX_PIXELS: Final = 4_000_000

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_CHUNK: Final = struct.Struct(">I4s")


class LogoRefused(ValueError):
    """The file cannot be a logo. `code` is stable, the message is for the person who uploaded it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def check_logo(content: bytes) -> LogoMediaType:
    """The media type of a harmless logo. Looks at the bytes only: names and claimed types prove nothing."""
    if not content:
        raise LogoRefused("LOGO_EMPTY", "The file is empty.")
    if len(content) > MAX_BYTES:
        raise LogoRefused("LOGO_TOO_LARGE", f"The file has {len(content) // 1024} kB; {MAX_BYTES // 1024} are allowed.")
    if content.startswith(_PNG):
        _check_png(content)
        return "image/png"
    if b"<svg" in content[:4096] or b":svg" in content[:4096]:
        try:
            check_svg(content)
        except SvgRefused as error:
            raise LogoRefused("LOGO_UNSAFE_SVG", f"The SVG cannot be used: {error}.") from None
        return "image/svg+xml"
    raise LogoRefused("LOGO_UNKNOWN_KIND", "Only PNG and SVG files can be logos.")


def data_url(content: bytes) -> str:
    """The logo as an address that holds it: a document refers to nothing outside itself."""
    kind = "image/png" if content.startswith(_PNG) else "image/svg+xml"
    return f"data:{kind};base64,{b64encode(content).decode()}"


def _check_png(content: bytes) -> None:
    """Walk over all chunks: dimensions first, then that the file is whole."""
    kinds: list[bytes] = []
    position = len(_PNG)
    while position < len(content):
        if len(content) < position + _CHUNK.size:
            raise _broken("ends inside a chunk")
        length, kind = _CHUNK.unpack_from(content, position)
        data = content[position + _CHUNK.size : position + _CHUNK.size + length]
        checksum = content[position + _CHUNK.size + length : position + _CHUNK.size + length + 4]
        if len(data) < length or int.from_bytes(checksum, "big") != zlib.crc32(kind + data) or len(checksum) < 4:
            raise _broken("has a damaged chunk")
        if not kinds:
            _check_header(kind, data)
        kinds.append(kind)
        position += _CHUNK.size + length + 4
        if kind == b"IEND":
            break
    if kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds:
        raise _broken("is not complete")


def _check_header(kind: bytes, data: bytes) -> None:
    if kind != b"IHDR" or len(data) != 13:
        raise _broken("does not begin with its dimensions")
    width, height = struct.unpack_from(">II", data)
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE) or width * height > MAX_PIXELS:
        raise LogoRefused(
            "LOGO_TOO_MANY_PIXELS",
            f"The picture is {width} x {height} pixels; {MAX_SIDE} a side and {MAX_PIXELS:,} in all are allowed.",
        )


def _broken(what: str) -> LogoRefused:
    return LogoRefused("LOGO_DAMAGED", f"The PNG {what}.")
