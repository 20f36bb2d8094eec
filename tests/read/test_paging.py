"""Pages: every row once, whichever way one goes; cursors of strangers and vandals are refused (E.1, S003 limits)."""

import base64
import contextlib
import json
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.read.paging import PAGE_LIMIT, BadCursor, BadPage, Order, PageRequest

ORDER = Order("invoices-due-up", (("due_on", "date"), ("number", "text"), ("id", "uuid"), ("n", "bigint")))
KEY = (date(2026, 11, 20), "FAKTURA-2026-000001 é\u2028", UUID(int=7), -3)


def forged(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(parts)).encode()).decode().rstrip("=")


def test_a_cursor_is_read_as_it_was_written() -> None:
    """E.1: an opaque text that stands for one row."""
    cursor = ORDER.write(KEY)
    assert ORDER.read(cursor) == KEY
    assert "FAKTURA" not in cursor


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "%%%%",
        "é",
        "AAAA",
        "A" * 10_000,
        forged(),
        forged("invoices-due-up"),
        forged("other", "2026-11-20", "n", str(UUID(int=7)), 1),
        forged("invoices-due-up", "2026-11-31", "n", str(UUID(int=7)), 1),
        forged("invoices-due-up", "2026-11-20", "n\0", str(UUID(int=7)), 1),
        forged("invoices-due-up", "2026-11-20", "\ud800", str(UUID(int=7)), 1),
        forged("invoices-due-up", "2026-11-20", "n", "' OR 1=1 --", 1),
        forged("invoices-due-up", "2026-11-20", "n", str(UUID(int=7)), 1 << 63),
        forged("invoices-due-up", "2026-11-20", "n", str(UUID(int=7)), "1"),
        forged("invoices-due-up", "2026-11-20", "n", str(UUID(int=7)), True),
        forged("invoices-due-up", "2026-11-20", "n", str(UUID(int=7)), None),
        forged("invoices-due-up", 20261120, "n", str(UUID(int=7)), 1),
        forged("invoices-due-up", "2026-11-20", "n", str(UUID(int=7)), 1, 2),
        forged("invoices-due-up", "2026-11-20", "n", str(UUID(int=7)), {"$gt": 0}),
    ],
)
def test_a_hostile_cursor_is_refused(cursor: str) -> None:
    """Hostile input is malformed input, and is never repeated in the answer."""
    with pytest.raises(BadCursor, match=r"^not a cursor of this list$"):
        ORDER.read(cursor)


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_the_reader(cursor: str) -> None:
    """Whatever is sent, it is a cursor or a `BadCursor`."""
    with contextlib.suppress(BadCursor):
        ORDER.read(cursor)


@pytest.mark.parametrize(
    "request_", [PageRequest(first=-1), PageRequest(last=PAGE_LIMIT + 1), PageRequest(first=1, last=1)]
)
def test_a_page_has_a_size_within_limits(request_: PageRequest) -> None:
    """C33: lists have limits."""
    with pytest.raises(BadPage):
        assert request_.size
