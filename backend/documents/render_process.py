"""The process that turns HTML into PDF, started as a script by `renderer.py`: the engine is C++ and a page can hang or
crash it, so it runs where it can be killed. Imports nothing of Carreau, reads no file but fonts, opens no connection.

A message is two big-endian lengths, a JSON header and a body. The first one out says that the process is ready.
"""

import io
import json
import os
import resource
import signal
import struct
import sys
from typing import Any, BinaryIO

import plutoprint

LENGTHS = struct.Struct(">II")

# A page without a font is an empty page and no error, so a page with text must bring a font along.
FONT_MARK = b"/FontFile"
# Dots of CSS, and points, in an inch.
CSS_DOTS, POINTS = 96, 72
SELF_TEST = "<p>Carreau 0123456789"


class Deny(plutoprint.ResourceFetcher):
    """Refuses every address and remembers it. `data:` addresses never come here."""

    def __init__(self) -> None:
        super().__init__()
        self.denied: list[str] = []

    def fetch_url(self, url: str) -> Any:
        self.denied.append(url[:200])
        raise PermissionError("documents bring everything along")


def main() -> None:
    memory_bytes, orphan_seconds = int(sys.argv[1]), int(sys.argv[2])
    # Answers leave by a private descriptor: what the engine prints must not be taken for one.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pdf, _ = render(SELF_TEST, {"title": "", "author": "", "created": "2000-01-01"})
    if FONT_MARK not in pdf:
        sys.exit("the renderer finds no font")
    # From here the engine only prints warnings about resources that are refused anyway.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    answer(out, {"engine": plutoprint.plutobook_version_string()}, b"")
    while (message := read(sys.stdin.buffer)) is not None:
        # Should the parent die during a page that never ends, the kernel ends this process: nobody else would.
        signal.alarm(orphan_seconds)
        header, html = message
        try:
            if "dots" in header:
                draw(out, html.decode(), header)
            else:
                report(out, *render(html.decode(), header))
        except Exception as error:
            answer(out, {"failed": "broken", "detail": repr(error)[:500]}, b"")
        signal.alarm(0)


def render(html: str, header: dict[str, Any]) -> tuple[bytes, list[str]]:
    """The PDF, and the addresses it asked for. Fixed dates make the same input the same bytes on every machine."""
    book, fetcher = laid_out(html)
    created = f"{header['created']}T00:00:00Z"
    for field, value in (
        (plutoprint.PDF_METADATA_TITLE, header["title"]),
        (plutoprint.PDF_METADATA_AUTHOR, header["author"]),
        (plutoprint.PDF_METADATA_CREATOR, "Carreau"),
        (plutoprint.PDF_METADATA_CREATION_DATE, created),
        (plutoprint.PDF_METADATA_MODIFICATION_DATE, created),
    ):
        book.set_metadata(field, value)
    stream = io.BytesIO()
    book.write_to_pdf_stream(stream)
    return stream.getvalue(), fetcher.denied


def draw(out: BinaryIO, html: str, header: dict[str, Any]) -> None:
    """Answer with one page as PNG, from the very layout a PDF would have, and with how many pages there are."""
    book, fetcher = laid_out(html)
    pages = book.get_page_count()
    page = min(header["page"], pages) - 1
    size = book.get_page_size_at(page)
    scale = header["dots"] / CSS_DOTS
    canvas = plutoprint.ImageCanvas(
        round(size.width * header["dots"] / POINTS),
        round(size.height * header["dots"] / POINTS),
        plutoprint.IMAGE_FORMAT_RGB24,
    )
    canvas.clear_surface(1, 1, 1, 1)
    canvas.scale(scale, scale)
    book.render_page(canvas, page)
    stream = io.BytesIO()
    canvas.write_to_png_stream(stream)
    if fetcher.denied:
        answer(out, {"failed": "denied", "detail": " ".join(fetcher.denied[:5])}, b"")
    else:
        answer(out, {"page": page + 1, "pages": pages}, stream.getvalue())


def laid_out(html: str) -> tuple[plutoprint.Book, Deny]:
    """The pages, and what refuses and remembers the addresses they ask for."""
    book = plutoprint.Book(plutoprint.PAGE_SIZE_A4, media=plutoprint.MEDIA_TYPE_PRINT)
    book.custom_resource_fetcher = fetcher = Deny()
    book.load_html(html)
    return book, fetcher


def report(out: BinaryIO, pdf: bytes, denied: list[str]) -> None:
    if denied:
        answer(out, {"failed": "denied", "detail": " ".join(denied[:5])}, b"")
    elif FONT_MARK not in pdf:
        answer(out, {"failed": "empty", "detail": "no text on any page"}, b"")
    else:
        answer(out, {}, pdf)


def answer(out: BinaryIO, header: dict[str, Any], body: bytes) -> None:
    encoded = json.dumps(header).encode()
    out.write(LENGTHS.pack(len(encoded), len(body)) + encoded + body)
    out.flush()


def read(source: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    lengths = source.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    header, body = LENGTHS.unpack(lengths)
    return json.loads(source.read(header)), source.read(body)


if __name__ == "__main__":
    main()
