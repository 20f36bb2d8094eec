"""`python -m tests.e2e.album`: the last end-to-end run's pictures as one small sheet per screen, for docs/screens."""

from pathlib import Path
from typing import Final

from PIL import Image

from backend.runtime.settings import REPOSITORY
from tests.e2e.conftest import pictures
from tests.e2e.screens import SCREENS

ALBUM: Final = REPOSITORY / "docs" / "screens"
# A sheet: light above, dark below; a desk on the left, a telephone on the right.
THEMES: Final = ("light", "dark")
WIDTHS: Final = (1440, 390)
ROW_HEIGHT: Final = 600
GAP: Final = 12
PAPER: Final = (128, 128, 128)
QUALITY: Final = 55
INTRODUCTION: Final = """# Every screen

As a real browser showed them in the last end-to-end run: 1440 and 390 pixels wide, light and dark, in Swedish.
`./carreau test e2e` takes the pictures and looks at each with axe; `python -m tests.e2e.album` makes these sheets. The
console of the platform is in English, and so are the date fields, which are the browser's own: it speaks nothing else.
"""


def main() -> None:
    """Writes one sheet for each screen that has all its pictures, and the page that shows them."""
    ALBUM.mkdir(parents=True, exist_ok=True)
    for old in ALBUM.glob("*.webp"):
        old.unlink()
    shown = [screen.name for screen in SCREENS if _write_sheet(screen.name, pictures())]
    missing = sorted({screen.name for screen in SCREENS} - set(shown))
    if missing:
        raise SystemExit(f"no pictures of {', '.join(missing)}: run ./carreau test e2e first")
    page = INTRODUCTION + "".join(f"\n## {_title(name)}\n\n![{_title(name)}]({name}.webp)\n" for name in shown)
    (ALBUM / "README.md").write_text(page)


def _write_sheet(name: str, folder: Path) -> bool:
    found = {(theme, width): folder / f"{name}-{width}-{theme}.png" for theme in THEMES for width in WIDTHS}
    if not all(path.exists() for path in found.values()):
        return False
    rows = [[_scaled(found[theme, width]) for width in WIDTHS] for theme in THEMES]
    width = sum(picture.width for picture in rows[0]) + 3 * GAP
    sheet = Image.new("RGB", (width, len(rows) * (ROW_HEIGHT + GAP) + GAP), PAPER)
    for number, row in enumerate(rows):
        left = GAP
        for picture in row:
            sheet.paste(picture, (left, GAP + number * (ROW_HEIGHT + GAP)))
            left += picture.width + GAP
    sheet.save(ALBUM / f"{name}.webp", quality=QUALITY, method=6)
    return True


def _scaled(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        width = picture.width * ROW_HEIGHT // picture.height
        return picture.convert("RGB").resize((width, ROW_HEIGHT), Image.Resampling.LANCZOS)


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


if __name__ == "__main__":
    main()
