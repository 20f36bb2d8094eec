"""Two things a screen reader needs and the engine leaves out: the document's language, and its title in the window.

Added as an incremental update (ISO 32000-1, 7.5.6): the engine's bytes stay as they are, a new catalog follows them.
"""

import re
import zlib
from typing import Final

# The engine (cairo) writes the catalog into the last object stream, followed by the cross-reference stream.
_TRAILER: Final = re.compile(
    rb"/Type /XRef\b.*?/Size (?P<size>\d+).*?/Root (?P<root>\d+) 0 R\s+/Info (?P<info>\d+) 0 R.*?>>\s*stream", re.DOTALL
)
_OBJECT_STREAM: Final = re.compile(
    rb"/Type /ObjStm\b[^>]*?/N (?P<count>\d+)\s+/First (?P<first>\d+)[^>]*?>>\s*stream\n", re.DOTALL
)
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
# Bytes per column of a cross-reference entry: kind, offset, generation.
_WIDTHS: Final = (1, 4, 2)


class UnknownLayout(ValueError):
    """The engine writes its files differently from what this module knows."""


def with_language(pdf: bytes, language: str) -> bytes:
    """`pdf` with `/Lang` set, and with its title shown instead of a file name. Raises `UnknownLayout`."""
    start = _START.search(pdf, max(0, len(pdf) - 64))
    trailer = _TRAILER.search(pdf, int(start[1])) if start else None
    if start is None or trailer is None:
        raise UnknownLayout("no cross-reference stream at the end")
    root, size = int(trailer["root"]), int(trailer["size"])
    catalog = _catalog(pdf, root)
    closing = catalog.rindex(b">>")
    additions = f"   /Lang ({language})\n   /ViewerPreferences << /DisplayDocTitle true >>\n".encode("ascii")
    separator = b"" if pdf.endswith(b"\n") else b"\n"
    root_offset = len(pdf) + len(separator)
    update = b"%d 0 obj\n%s%s>>\nendobj\n" % (root, catalog[:closing], additions)
    xref_offset = root_offset + len(update)
    entries = b"".join(
        b"".join(value.to_bytes(width, "big") for value, width in zip((1, offset, 0), _WIDTHS, strict=True))
        for offset in (root_offset, xref_offset)
    )
    xref = b"%d 0 obj\n<< /Type /XRef /Length %d /Size %d /W [%d %d %d] /Index [%d 1 %d 1]" % (
        size,
        len(entries),
        size + 1,
        *_WIDTHS,
        root,
        size,
    )
    links = b" /Root %d 0 R /Info %d 0 R /Prev %d >>\nstream\n" % (root, int(trailer["info"]), int(start[1]))
    end = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % xref_offset
    return pdf + separator + update + xref + links + entries + end


def _catalog(pdf: bytes, number: int) -> bytes:
    """The text of object `number`, which must be the catalog, from the last object stream."""
    *_, last = _OBJECT_STREAM.finditer(pdf, max(0, pdf.rfind(b"/Type /ObjStm"))) or (None,)
    if last is None:
        raise UnknownLayout("no object stream")
    content = zlib.decompressobj().decompress(pdf[last.end() :])
    first = int(last["first"])
    pairs = [int(word) for word in content[:first].split()]
    offsets = dict(zip(pairs[::2], pairs[1::2], strict=True))
    if number not in offsets:
        raise UnknownLayout("the catalog is elsewhere")
    begins = offsets[number]
    ends = min((offset for offset in offsets.values() if offset > begins), default=len(content) - first)
    catalog = content[first + begins : first + ends].rstrip()
    if b"/Type /Catalog" not in catalog:
        raise UnknownLayout("the root is no catalog")
    return catalog
