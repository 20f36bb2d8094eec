"""The fonts of all documents: our own files and nothing of the machine, so that a page looks the same everywhere."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

FONTS: Final = Path(__file__).parents[2] / "templates" / "fonts"


def fontconfig(folder: Path) -> Path:
    """Write a fontconfig file into `folder` that knows our fonts only and caches beside itself; its path.

    Not @font-face: the engine would decode the files again for every page (12 to 20 ms).
    """
    path = folder / "fonts.conf"
    if not path.exists():
        path.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
            f"<dir>{escape(str(FONTS))}</dir><cachedir>{escape(str(folder / 'cache'))}</cachedir>"
            "<config><rescan><int>0</int></rescan></config></fontconfig>"
        )
    return path


@cache
def font_files() -> tuple[Path, ...]:
    return tuple(sorted(path for path in FONTS.iterdir() if path.suffix in {".ttf", ".otf"}))


@cache
def fonts_digest() -> str:
    """SHA-256 over the names and bytes of all font files."""
    digest = sha256()
    for path in font_files():
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
