"""Whatever colour an issuer chose, text in it can be read in both themes."""

import pytest

from backend.documents.palette import READABLE_CONTRAST, contrast
from backend.documents.screen_palette import DARK_GROUND, LIGHT_GROUND, ScreenPalette

COLOURS = ("#000000", "#ffffff", "#ffff00", "#00ff00", "#ff0000", "#0000ff", "#808080", "#123a6b", "#c8a24a", "#fefefe")


@pytest.mark.parametrize("colour", COLOURS)
def test_text_in_the_issuers_colour_can_be_read(colour: str) -> None:
    """WCAG 2.2 AA, 1.4.3: also on the ground of each theme that is hardest to read on."""
    palette = ScreenPalette.of(colour)
    assert contrast(palette.light, LIGHT_GROUND) >= READABLE_CONTRAST
    assert contrast(palette.dark, DARK_GROUND) >= READABLE_CONTRAST
    # On buttons the text is white, or the darkest ground.
    assert contrast(palette.light, "#ffffff") >= READABLE_CONTRAST
    assert contrast(palette.dark, "#11161b") >= READABLE_CONTRAST


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert ScreenPalette.of("#123a6b").light == "#123a6b"


@pytest.mark.parametrize("text", ["", "red", "#12", "#12345g", "#123456;}body{display:none"])
def test_what_is_no_colour_never_reaches_the_page(text: str) -> None:
    assert ScreenPalette.of(text) == ScreenPalette.of("")
