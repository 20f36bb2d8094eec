"""HTML to PDF in a small pool of processes that can be killed: `await pool.render(html, …)`.

A page that hangs, crashes the engine or eats its memory costs one process and one `RenderFailed`, never a worker.
"""

from __future__ import annotations

import asyncio
import json
import math
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Final, Literal, Self

from backend.documents.fonts import fontconfig
from backend.documents.pdf_catalog import UnknownLayout, with_language

Reason = Literal["timeout", "crashed", "denied", "empty", "broken", "too_large", "unavailable"]

# 1,000 lines make about one MB of HTML and a quarter of a MB of PDF.
MAX_HTML_BYTES: Final = 16 * 1024 * 1024
MAX_PDF_BYTES: Final = 24 * 1024 * 1024
# The engine's libraries take about 300 MB of address space, an invoice of 1,000 lines 60 MB more.
MEMORY_BYTES: Final = 1536 * 1024 * 1024
# No leak was measured over 2,000 pages; a fresh process now and then costs 0.2 ms a page and bounds the next one.
RENDERS_PER_PROCESS: Final = 1000
START_SECONDS: Final = 30
ORPHAN_GRACE_SECONDS: Final = 5

_LENGTHS: Final = struct.Struct(">II")
_SCRIPT: Final = Path(__file__).with_name("render_process.py")


class RenderFailed(Exception):
    """No PDF was made, and `reason` says why. `timeout` and `crashed` have ended the process that tried."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: Reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One page as PNG: which one (counted from 1), and of how many."""

    png: bytes
    page: int
    pages: int


class RendererPool:
    """At most `processes` renderers, each started when first needed. An async context manager, for one event loop."""

    def __init__(
        self,
        *,
        processes: int = 2,
        timeout_seconds: float = 10.0,
        renders_per_process: int = RENDERS_PER_PROCESS,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        self._timeout = timeout_seconds
        self._renders = renders_per_process
        self._memory = memory_bytes
        self._folder = TemporaryDirectory(prefix="carreau-renderer-")
        self._closed = False
        self._alive: set[_Renderer] = set()
        # A free place holds the renderer that waits in it, or nothing yet.
        self._free: asyncio.Queue[_Renderer | None] = asyncio.Queue()
        for _ in range(processes):
            self._free.put_nowait(None)

    async def render(self, html: str, *, title: str, language: str, created: date, author: str = "") -> bytes:
        """The PDF of a page that brings everything along. The same arguments give the same bytes, everywhere.

        Waits for a free renderer without limit; the time limit counts from then on. Raises `RenderFailed`.
        """
        header = {"title": title, "author": author, "created": created.isoformat()}
        _, pdf = await self._made(header, html)
        try:
            return with_language(pdf, language)
        except UnknownLayout as error:
            raise RenderFailed("broken", str(error)) from None

    async def picture(self, html: str, *, page: int, dots: int) -> Picture:
        """One page as PNG with `dots` an inch, laid out as its PDF would be; the last one where there are fewer.

        Raises `RenderFailed`.
        """
        answer, png = await self._made({"page": page, "dots": dots}, html)
        return Picture(png=png, page=answer["page"], pages=answer["pages"])

    async def _made(self, header: Mapping[str, Any], html: str) -> tuple[dict[str, Any], bytes]:
        page = html.encode()
        if len(page) > MAX_HTML_BYTES:
            raise RenderFailed("too_large", f"{len(page)} bytes of HTML")
        answer, made = await self._ask(header, page)
        if "failed" in answer:
            raise RenderFailed(answer["failed"], answer["detail"])
        return answer, made

    async def close(self) -> None:
        """End all renderers. Pages that are being rendered, or wait for it, fail."""
        self._closed = True
        for renderer in tuple(self._alive):
            await renderer.end()
        self._folder.cleanup()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _ask(self, header: Mapping[str, Any], page: bytes) -> tuple[dict[str, Any], bytes]:
        renderer = await self._free.get()
        healthy = False
        try:
            if self._closed:
                raise RenderFailed("unavailable", "the pool is closed")
            # One that died while it waited (the kernel was short of memory) is no fault of this page.
            if renderer is not None and renderer.process.returncode is not None:
                self._alive.discard(renderer)
                renderer = None
            if renderer is None:
                renderer = await self._start()
            async with asyncio.timeout(self._timeout):
                answer = await renderer.ask(header, page)
            healthy = renderer.renders < self._renders and not self._closed
            return answer
        except TimeoutError:
            raise RenderFailed("timeout", f"more than {self._timeout} s") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise RenderFailed("crashed", await renderer.last_words() if renderer else "") from None
        finally:
            # After a cancellation too: half an answer may be in the pipe, so the process cannot be asked again.
            if renderer is not None and not healthy:
                self._alive.discard(renderer)
                renderer.kill()
                renderer = None
            self._free.put_nowait(renderer)

    async def _start(self) -> _Renderer:
        # Isolated mode and an environment of two variables: the renderer sees no secret and no folder of ours.
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(_SCRIPT),
            str(self._memory),
            str(math.ceil(self._timeout) + ORPHAN_GRACE_SECONDS),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={"FONTCONFIG_FILE": str(fontconfig(Path(self._folder.name))), "HOME": self._folder.name, "TZ": "UTC"},
            cwd=self._folder.name,
        )
        renderer = _Renderer(process=process)
        self._alive.add(renderer)
        try:
            async with asyncio.timeout(START_SECONDS):
                await renderer.receive()
        except BaseException as error:
            self._alive.discard(renderer)
            renderer.kill()
            if isinstance(error, TimeoutError | asyncio.IncompleteReadError):
                raise RenderFailed("unavailable", f"no start, exit code {await process.wait()}") from None
            raise
        return renderer


@dataclass(slots=True, kw_only=True, eq=False)
class _Renderer:
    """One process, and how many pages it has made."""

    process: asyncio.subprocess.Process
    renders: int = 0

    async def ask(self, header: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        assert self.process.stdin is not None
        encoded = json.dumps(header).encode()
        self.process.stdin.write(_LENGTHS.pack(len(encoded), len(body)) + encoded + body)
        await self.process.stdin.drain()
        self.renders += 1
        return await self.receive()

    async def receive(self) -> tuple[dict[str, Any], bytes]:
        assert self.process.stdout is not None
        header, body = _LENGTHS.unpack(await self.process.stdout.readexactly(_LENGTHS.size))
        if body > MAX_PDF_BYTES:
            raise RenderFailed("too_large", f"{body} bytes of PDF")
        return json.loads(await self.process.stdout.readexactly(header)), await self.process.stdout.readexactly(body)

    async def last_words(self) -> str:
        """How the process ended: a negative number is the signal that ended it."""
        self.kill()
        return f"exit code {await self.process.wait()}"

    def kill(self) -> None:
        if self.process.returncode is None:
            self.process.kill()

    async def end(self) -> None:
        self.kill()
        await self.process.wait()
