"""Refuses a logo that could harm a document: wrong kind, too large, or an SVG that runs, fetches or explodes.

The renderer refuses every address and can be killed, so this is the polite wall in front of the hard one: the treasurer
learns at upload what is wrong, instead of a thousand invoices failing at night.
"""

import struct
import zlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from backend.documents.svg import SvgRefused, check_svg

LogoMediaType = Literal["image/png", "image/svg+xml"]

# Printed at 70 mm at most, 300 dots an inch need 830 pixels; the rest is for generous designers.
MAX_BYTES: Final = 512 * 1024
MAX_SIDE: Final = 4000
MAX_PIXELS: Final = 4_000_000

_PNG: Final = b"\x89PNG\r\n\x1a\n"
# What a picture is drawn from (PNG, third edition, 11.2 and 11.3): the critical chunks, transparency, its size.
_DRAWING: Final = frozenset((b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"pHYs", b"IDAT", b"IEND"))
# Samples of a pixel by the kind of colour (11.2.1): grey, colours, palette, grey with alpha, colours with alpha.
_SAMPLES: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_AT_ONCE: Final = 1024 * 1024
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
        raise LogoRefused(
            "LOGO_TOO_LARGE", f"The file has {len(content) // 1024:,} kB, at most {MAX_BYTES // 1024}: save it smaller."
        )
    if content.startswith(_PNG):
        _check_png(content)
        return "image/png"
    if b"<svg" in content[:4096] or b":svg" in content[:4096]:
        try:
            check_svg(content)
        except SvgRefused as error:
            raise LogoRefused("LOGO_UNSAFE_SVG", f"The SVG cannot be used: {error}.") from None
        return "image/svg+xml"
    raise LogoRefused("LOGO_UNKNOWN_KIND", "Only PNG and SVG files can be logos: save the picture as PNG.")


def kept_logo(content: bytes) -> bytes:
    """What is stored of a harmless logo: of a PNG the chunks that draw it, of an SVG everything. Raises `LogoRefused`.

    A PNG may carry notes, a place, another file behind its end; none of that belongs into ten thousand invoices.
    """
    if check_logo(content) != "image/png":
        return content
    chunks = list(_chunks(content))
    _check_pixels(chunks)
    return _PNG + b"".join(whole for kind, whole in chunks if kind in _DRAWING)


def data_url(content: bytes) -> str:
    """The logo as an address that holds it: a document refers to nothing outside itself."""
    kind = "image/png" if content.startswith(_PNG) else "image/svg+xml"
    return f"data:{kind};base64,{b64encode(content).decode()}"


def _check_png(content: bytes) -> None:
    """Walk over all chunks: dimensions first, then that the file is whole."""
    kinds = [kind for kind, _ in _chunks(content)]
    if kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds:
        raise _broken("is not complete")


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk up to the end of the picture: its kind, and its bytes as they stand in the file."""
    position, first = len(_PNG), True
    while position < len(content):
        if len(content) < position + _CHUNK.size:
            raise _broken("ends inside a chunk")
        length, kind = _CHUNK.unpack_from(content, position)
        data = content[position + _CHUNK.size : position + _CHUNK.size + length]
        checksum = content[position + _CHUNK.size + length : position + _CHUNK.size + length + 4]
        if len(data) < length or int.from_bytes(checksum, "big") != zlib.crc32(kind + data) or len(checksum) < 4:
            raise _broken("has a damaged chunk")
        if first:
            _check_header(kind, data)
        yield kind, content[position : position + _CHUNK.size + length + 4]
        first = False
        position += _CHUNK.size + length + 4
        if kind == b"IEND":
            return


def _check_header(kind: bytes, data: bytes) -> None:
    if kind != b"IHDR" or len(data) != 13:
        raise _broken("does not begin with its dimensions")
    width, height = struct.unpack_from(">II", data)
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE) or width * height > MAX_PIXELS:
        raise LogoRefused(
            "LOGO_TOO_MANY_PIXELS",
            f"The picture is {width:,} x {height:,} pixels, at most {MAX_SIDE:,} a side and {MAX_PIXELS:,} in all:"
            " save it smaller.",
        )


def _check_pixels(chunks: Sequence[tuple[bytes, bytes]]) -> None:
    """That there is a whole picture in it: the engine draws nothing for a damaged one, and says nothing."""
    width, height, depth, colour, *_, interlaced = struct.unpack(">IIBBBBB", _data(chunks[0][1]))
    row = 1 + (width * depth * _SAMPLES.get(colour, 1) + 7) // 8
    # Interlaced, a picture has seven passes with rows of their own.
    most, least = row * height * (2 if interlaced else 1) + 7, row * height if not interlaced else height
    unpacking, unpacked = zlib.decompressobj(), 0
    try:
        for kind, whole in chunks:
            rest = _data(whole) if kind == b"IDAT" else b""
            while rest and unpacked <= most:
                unpacked += len(unpacking.decompress(rest, _AT_ONCE))
                rest = unpacking.unconsumed_tail
    except zlib.error:
        raise _broken("has a damaged picture") from None
    if not least <= unpacked <= most:
        raise _broken("has a damaged picture")


def _data(chunk: bytes) -> bytes:
    return chunk[_CHUNK.size : -4]


def _broken(what: str) -> LogoRefused:
    return LogoRefused("LOGO_DAMAGED", f"The PNG {what}.")
