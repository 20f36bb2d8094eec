"""Asks a local web process one question, without the weight of an HTTP client."""

from __future__ import annotations

import asyncio

ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


async def answers(host: str, port: int, path: str, *, seconds: float = 5.0) -> bool:
    """Whether `GET path` is answered with 200."""
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection(ANY_ADDRESS.get(host, host), port)
            try:
                writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
                status = await reader.readline()
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False
    return status.split(b" ")[1:2] == [b"200"]
