"""The ECB's rates: exactly what was published, or nothing."""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.outbound import ecb
from backend.outbound.ecb import FeedRefused, FeedUnreachable, fetch, is_within_band, parse
from backend.outbound.ecb_history import history
from backend.rules.reference_rate import Publication
from backend.values.currency import EXPONENTS
from tests.given.ecb_server import a_feed, an_ecb_server

FRIDAY = date(2026, 10, 30)
THURSDAY = date(2026, 10, 29)
DAILY = a_feed({FRIDAY: {"USD": "1.1172", "JPY": "175.68", "SEK": "10.978"}})


def published(currency: str, per_euro: str, on: date = FRIDAY) -> Publication:
    return Publication(currency=currency, per_euro=Decimal(per_euro), published_on=on)


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as opened:
        yield opened


async def test_the_daily_feed_is_read_over_http(client: httpx.AsyncClient) -> None:
    """S002-28, S002-64: currency, units per euro and publication date, digit by digit."""
    async with an_ecb_server(DAILY) as server:
        assert await fetch(server.url, client) == (
            published("USD", "1.1172"),
            published("JPY", "175.68"),
            published("SEK", "10.978"),
        )


async def test_a_feed_in_a_file_is_read(client: httpx.AsyncClient, tmp_path: Path) -> None:
    """S002-28: for a machine without a way out."""
    path = tmp_path / "daily feed.xml"
    path.write_bytes(DAILY)
    assert len(await fetch(path.as_uri(), client)) == 3
    with pytest.raises(FeedUnreachable):
        await fetch((tmp_path / "none.xml").as_uri(), client)


def test_the_history_feed_holds_many_days() -> None:
    """S002-28: the same format with more days."""
    feed = a_feed({FRIDAY: {"SEK": "10.978"}, THURSDAY: {"SEK": "10.9995"}})
    assert parse(feed) == (published("SEK", "10.978"), published("SEK", "10.9995", THURSDAY))


@pytest.mark.parametrize("status", [204, 301, 404, 500, 503])
async def test_any_answer_but_200_is_unreachable(client: httpx.AsyncClient, status: int) -> None:
    """C31: legacy hosts that redirect or are gone are an alarm, not an empty day."""
    async with an_ecb_server(b"" if status == 204 else DAILY) as server:
        server.status, server.headers = status, {"Location": server.url}
        with pytest.raises(FeedUnreachable):
            await fetch(server.url, client)
        assert server.asked == 1


async def test_a_broken_connection_is_unreachable(client: httpx.AsyncClient) -> None:
    """C31: half a feed is no feed."""
    async with an_ecb_server(DAILY) as server:
        server.breaks_off_after = 300
        with pytest.raises(FeedUnreachable):
            await fetch(server.url, client)
    with pytest.raises(FeedUnreachable):
        await fetch(server.url, client)


