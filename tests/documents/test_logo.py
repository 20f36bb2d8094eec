"""Which logos are accepted (S002-12), and what each hostile one is told."""

import struct
import zlib
from datetime import date

import pytest

from backend.documents.logo import MAX_BYTES, LogoRefused, check_logo, data_url
from backend.documents.logo_trial import try_logo
from backend.documents.renderer import RendererPool

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x20\x60\xa0" * min(width, 64)) * min(height, 64))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PLAIN = SVG.format(
    '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient><circle id="c" r="2"/></defs>'
    '<style>.a{fill:url(#g)}</style><path class="a" d="M0 0h9v9z"/><use href="#c"/><use xlink:href="#c" x="3"/>'
)
NOTES = (
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg" '
    'xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:version="1"><metadata><r:RDF '
    'xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" r:about="http://x.example"/></metadata>'
    '<rect width="9"/></svg>'
)
BOMB = "".join(f'<g id="l{i}">{f"<use href={chr(34)}#l{i + 1}{chr(34)}/>" * 10}</g>' for i in range(9))

HOSTILE = {
    "script": SVG.format("<script>alert(1)</script>"),
    "handler": SVG.format('<rect onload="alert(1)"/>'),
    "image": SVG.format('<image href="http://x.example/a.png"/>'),
    "file": SVG.format('<use href="file:///etc/passwd#a"/>'),
    "xlink": SVG.format('<use xlink:href="http://x.example/a.svg#b"/>'),
    "data": SVG.format('<use href="data:image/svg+xml,&lt;svg/&gt;#a"/>'),
    "foreign object": SVG.format("<foreignObject><p>x</p></foreignObject>"),
    "import": SVG.format("<style>@import url(http://x.example/a.css);</style>"),
    "escaped import": SVG.format(r"<style>\40import 'http://x.example/a.css';</style>"),
    "style url": SVG.format("<style>.a{fill:url(http://x.example/a#b)}</style>"),
    "attribute url": SVG.format('<rect fill="url(http://x.example/a#b)"/>'),
    "animation": SVG.format('<set attributeName="href" to="javascript:alert(1)"/>'),
    "filter": SVG.format("<filter/>"),
    "entity": '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("<text>&a;</text>"),
    "external entity": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("<text>&a;</text>"),
    "stylesheet": '<?xml-stylesheet href="http://x.example/a.css"?>' + SVG.format("<g/>"),
    "use bomb": SVG.format(BOMB + '<use href="#l0"/>'),
    "clip bomb": SVG.format(
        "".join(
            f'<clipPath id="c{i}">{f"<g clip-path={chr(34)}url(#c{i + 1}){chr(34)}/>" * 10}</clipPath>'
            for i in range(9)
        )
        + '<g clip-path="url(#c0)"/>'
    ),
    "circle": SVG.format('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    "itself": SVG.format('<g id="a"><use href="#a"/></g>'),
    "deep": SVG.format("<g>" * 100 + "</g>" * 100),
    "wide": SVG.format("<rect/>" * 30_000),
    "not xml": "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>",
    "no namespace": "<svg><rect/></svg>",
    "html": "<html><body><svg/></body></html>",
}


@pytest.mark.parametrize("content", [PLAIN, NOTES], ids=["plain", "with a drawing program's notes"])
def test_a_plain_svg_is_a_logo(content: str) -> None:
    assert check_logo(content.encode()) == "image/svg+xml"


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_an_svg_that_does_more_than_draw_is_refused(content: str) -> None:
    with pytest.raises(LogoRefused) as refused:
        check_logo(content.encode())
    assert refused.value.code == "LOGO_UNSAFE_SVG"


def test_another_encoding_hides_nothing() -> None:
    with pytest.raises(LogoRefused):
        check_logo(SVG.format("<script/>").encode("utf-16"))
    with pytest.raises(LogoRefused):
        check_logo(b'<?xml version="1.0" encoding="utf-7"?>' + SVG.format("+ADw-script/+AD4-\xff").encode("latin-1"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "LOGO_EMPTY"),
        (b"GIF89a", "LOGO_UNKNOWN_KIND"),
        (b"x" * (MAX_BYTES + 1), "LOGO_TOO_LARGE"),
        (png(20000, 20000), "LOGO_TOO_MANY_PIXELS"),
        (png(3000, 3000), "LOGO_TOO_MANY_PIXELS"),
        (png(0, 5), "LOGO_TOO_MANY_PIXELS"),
        (png(64, 64)[:-20], "LOGO_DAMAGED"),
        (png(64, 64)[:50] + b"\0" + png(64, 64)[51:], "LOGO_DAMAGED"),
        (b"\x89PNG\r\n\x1a\n", "LOGO_DAMAGED"),
    ],
)
def test_what_is_no_logo_is_told_why(content: bytes, code: str) -> None:
    with pytest.raises(LogoRefused) as refused:
        check_logo(content)
    assert refused.value.code == code


def test_a_png_is_a_logo() -> None:
    assert check_logo(png(64, 64)) == "image/png"


async def test_a_logo_is_drawn_once_before_it_is_accepted(pool: RendererPool) -> None:
    assert await try_logo(PLAIN.encode(), pool) == "image/svg+xml"
    assert await try_logo(png(64, 64), pool) == "image/png"


async def test_a_picture_that_takes_for_ever_is_refused() -> None:
    zigzag = "l1 1-1 1" * 15_000
    often = SVG.format(f'<path id="p" stroke="#000" d="M0 0{zigzag}"/>' + '<use href="#p"/>' * 9_000)
    assert check_logo(often.encode()) == "image/svg+xml"
    async with RendererPool(processes=1, timeout_seconds=2) as small:
        with pytest.raises(LogoRefused) as refused:
            await try_logo(often.encode(), small)
        assert refused.value.code == "LOGO_CANNOT_BE_DRAWN"
        assert await small.render("<p>x", title="", language="en", created=date(2026, 1, 1))


def test_a_logo_travels_inside_the_page() -> None:
    assert data_url(png(1, 1)).startswith("data:image/png;base64,")
    assert data_url(PLAIN.encode()).startswith("data:image/svg+xml;base64,")
