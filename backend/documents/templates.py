"""The template files of what is printed and mailed, `templates/{room}/{template}/{lang}.html`, and which one is used.

A language file is a list of words (Jinja blocks) that extends whatever `layout` it is rendered with: the printed page,
the accessible page or the e-mail. So a translation is one file, and all three always say the same.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from backend.documents.printable import direction
from backend.documents.qr import qr_svg

FOLDER: Final = Path(__file__).parents[2] / "templates"
INVOICE: Final = "invoice"
LETTER: Final = "letter"
STANDARD: Final = "standard"
FALLBACK: Final = "en"

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The template and language a document is rendered with; `fallback` when it is not the language asked for."""

    template: str
    language: str
    fallback: bool
    room: str = INVOICE

    @property
    def folder(self) -> str:
        return f"{self.room}/{self.template}"


def choose(*, template: str, language: str, platform: bool) -> Chosen:
    """Which file renders a document. Platform invoices are always in English (S002-26), and that is no fallback.

    A template of the tenant's own naming that has no folder is branding only, and uses `standard`.
    """
    folder = template if _NAME.fullmatch(template) and (FOLDER / INVOICE / template).is_dir() else STANDARD
    if platform:
        return Chosen(template=folder, language=FALLBACK, fallback=False)
    if language in languages(folder):
        return Chosen(template=folder, language=language, fallback=False)
    return Chosen(template=folder, language=FALLBACK, fallback=True)


@cache
def languages(template: str, room: str = INVOICE) -> frozenset[str]:
    """The languages `template` is translated into."""
    return frozenset(path.stem for path in (FOLDER / room / template).glob("*.html") if not path.stem.startswith("_"))


def rendered(chosen: Chosen, layout: str, values: Mapping[str, Any]) -> str:
    """The words of `chosen.language` in the file `layout` of the same template."""
    page = environment().get_template(f"{chosen.folder}/{chosen.language}.html")
    return page.render(values, layout=f"{chosen.folder}/{layout}", folder=chosen.folder)


def words_of(chosen: Chosen) -> Callable[[str], str]:
    """The plain words of a language file, by the name of their block: those that need no invoice."""
    page = environment().get_template(f"{chosen.folder}/{chosen.language}.html")
    context = page.new_context()
    return lambda name: "".join(page.blocks[name](context))


@cache
def environment() -> Environment:
    """One environment for the process: building one costs as much as rendering a page."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.filters["foreign"] = _foreign
    made.filters["qr"] = lambda payload: Markup(qr_svg(payload))  # noqa: S704, made of numbers only
    return made


@cache
def template_digest(folder: str) -> str:
    """SHA-256 over the names and bytes of all files of a template."""
    digest = sha256()
    for path in sorted((FOLDER / folder).iterdir()):
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def renderer() -> str:
    """The programs that decide what the bytes are, with their versions."""
    return ", ".join(f"{name} {version(name)}" for name in ("plutoprint", "babel", "segno", "jinja2"))


def _foreign(text: str) -> Markup:
    """A text that may run from right to left inside a page that does not.

    The direction is computed: `dir="auto"` puts the final full stop of an Arabic text on the wrong side.
    """
    if direction(text) == "ltr":
        return Markup.escape(text)
    return Markup('<span dir="rtl">{}</span>').format(text)
