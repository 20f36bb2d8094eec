"""An issuer's two colours, made safe to print: text on them and in them stays readable whatever they are."""

import re
from dataclasses import dataclass
from typing import Final, Self

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_DEFAULT_PRIMARY: Final = "#1f3a5f"
_DEFAULT_SECONDARY: Final = "#c8a24a"
_INK: Final = "#1c2430"
_WHITE: Final = "#ffffff"

_BLACK: Final = "#000000"
# WCAG 2.2, 1.4.3: text of ordinary size.
READABLE_CONTRAST: Final = 4.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """`primary` fills, `on_primary` is text on it, `accent` is primary as text on white, `tint` a pale ground."""

    primary: str
    secondary: str
    on_primary: str
    accent: str
    tint: str
    hairline: str

    @classmethod
    def of(cls, primary: str, secondary: str) -> Self:
        """The palette of an issuer's colours; ours where a colour is not `#rrggbb`."""
        first = primary if _COLOUR.fullmatch(primary) else _DEFAULT_PRIMARY
        second = secondary if _COLOUR.fullmatch(secondary) else _DEFAULT_SECONDARY
        # White on the colour, and the colour on white, are the same contrast.
        accent = first if contrast(first, _WHITE) >= READABLE_CONTRAST else _INK
        return cls(
            primary=first,
            secondary=second,
            on_primary=max(_WHITE, _INK, key=lambda text: contrast(text, first)),
            accent=accent,
            tint=_mixed(first, _WHITE, percent=6),
            hairline=_mixed(accent, _WHITE, percent=22),
        )


def contrast(colour: str, ground: str) -> float:
    """How far two colours are apart, 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def enough(colour: str, *, on: str = _WHITE, ratio: float = READABLE_CONTRAST, towards: str = _BLACK) -> str:
    """The colour nearest to `colour`, mixed with black, that is `ratio` apart from a light ground `on`; on a dark one
    mix it `towards` white."""
    for percent in range(100, -1, -1):
        mixed = _mixed(colour, towards, percent=percent)
        if contrast(mixed, on) >= ratio:
            return mixed
    return towards


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _mixed(colour: str, ground: str, *, percent: int) -> str:
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{(over * percent + under * (100 - percent)) // 100:02x}" for over, under in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
