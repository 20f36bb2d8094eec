"""The ECB's reference rates from its own feed: fetched with limits, parsed without trust, doubted before use."""

import asyncio
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

import httpx

from backend.rules.reference_rate import Publication

# The day's file has 2 kB and the 90 days' one 150 kB; the whole history since 1999 has 8 MB.
MAX_FEED_BYTES: Final = 32 * 1024 * 1024
MAX_PUBLICATIONS: Final = 1_000_000
FETCH_SECONDS: Final = 30

# The largest honest moves from one publication to the next since 1999 are +36 % (TRY, 2021-12-21) and, in the crisis of
# 2008, of the Icelandic krona; all others stay under a quarter. Beyond it a person looks first: inverted quotes and
# shifted decimal points are far beyond (C31).
BAND: Final = Decimal("1.25")
# After a month of silence the previous rate says nothing about the next.
BAND_HOLDS_FOR: Final = timedelta(days=31)

_NAMESPACE: Final = "http://www.ecb.int/vocabulary/2002-08-01/eurofxref"
_CUBE: Final = f"{_NAMESPACE} Cube"
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_RATE: Final = re.compile(r"[0-9]{1,8}(\.[0-9]{1,10})?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_DAY: Final = date(1999, 1, 4)


class FeedUnreachable(Exception):
    """The feed could not be fetched: no connection, a timeout, or an answer other than 200. Try again later."""


class FeedRefused(ValueError):
    """What was fetched is not the ECB's format, or a part of it cannot be. Nothing of it may be used."""


async def fetch(url: str, client: httpx.AsyncClient) -> tuple[Publication, ...]:
    """The publications of a feed such as `eurofxref-daily.xml` or `-hist.xml`, as `parse` gives them.

    Plain http is refused except on this machine: an altered rate would end up on invoices. A `file:///` is read.
    Raises `FeedUnreachable`, `FeedRefused`.
    """
    parts = urlsplit(url)
    try:
        async with asyncio.timeout(FETCH_SECONDS):
            match parts.scheme:
                case "file":
                    content = await asyncio.to_thread(Path(unquote(parts.path)).read_bytes)
                case "http" if parts.hostname not in ("127.0.0.1", "::1", "localhost"):
                    raise FeedRefused("the feed is fetched over https only")
                case _:
                    content = await _download(url, client)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError) as error:
        raise FeedUnreachable(f"{type(error).__name__}: {error}") from error
    return parse(content)


def parse(xml: bytes) -> tuple[Publication, ...]:
    """All publications of a feed in its order, newest day first.

    An empty feed is refused: on holidays the ECB leaves the last day's in place. Raises `FeedRefused` and nothing
    else, whatever the bytes.
    """
    if len(xml) > MAX_FEED_BYTES:
        raise FeedRefused(f"the feed exceeds {MAX_FEED_BYTES} bytes")
    reading = _Reading()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reading.start
    # Without a document type there are no entities: none to expand a billion times, none to read a local file.
    parser.StartDoctypeDeclHandler = reading.refuse_doctype
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise FeedRefused(f"the feed is no XML: {expat.errors.messages[error.code]}") from None
    except (LookupError, ValueError) as error:
        if isinstance(error, FeedRefused):
            raise
        # An encoding that Python does not know, or one that lies.
        raise FeedRefused("the feed is in no encoding that can be read") from None
    if not reading.publications:
        raise FeedRefused("the feed holds no rates")
    return tuple(reading.publications.values())


def is_within_band(publication: Publication, previous: Publication | None) -> bool:
    """Whether the rate is within a quarter of the `previous` one of its currency. A rate outside waits for a person.

    Without a previous rate, or after more than 31 days, there is nothing to compare with and the answer is yes.
    """
    if previous is None or abs(publication.published_on - previous.published_on) > BAND_HOLDS_FOR:
        return True
    assert publication.currency == previous.currency
    low, high = sorted((publication.per_euro, previous.per_euro))
    return high <= low * BAND


def publication(currency: str, per_euro: str, published_on: str) -> Publication:
    """A publication from the ECB's three words (`SEK`, `10.978`, `2026-10-30`). Raises `FeedRefused`."""
    if not _CURRENCY.fullmatch(currency) or currency == "EUR":
        raise FeedRefused("a currency is not three capital letters, or the euro itself")
    if not _RATE.fullmatch(per_euro) or not Decimal(per_euro):
        raise FeedRefused(f"the rate of {currency} is no positive number")
    return Publication(currency=currency, per_euro=Decimal(per_euro), published_on=day(published_on))


def day(text: str) -> date:
    """A day since the first publication (1999-01-04). Raises `FeedRefused`."""
    try:
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None or found < _FIRST_DAY:
        raise FeedRefused("a day is no date since 1999")
    return found


async def _download(url: str, client: httpx.AsyncClient) -> bytes:
    # Compressed, a small answer could grow beyond any limit before it is counted.
    headers = {"Accept-Encoding": "identity"}
    async with client.stream("GET", url, headers=headers, timeout=FETCH_SECONDS, follow_redirects=False) as response:
        # A redirect is not followed: the ECB's hosts have moved before, and a person decides where we ask next.
        if response.status_code != httpx.codes.OK:
            raise FeedUnreachable(f"HTTP {response.status_code}")
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise FeedRefused("the feed is compressed although we asked for plain text")
        received = bytearray()
        async for chunk in response.aiter_raw():
            received += chunk
            if len(received) > MAX_FEED_BYTES:
                raise FeedRefused(f"the feed exceeds {MAX_FEED_BYTES} bytes")
    return bytes(received)


class _Reading:
    """What has been read so far: `<Cube time="2026-10-30">` opens a day, `<Cube currency= rate=>` are its rates."""

    def __init__(self) -> None:
        self.publications: dict[tuple[str, str], Publication] = {}
        self._day = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != _CUBE:
            return
        if "time" in attributes:
            self._day = attributes["time"]
        if "currency" in attributes or "rate" in attributes:
            self._add(attributes.get("currency", ""), attributes.get("rate", ""))

    def refuse_doctype(self, *_: object) -> None:
        raise FeedRefused("the feed has a document type")

    def _add(self, currency: str, rate: str) -> None:
        key = (self._day, currency)
        if key in self.publications:
            raise FeedRefused(f"{currency} is published twice on {self._day}")
        self.publications[key] = publication(currency, rate, self._day)
        if len(self.publications) > MAX_PUBLICATIONS:
            raise FeedRefused(f"the feed holds more than {MAX_PUBLICATIONS} rates")
