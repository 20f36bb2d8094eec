"""An issuer's colour on a screen, light and dark: darkened or lightened until it can be read (WCAG 2.2, 1.4.3)."""

import re
from dataclasses import dataclass
from typing import Final, Self

# The grounds of `_public.css`: the one of each theme on which text in the issuer's colour is hardest to read.
LIGHT_GROUND: Final = "#eef1f4"
DARK_GROUND: Final = "#1c232b"
# What level AA asks of text of ordinary size.
CONTRAST: Final = 4.5

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_DEFAULT: Final = "#1f3a5f"
_STEPS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenPalette:
    """`band` is the colour as it was chosen; `light` and `dark` are texts and buttons of each theme."""

    band: str
    light: str
    dark: str

    @classmethod
    def of(cls, colour: str) -> Self:
        """The palette of an issuer's primary colour; ours where it is not `#rrggbb`."""
        band = colour if _COLOUR.fullmatch(colour) else _DEFAULT
        return cls(
            band=band, light=_readable(band, LIGHT_GROUND, towards="#000000"),
            dark=_readable(band, DARK_GROUND, towards="#ffffff"),
        )  # fmt: skip


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _readable(colour: str, ground: str, *, towards: str) -> str:
    for step in range(_STEPS + 1):
        mixed = _mixed(colour, towards, step)
        if contrast(mixed, ground) >= CONTRAST:
            return mixed
    return towards


def _mixed(colour: str, other: str, step: int) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{(one * (_STEPS - step) + two * step) // _STEPS:02x}" for one, two in pairs)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
