"""The renderer's processes: isolated, killable, the same bytes everywhere."""

import asyncio
import os
import signal
from datetime import date

import pytest

from backend.documents.pdf_catalog import UnknownLayout, with_language
from backend.documents.renderer import MAX_HTML_BYTES, RendererPool, RenderFailed

DAY = date(2026, 11, 20)
ENDLESS = "<div style='height:1e9px'>x</div>"


async def render(pool: RendererPool, html: str) -> bytes:
    return await pool.render(html, title="T", language="sv", created=DAY)


async def test_two_processes_make_the_same_bytes() -> None:
    """S002-29: the document can be made again, anywhere, and compared by its digest."""
    html = "<p>Måns Östlund สมชาย محمد 山田 <b style='font-weight:600'>850,00</b>"
    async with RendererPool(processes=1) as first, RendererPool(processes=1) as second:
        warmed = await render(first, "<p>another page before it")
        one, other = await render(first, html), await render(second, html)
    assert one == other != warmed


@pytest.mark.parametrize(
    "html",
    [
        '<img src="http://127.0.0.1:9/x.png">',
        '<img src="file:///etc/passwd">',
        '<link rel="stylesheet" href="https://127.0.0.1:9/x.css">',
        "<style>@import url(file:///etc/passwd);</style>",
        "<style>@font-face{font-family:x;src:url(http://127.0.0.1:9/x.woff)}p{font-family:x}</style>",
        '<base href="http://127.0.0.1:9/"><img src="x.svg">',
        '<p style="background:url(http://127.0.0.1:9/b.png)">x</p>',
    ],
)
async def test_nothing_is_fetched_and_the_attempt_fails_the_page(pool: RendererPool, html: str) -> None:
    """C19: assets by content only; the address that was asked for is in the failure."""
    with pytest.raises(RenderFailed) as failed:
        await render(pool, html + "<p>text")
    assert failed.value.reason == "denied"
    assert "127.0.0.1" in failed.value.detail or "passwd" in failed.value.detail


async def test_a_page_without_text_is_a_failure_and_not_a_document(pool: RendererPool) -> None:
    with pytest.raises(RenderFailed) as failed:
        await render(pool, "<div style='width:10px;height:10px;background:red'></div>")
    assert failed.value.reason == "empty"


async def test_an_endless_page_costs_one_process_and_no_more() -> None:
    """C19: a time budget per page; the next page is served by a new process."""
    async with RendererPool(processes=1, timeout_seconds=1) as pool:
        with pytest.raises(RenderFailed) as failed:
            await render(pool, ENDLESS)
        assert failed.value.reason == "timeout"
        assert (await render(pool, "<p>next")).startswith(b"%PDF")


async def test_a_killed_renderer_fails_its_page_only() -> None:
    async with RendererPool(processes=1, timeout_seconds=30) as pool:
        others = set(_renderers())
        await render(pool, "<p>start")
        before = set(_renderers()) - others
        doomed = asyncio.create_task(render(pool, ENDLESS))
        await asyncio.sleep(0.3)
        for process in before:
            os.kill(process, signal.SIGKILL)
        with pytest.raises(RenderFailed) as failed:
            await doomed
        assert failed.value.reason == "crashed"
        assert "-9" in failed.value.detail
        assert (await render(pool, "<p>next")).startswith(b"%PDF")
        assert set(_renderers()) - others != before


async def test_a_renderer_that_died_while_waiting_fails_no_page() -> None:
    async with RendererPool(processes=1) as pool:
        others = set(_renderers())
        await render(pool, "<p>start")
        for process in set(_renderers()) - others:
            os.kill(process, signal.SIGKILL)
        await asyncio.sleep(0.2)
        assert await render(pool, "<p>next")


async def test_memory_is_limited() -> None:
    async with RendererPool(processes=1, timeout_seconds=30, memory_bytes=400 * 1024 * 1024) as pool:
        with pytest.raises(RenderFailed) as failed:
            await render(pool, "<p>" + "<b>x</b>" * 1_500_000)
        assert failed.value.reason in {"crashed", "broken", "timeout"}
        assert await render(pool, "<p>next")


async def test_a_cancelled_page_does_not_answer_the_next_caller() -> None:
    async with RendererPool(processes=1, timeout_seconds=30) as pool:
        expected = await render(pool, "<p>wanted")
        given_up = asyncio.create_task(render(pool, "<p>" + "<b>unwanted</b> " * 20_000))
        await asyncio.sleep(0.05)
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        assert await render(pool, "<p>wanted") == expected


async def test_renderers_are_replaced_after_their_share() -> None:
    async with RendererPool(processes=1, renders_per_process=2) as pool:
        seen, others = set(), set(_renderers())
        for _ in range(4):
            await render(pool, "<p>x")
            seen |= set(_renderers()) - others
        # The second of each pair is ended by its own last page.
        assert len(seen) == 2


async def test_more_callers_than_renderers_wait_their_turn(pool: RendererPool) -> None:
    pages = await asyncio.gather(*(render(pool, f"<p>{number}") for number in range(20)))
    assert len(set(pages)) == 20


async def test_a_page_beyond_the_limit_is_not_even_sent(pool: RendererPool) -> None:
    with pytest.raises(RenderFailed) as failed:
        await render(pool, "x" * (MAX_HTML_BYTES + 1))
    assert failed.value.reason == "too_large"


async def test_a_closed_pool_renders_nothing() -> None:
    pool = RendererPool(processes=1)
    await render(pool, "<p>x")
    await pool.close()
    with pytest.raises(RenderFailed) as failed:
        await render(pool, "<p>x")
    assert failed.value.reason == "unavailable"


async def test_closing_fails_the_pages_underway_and_those_that_wait() -> None:
    others = set(_renderers())
    pool = RendererPool(processes=1, timeout_seconds=30)
    underway = [asyncio.create_task(render(pool, ENDLESS)) for _ in range(3)]
    await asyncio.sleep(1)
    await pool.close()
    ended = await asyncio.wait_for(asyncio.gather(*underway, return_exceptions=True), 5)
    assert [type(error) for error in ended] == [RenderFailed] * 3
    assert set(_renderers()) == others


def test_only_files_of_the_engine_get_a_language() -> None:
    with pytest.raises(UnknownLayout):
        with_language(b"%PDF-1.7 of another program", "sv")


def _renderers() -> list[int]:
    """Renderers of all pools of this test process that are alive."""
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/cmdline", "rb") as line, open(f"/proc/{entry}/stat") as stat:
                words, fields = line.read(), stat.read().rpartition(")")[2].split()
        except OSError:
            continue
        if b"render_process.py" in words and int(fields[1]) == os.getpid() and fields[0] != "Z":
            found.append(int(entry))
    return found
