"""A small load generator for HTTP/1.1: so many connections, each asking again as soon as it has its answer.

Plain streams, because a client library would cost more than the server that is measured.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter


class UnexpectedAnswer(Exception):
    """The server answered with something else than 200: nothing was measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, the same every time. `port` is on this machine."""

    port: int
    path: str
    headers: Mapping[str, str]
    body: bytes = b""

    def wire(self) -> bytes:
        """The bytes that are sent."""
        lines = [f"{'POST' if self.body else 'GET'} {self.path} HTTP/1.1", "host: bench"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.body:
            lines += ["content-type: application/json", f"content-length: {len(self.body)}"]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What was answered: how many requests a second, and the latency of each in seconds, sorted."""

    per_second: float
    latencies: tuple[float, ...]

    @property
    def p99_ms(self) -> float:
        return self.latencies[min(len(self.latencies) - 1, len(self.latencies) * 99 // 100)] * 1000


async def answer_of(request: Request) -> bytes:
    """The body of one answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", request.port)
    writer.write(request.wire())
    body = await _body(reader)
    writer.close()
    return body


async def load(request: Request, *, connections: int, seconds: float) -> Load:
    """Ask on `connections` connections for `seconds`. Raises `UnexpectedAnswer`."""
    wire = request.wire()
    latencies: list[float] = []
    began = perf_counter()
    until = began + seconds

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", request.port)
        asked = perf_counter()
        while asked < until:
            writer.write(wire)
            await _body(reader)
            answered = perf_counter()
            latencies.append(answered - asked)
            asked = answered
        writer.close()

    async with asyncio.TaskGroup() as clients:
        for _ in range(connections):
            clients.create_task(client())
    took = perf_counter() - began
    return Load(per_second=len(latencies) / took, latencies=tuple(sorted(latencies)))


async def _body(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    body = await reader.readexactly(int(length))
    if not head.startswith(b"HTTP/1.1 200"):
        raise UnexpectedAnswer(head.split(b"\r\n")[0].decode() + " " + body[:300].decode(errors="replace"))
    return body
