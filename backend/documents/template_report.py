"""What is wrong or missing with a template, found by the functions that print it: languages, letters, room, colours."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from backend.documents.fitting import lines_of
from backend.documents.palette import READABLE_CONTRAST, Palette, contrast, enough
from backend.documents.preview import Design, preview_of
from backend.documents.printable import Printer
from backend.documents.sample import SampleIssuer
from backend.documents.templates import Chosen, choose, words_of
from backend.documents.view import FOOTER_MILLIMETRES, FOOTER_POINTS, DocumentView, footer_text_lines
from backend.values.languages import TRANSLATED, in_language

FindingCode = Literal[
    "words_missing",
    "text_missing",
    "glyphs_missing",
    "text_cut_off",
    "text_long",
    "contrast_low",
    "colour_replaced",
    "logo_missing",
    "account_missing",
]
Severity = Literal["problem", "warning", "hint"]
FindingField = Literal[
    "",
    "primary_colour",
    "logo",
    "header",
    "footer",
    "payment_instructions",
    "issuer_name",
    "issuer_address",
    "issuer_contact",
    "account",
    "account_holder",
]

# Of each field a few, and for each text one for every language that stands in.
MAX_FINDINGS: Final = 100

# The boxes of `_print.css`: what is higher pushes the rest of the page down.
_HEADER_LINES: Final = 4
_INSTRUCTION_LINES: Final = 8
_HEADER_POINTS, _HEADER_MILLIMETRES = 8, 95
_INSTRUCTION_POINTS, _INSTRUCTION_MILLIMETRES = 8, 118
# Of `.footer`: 18 mm and 4 mm for each line of text, at 7.2 points and a line height of 1.55.
_FOOTER_BASE, _FOOTER_STEP, _FOOTER_LINE = 18, 4, 7.2 * 1.55 * 25.4 / 72
_WHITE: Final = "#ffffff"
_SEVERITY_ORDER: Final[tuple[Severity, ...]] = ("problem", "warning", "hint")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to look at. `field` is that of the form (or of the issuer); `languages` those it concerns, or none.

    `characters` have no glyph; `actual` and `limit` are lines or contrasts; `suggestion` is what would be enough: a
    colour, or the language that stands in.
    """

    code: FindingCode
    severity: Severity
    field: FindingField
    languages: tuple[str, ...] = ()
    characters: str = ""
    actual: float | None = None
    limit: float | None = None
    suggestion: str = ""


def template_report(design: Design, issuer: SampleIssuer) -> tuple[Finding, ...]:
    """What a treasurer should know before saving, the worst first."""
    texts = _texts(design)
    languages = _languages(design, issuer)
    found = [
        *_colours(design),
        *_letters(texts, issuer),
        *_room(design, issuer, languages),
        *_words(languages),
        *_translations(texts, languages),
        *_parts(design, issuer),
    ]
    return tuple(sorted(found, key=lambda each: _SEVERITY_ORDER.index(each.severity))[:MAX_FINDINGS])


def _texts(design: Design) -> Mapping[FindingField, Mapping[str, str]]:
    return {"header": design.header, "footer": design.footer, "payment_instructions": design.payment_instructions}


def _languages(design: Design, issuer: SampleIssuer) -> tuple[str, ...]:
    """Those we print in, and those somebody wrote a text in. A platform's invoices are in English only."""
    if issuer.issuer_type == "platform":
        return ("en",)
    written = {language for texts in _texts(design).values() for language in texts}
    return (*TRANSLATED, *sorted(written - set(TRANSLATED)))


def _colours(design: Design) -> Iterator[Finding]:
    palette = Palette.of(design.primary_colour, design.secondary_colour)
    on_it = contrast(palette.on_primary, palette.primary)
    if on_it < READABLE_CONTRAST:
        # A ground in between, on which neither is clear: darkened it carries white text.
        yield Finding(
            code="contrast_low",
            severity="warning",
            field="primary_colour",
            actual=on_it,
            limit=READABLE_CONTRAST,
            suggestion=enough(palette.primary),
        )
    elif palette.accent != palette.primary:
        yield Finding(
            code="colour_replaced",
            severity="hint",
            field="primary_colour",
            actual=contrast(palette.primary, _WHITE),
            limit=READABLE_CONTRAST,
            suggestion=enough(palette.primary),
        )