async def test_a_slow_feed_is_given_up(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """S002-28: the scheduler never hangs on the ECB."""
    monkeypatch.setattr(ecb, "FETCH_SECONDS", 1)
    async with an_ecb_server(DAILY) as server:
        server.headers = {"Content-Length": "9999", "Connection": "keep-alive"}
        with pytest.raises(FeedUnreachable):
            await fetch(server.url, client)


async def test_an_endless_or_compressed_feed_is_refused(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S002-28: limits on everything that grows."""
    monkeypatch.setattr(ecb, "MAX_FEED_BYTES", 200)
    async with an_ecb_server(DAILY) as server:
        with pytest.raises(FeedRefused):
            await fetch(server.url, client)
        server.headers = {"Content-Encoding": "gzip"}
        with pytest.raises(FeedRefused):
            await fetch(server.url, client)


@pytest.mark.parametrize("url", ["http://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml", "http://10.0.0.1/x"])
async def test_plain_http_is_refused(client: httpx.AsyncClient, url: str) -> None:
    """S002-28: nobody on the way may change a rate."""
    with pytest.raises(FeedRefused):
        await fetch(url, client)


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<html><body>Maintenance</body></html>",
        b'{"rates": {}}',
        a_feed({}),
        a_feed({FRIDAY: {}}),
        DAILY[:-20],
        DAILY.replace(b'<?xml version="1.0" encoding="UTF-8"?>', BOMB),
        DAILY.replace(b"UTF-8", b"klingon"),
        DAILY.replace(b"UTF-8", b"UTF-16"),
        DAILY.replace(b"10.978", b"\xff"),
        DAILY.replace(b"10.978", b"10,978"),
        DAILY.replace(b"10.978", b"-10.978"),
        DAILY.replace(b"10.978", b"0.000"),
        DAILY.replace(b"10.978", b"NaN"),
        DAILY.replace(b"10.978", b"1e5"),
        DAILY.replace(b"10.978", b""),
        DAILY.replace(b"10.978", b"999999999"),
        DAILY.replace(b"10.978", "١٠".encode()),
        DAILY.replace(b"'SEK'", b"'sek'"),
        DAILY.replace(b"'SEK'", b"'EUR'"),
        DAILY.replace(b"'SEK'", b"'USD'"),
        DAILY.replace(b"2026-10-30", b"2026-02-30"),
        DAILY.replace(b"2026-10-30", b"30.10.2026"),
        DAILY.replace(b"2026-10-30", b"1026-10-30"),
        DAILY.replace(b"time='2026-10-30'", b""),
        DAILY.replace(b'eurofxref"', b'other"'),
    ],
)
def test_whatever_is_not_the_feed_is_refused_as_a_whole(xml: bytes) -> None:
    """C31: no silent substitution, no entities, no half day."""
    with pytest.raises(FeedRefused):
        parse(xml)


@given(
    st.binary(max_size=300)
    | st.integers(0, len(DAILY)).flatmap(
        lambda at: st.binary(max_size=4).map(lambda junk: DAILY[:at] + junk + DAILY[at + 1 :])
    )
)
def test_arbitrary_bytes_are_parsed_or_refused(xml: bytes) -> None:
    """S002-28: nothing but FeedRefused, and no rate that is not positive."""
    with suppress(FeedRefused):
        assert all(each.per_euro > 0 for each in parse(xml))


@pytest.mark.parametrize(
    ("before", "after", "fits"),
    [
        ("10.978", "11.0205", True),
        ("10.978", "13.7225", True),
        ("10.978", "13.7226", False),
        ("10.978", "8.7824", True),
        ("10.978", "8.7823", False),
        ("10.978", "0.0910913", False),
        ("10.978", "109.78", False),
    ],
)
def test_the_band_catches_inverted_and_shifted_rates(before: str, after: str, fits: bool) -> None:
    """C31: a quarter either way, against the previous publication."""
    assert is_within_band(published("SEK", after), published("SEK", before, THURSDAY)) is fits


def test_without_a_recent_rate_there_is_nothing_to_compare_with() -> None:
    """C31: the first rate ever, and the first after a long silence."""
    assert is_within_band(published("SEK", "1"), None)
    assert is_within_band(published("ISK", "125"), published("ISK", "290", date(2008, 12, 9)))


def test_the_packaged_history_is_exact() -> None:
    """S002-28: read as text; 10.978 is 10.978."""
    rates = list(history({"SEK", "EUR", "XXX"}, since=THURSDAY))
    assert published("SEK", "10.978") in rates
    assert published("SEK", "10.9995", THURSDAY) in rates
    assert {each.currency for each in rates} == {"SEK"}
    days = [each.published_on for each in rates]
    assert days == sorted(days, reverse=True)
    assert days[-1] == THURSDAY


def test_the_whole_history_stays_in_the_band_but_for_known_days() -> None:
    """C31: the band is wide enough that a person is asked about once in ten years."""
    previous: dict[str, Publication] = {}
    outside = []
    for each in reversed(list(history(EXPONENTS, since=date(1999, 1, 1)))):
        if not is_within_band(each, previous.get(each.currency)):
            outside.append((each.currency, each.published_on.year))
        previous[each.currency] = each
    assert sorted(outside) == [("ISK", 2008), ("ISK", 2008), ("TRY", 2021)]
    assert previous["SEK"].published_on >= FRIDAY
