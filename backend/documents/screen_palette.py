"""An issuer's colour on a screen, light and dark: darkened or lightened until it can be read (WCAG 2.2, 1.4.3)."""

from dataclasses import dataclass
from typing import Final, Self

from backend.documents.palette import Palette, enough

# The grounds of `_public.css`: the one of each theme on which text in the issuer's colour is hardest to read.
LIGHT_GROUND: Final = "#eef1f4"
DARK_GROUND: Final = "#1c232b"
_WHITE: Final = "#ffffff"
# More than level AA asks: a dark colour that only just meets it on a dark ground looks like a button that is off.
_BRIGHT: Final = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenPalette:
    """`band` is the colour as it was chosen; `light` and `dark` are texts and buttons of each theme."""

    band: str
    light: str
    dark: str

    @classmethod
    def of(cls, colour: str) -> Self:
        """The palette of an issuer's primary colour; ours where it is not `#rrggbb`."""
        band = Palette.of(colour, "").primary
        return cls(
            band=band,
            light=enough(band, on=LIGHT_GROUND),
            dark=enough(band, on=DARK_GROUND, ratio=_BRIGHT, towards=_WHITE),
        )
