"""The four S3 requests that a content-addressed store makes, on loopback, and what a client sent with them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class S3Server:
    """Objects by path (`/bucket/key`), their media types, and the status to answer everything with, if any."""

    port: int = 0
    objects: dict[str, bytes] = field(default_factory=dict)
    media_types: dict[str, str] = field(default_factory=dict)
    fails_with: int = 0
    unsigned: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := (await reader.readline()).decode().strip():
                method, path, _ = line.split(" ")
                headers: dict[str, str] = {}
                while head := (await reader.readline()).decode().strip():
                    name, _, value = head.partition(":")
                    headers[name.lower()] = value.strip()
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                self.unsigned += not headers.get("authorization", "").startswith("AWS4-HMAC-SHA256")
                writer.write(self._answer(method, path, headers, body))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
        status, content = self.fails_with or 200, b""
        if not self.fails_with:
            match method:
                case "PUT":
                    self.objects[path] = body
                    self.media_types[path] = headers.get("content-type", "")
                case "DELETE":
                    status = 204
                    self.objects.pop(path, None)
                case _ if path in self.objects:
                    content = self.objects[path]
                case _:
                    status = 404
        head = (
            f'HTTP/1.1 {status} X\r\nContent-Length: {len(content)}\r\nETag: "e"\r\n'
            "Last-Modified: Fri, 20 Nov 2026 09:00:00 GMT\r\n\r\n"
        )
        return head.encode() + (b"" if method == "HEAD" else content)


@asynccontextmanager
async def an_s3_server() -> AsyncIterator[S3Server]:
    """The server, listening on a free loopback port until the block ends."""
    state = S3Server()
    server = await asyncio.start_server(state.serve, "127.0.0.1", 0)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