def _letters(texts: Mapping[FindingField, Mapping[str, str]], issuer: SampleIssuer) -> Iterator[Finding]:
    for name, by_language in texts.items():
        missing = {language: _missing(text) for language, text in by_language.items()}
        if characters := "".join(sorted(set("".join(missing.values())))):
            concerned = tuple(language for language, letters in missing.items() if letters)
            yield _unprintable(name, characters, concerned)
    identity, account = issuer.identity, issuer.account
    address = identity.address
    printed: tuple[tuple[FindingField, tuple[str, ...]], ...] = (
        ("issuer_name", (identity.name,)),
        ("issuer_address", (address.street, address.postal_code, address.city)),
        ("issuer_contact", (identity.email, identity.phone, identity.website)),
        ("account_holder", (account.holder,) if account else ()),
    )
    for name, parts in printed:
        if characters := _missing(" ".join(parts)):
            yield _unprintable(name, characters, ())


def _unprintable(field: FindingField, characters: str, languages: tuple[str, ...]) -> Finding:
    return Finding(
        code="glyphs_missing", severity="problem", field=field, languages=languages, characters=characters[:40]
    )


def _missing(text: str) -> str:
    printer = Printer()
    printer(text)
    return "".join(sorted(printer.missing))


def _room(design: Design, issuer: SampleIssuer, languages: Iterable[str]) -> Iterator[Finding]:
    """Texts that are cut off, or so long that they push the invoice down."""
    cut: dict[str, tuple[int, int]] = {}
    for language in languages:
        view = preview_of(design, language, of=issuer, logo=None).view
        taken, room = footer_text_lines(view.footer), _footer_room(view)
        if taken > room:
            cut[language] = (taken, room)
    if cut:
        yield Finding(
            code="text_cut_off",
            severity="problem",
            field="footer",
            languages=tuple(cut),
            actual=max(taken for taken, _ in cut.values()),
            limit=min(room for _, room in cut.values()),
        )
    yield from _long("header", design.header, _HEADER_LINES, _HEADER_POINTS, _HEADER_MILLIMETRES)
    yield from _long(
        "payment_instructions",
        design.payment_instructions,
        _INSTRUCTION_LINES,
        _INSTRUCTION_POINTS,
        _INSTRUCTION_MILLIMETRES,
    )


def _footer_room(view: DocumentView) -> int:
    """How many lines of text fit below the issuer's own lines."""
    words = words_of(Chosen(template="standard", language=view.language, fallback=False))
    own = 1 + sum(
        lines_of(" \u00b7 ".join(part for part in parts if part), points=FOOTER_POINTS, millimetres=FOOTER_MILLIMETRES)
        for parts in _issuer_lines(view, words)
    )
    return max(0, int((_FOOTER_BASE + _FOOTER_STEP * view.footer_lines) / _FOOTER_LINE) - own)


def _issuer_lines(view: DocumentView, words: Callable[[str], str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """As `_issuer.html` writes them: registration, then contact."""
    issuer, bankgiro = view.issuer, view.payment.bankgiro
    number = issuer.organisation_number and f"{words('organisation_number')} {issuer.organisation_number}"
    vat = issuer.vat_number and f"{words('vat_number')} {issuer.vat_number}"
    giro = bankgiro and f"{words('bankgiro')} {bankgiro}"
    return (", ".join(issuer.address), number, vat), (issuer.email, issuer.phone, issuer.website, giro)


def _long(
    field: FindingField, texts: Mapping[str, str], limit: int, points: float, millimetres: float
) -> Iterator[Finding]:
    taken = {language: lines_of(text, points=points, millimetres=millimetres) for language, text in texts.items()}
    long = {language: lines for language, lines in taken.items() if lines > limit}
    if long:
        yield Finding(
            code="text_long",
            severity="warning",
            field=field,
            languages=tuple(long),
            actual=max(long.values()),
            limit=limit,
        )


def _words(languages: Iterable[str]) -> Iterator[Finding]:
    """Languages the printed words themselves are not translated into."""
    lacking = tuple(
        language for language in languages if choose(template="standard", language=language, platform=False).fallback
    )
    if lacking:
        yield Finding(code="words_missing", severity="warning", field="", languages=lacking, suggestion="en")


def _translations(texts: Mapping[FindingField, Mapping[str, str]], languages: Iterable[str]) -> Iterator[Finding]:
    """Texts that are there in one language and not in another, by the language that stands in."""
    for field, by_language in texts.items():
        standing_in: dict[str, list[str]] = defaultdict(list)
        for language in languages:
            printed = in_language(by_language, language)
            if printed and language not in by_language:
                source = next(each for each, text in by_language.items() if text == printed)
                standing_in[source].append(language)
        for source, lacking in standing_in.items():
            yield Finding(
                code="text_missing", severity="warning", field=field, languages=tuple(lacking), suggestion=source
            )


def _parts(design: Design, issuer: SampleIssuer) -> Iterator[Finding]:
    if not design.logo:
        yield Finding(code="logo_missing", severity="hint", field="logo")
    if issuer.account is None:
        yield Finding(code="account_missing", severity="problem", field="account")
