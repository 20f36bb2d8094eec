"""Which SVG files are pictures and nothing else: a list of allowed elements, no address outside the file, and a limit
on how much drawing references can multiply to (twelve lines of nested `use` are a billion shapes)."""

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"

ELEMENTS: Final = frozenset(
    (
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "title",
        "desc",
        "metadata",
        "style",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
    )
)
# Counted with every reference followed, as the engine would draw them.
MAX_DRAWN: Final = 20_000
MAX_DEPTH: Final = 60
MAX_ATTRIBUTE: Final = 200_000

# The separator expat puts between a namespace and a name.
_SEPARATOR: Final = " "
_URL: Final = re.compile(r"url\(\s*[\"']?\s*([^)\"']*)", re.IGNORECASE)
_FRAGMENT: Final = re.compile(r"#([^\s)\"']+)")
# In style sheets, what could load or hide something. A backslash can spell any of the others.
_UNSAFE_STYLE: Final = re.compile(r"@|\\|expression|javascript:|image\(|image-set|-moz-binding|behavior", re.IGNORECASE)


class SvgRefused(ValueError):
    """The file is not a plain picture. The message finishes the sentence "it …"."""


@dataclass(slots=True)
class _Element:
    """What counts of one element: its children, and the fragments it refers to."""

    identifier: str
    children: list["_Element"] = field(default_factory=list)
    references: list[str] = field(default_factory=list)


def check_svg(content: bytes) -> None:
    """Raises `SvgRefused` unless `content` is a plain picture."""
    # One encoding only, so that nothing can hide in another.
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        raise SvgRefused("it is not UTF-8") from None
    reader = _Reader()
    reader.read(content)
    _check_amount(reader)


class _Reader:
    """Walks over the document once. Expat itself loads nothing; entities are refused before they can grow."""

    def __init__(self) -> None:
        self.root: _Element | None = None
        self.by_identifier: dict[str, _Element] = {}
        self._open: list[_Element] = []
        self._foreign_depth = 0
        self._style: list[str] | None = None

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate("utf-8", _SEPARATOR)
        parser.StartDoctypeDeclHandler = _doctype
        parser.EntityDeclHandler = _entity
        parser.ProcessingInstructionHandler = _instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.buffer_text = True
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise SvgRefused(f"it is not well-formed (line {error.lineno})") from None
        if self.root is None:
            raise SvgRefused("it has no svg element")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(_SEPARATOR)
        if self.root is None and (namespace, local) != (SVG, "svg"):
            raise SvgRefused("its outermost element is not an SVG of that namespace")
        # Drawing programs leave notes in namespaces of their own; nobody draws them.
        if self._foreign_depth or namespace != SVG:
            self._foreign_depth += 1
            return
        if local not in ELEMENTS:
            raise SvgRefused(f"it holds <{local[:40]}>, and only shapes, texts, gradients, clips and masks are allowed")
        element = _Element(attributes.get("id", ""))
        for key, value in attributes.items():
            _check_attribute(key, value, element)
        if len(self._open) >= MAX_DEPTH:
            raise SvgRefused(f"it is nested deeper than {MAX_DEPTH} elements")
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        if element.identifier:
            self.by_identifier.setdefault(element.identifier, element)
        self._open.append(element)
        self._style = [] if local == "style" else self._style

    def _end(self, name: str) -> None:
        if self._foreign_depth:
            self._foreign_depth -= 1
            return
        element = self._open.pop()
        if name.endswith(f"{_SEPARATOR}style") and self._style is not None:
            _check_style("".join(self._style), element)
            self._style = None

    def _text(self, text: str) -> None:
        if self._style is not None and not self._foreign_depth:
            self._style.append(text)


def _doctype(_name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
    # Illustrator names the W3C's DTD, which nobody loads; declarations inside the file are another matter.
    if has_internal_subset:
        raise SvgRefused("it declares a document type of its own")


def _entity(*_: object) -> None:
    raise SvgRefused("it declares entities")


def _instruction(target: str, _data: str) -> None:
    raise SvgRefused(f"it holds a processing instruction ({target[:40]})")


def _check_attribute(key: str, value: str, element: _Element) -> None:
    namespace, _, local = key.rpartition(_SEPARATOR)
    if len(value) > MAX_ATTRIBUTE:
        raise SvgRefused(f"its attribute {local[:40]} is too long")
    if local.lower().startswith("on"):
        raise SvgRefused("it holds a script")
    if local in {"href", "src"} and namespace in {"", _XLINK}:
        if not value.strip().startswith("#"):
            raise SvgRefused("it refers to something outside itself")
        element.references.append(value.strip()[1:])
    elif not namespace:
        _check_style(value, element, is_sheet=local == "style")


def _check_style(text: str, element: _Element, *, is_sheet: bool = True) -> None:
    if is_sheet and _UNSAFE_STYLE.search(text):
        raise SvgRefused("its style sheet holds more than plain rules")
    for address in _URL.findall(text):
        fragment = _FRAGMENT.fullmatch(address.strip())
        if fragment is None:
            raise SvgRefused("it refers to something outside itself")
        element.references.append(fragment[1])


def _check_amount(reader: _Reader) -> None:
    """Count what is drawn when every reference is followed. A circle of references has no end, and is refused."""
    weights: dict[int, int] = {}
    underway: set[int] = set()

    def weight(element: _Element, depth: int) -> int:
        key = id(element)
        if key in weights:
            return weights[key]
        if key in underway or depth > 2 * MAX_DEPTH:
            raise SvgRefused("its parts refer to each other in a circle")
        underway.add(key)
        drawn = 1
        targets = [reader.by_identifier[name] for name in element.references if name in reader.by_identifier]
        for part in (*element.children, *targets):
            drawn += weight(part, depth + 1)
            if drawn > MAX_DRAWN:
                raise SvgRefused(f"it draws more than {MAX_DRAWN:,} elements")
        underway.discard(key)
        weights[key] = drawn
        return drawn

    assert reader.root is not None
    weight(reader.root, 0)
