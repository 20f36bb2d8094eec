"""Makes the font files of this folder from Debian's packages: `python templates/fonts/subset.py EXTRACTED_FOLDER`.

EXTRACTED_FOLDER holds fonts-inter, fonts-noto-core and fonts-noto-cjk unpacked with `dpkg -x` (see README.md).
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).parent

# Latin, Greek, Cyrillic (all blocks a living European, Vietnamese or African spelling needs), punctuation, currency
# signs, arrows and the geometric shapes that names and texts use.
LATIN_GREEK_CYRILLIC = (
    *range(0x20, 0x250),
    *range(0x2B0, 0x530),
    *range(0x1D00, 0x1D80),
    *range(0x1E00, 0x2000),
    *range(0x2000, 0x2070),
    *range(0x2070, 0x20D0),
    *range(0x2100, 0x2200),
    *range(0x2200, 0x2270),
    *range(0x25A0, 0x2600),
    0x2C60,
    0x2C61,
    *range(0xA720, 0xA7A0),
    0xFB01,
    0xFB02,
    0xFFFD,
)

# The scripts of the languages that members' names are written in. One weight: names in them are short.
SCRIPTS = (
    "Arabic",
    "Armenian",
    "Bengali",
    "Devanagari",
    "Ethiopic",
    "Georgian",
    "Gujarati",
    "Gurmukhi",
    "Hebrew",
    "Kannada",
    "Khmer",
    "Lao",
    "Malayalam",
    "Mongolian",
    "Myanmar",
    "Oriya",
    "Sinhala",
    "Syriac",
    "Tamil",
    "Telugu",
    "Thaana",
    "Thai",
    "Tifinagh",
)

LAYOUT_FEATURES = ["*"]
# Where a script does not need substitutions it gets none: the PDF engine finds the character of a glyph through the
# font's character map alone, so that text drawn with alternates could be neither searched nor copied nor read aloud.
POSITIONING = ["kern", "mark", "mkmk"]


def main(extracted: Path) -> None:
    fonts = extracted / "usr/share/fonts"
    for weight in ("Regular", "SemiBold"):
        source = TTFont(fonts / f"opentype/inter/Inter-{weight}.otf")
        make_figures_tabular(source)
        save(source, LATIN_GREEK_CYRILLIC, f"Inter-{weight}.otf", POSITIONING)
    covered = set(TTFont(HERE / "Inter-Regular.otf").getBestCmap())
    rest = [code for code in LATIN_GREEK_CYRILLIC if code not in covered]
    save(TTFont(fonts / "truetype/noto/NotoSans-Regular.ttf"), rest, "NotoSans-Rest.ttf", POSITIONING)
    symbols = (*range(0x2190, 0x2200), *range(0x2300, 0x2400), *range(0x25A0, 0x2800))
    for name in ("Symbols", "Symbols2"):
        source = TTFont(fonts / f"truetype/noto/NotoSans{name}-Regular.ttf")
        save(source, symbols, f"NotoSans{name}.ttf", LAYOUT_FEATURES)
    for script in SCRIPTS:
        source = TTFont(fonts / f"truetype/noto/NotoSans{script}-Regular.ttf")
        # Not East Asian punctuation: some of these fonts draw it as their own vertical writing wants it.
        own = [code for code in source.getBestCmap() if code >= 0x370 and not 0x3000 <= code < 0x3100]
        save(source, own, f"NotoSans{script}.ttf", LAYOUT_FEATURES)
    collection = TTCollection(fonts / "opentype/noto/NotoSansCJK-Regular.ttc")
    cjk = next(font for font in collection.fonts if font["name"].getDebugName(1) == "Noto Sans CJK JP")
    save(cjk, sorted(set(common_east_asian())), "NotoSansCJK-Common.otf", ["ccmp", "kern"])


def make_figures_tabular(font: TTFont) -> None:
    """Let the digits be the ones of equal width from the start, as columns of amounts want them."""
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    tabular: dict[str, str] = {}
    for index in lookups:
        for subtable in table.LookupList.Lookup[index].SubTable:
            tabular |= getattr(subtable, "ExtSubTable", subtable).mapping
    for characters in font["cmap"].tables:
        for digit in range(ord("0"), ord("9") + 1):
            if digit in characters.cmap:
                # Some tables share one dictionary, which is then seen twice.
                characters.cmap[digit] = tabular.get(characters.cmap[digit], characters.cmap[digit])


def common_east_asian() -> Iterator[int]:
    """Kana, punctuation, and the characters of the national standards for everyday text: JIS X 0208, GB 2312,
    Big5 level 1 and KS X 1001, as Python's codecs know them."""
    yield from (*range(0x3000, 0x3100), *range(0x3100, 0x3130), *range(0xFF01, 0xFFE7))
    for codec, last_row in (("euc_jp", 0xF4), ("gb2312", 0xF7), ("euc_kr", 0xC8)):
        yield from decoded(codec, range(0xB0, last_row + 1), range(0xA1, 0xFF))
    yield from decoded("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))


def decoded(codec: str, first: range, second: range | tuple[int, ...]) -> Iterator[int]:
    for lead in first:
        for trail in second:
            try:
                yield ord(bytes((lead, trail)).decode(codec))
            except (UnicodeDecodeError, TypeError):
                continue


def save(font: TTFont, codes: "tuple[int, ...] | list[int]", name: str, features: list[str]) -> None:
    options = Options(layout_features=features, hinting=False, notdef_outline=True, name_IDs=["*"])
    options.drop_tables += ["DSIG", "MATH", "meta", "VORG", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font["head"].modified = font["head"].created  # the same input makes the same bytes
    font.recalcTimestamp = False
    font.save(HERE / name)
    print(f"{name:28} {(HERE / name).stat().st_size:>9,}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
