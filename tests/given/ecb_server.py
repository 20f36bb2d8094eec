"""The ECB on loopback: the daily feed in its real form, and the ways in which it has failed people."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date


def a_feed(days: Mapping[date, Mapping[str, str]]) -> bytes:
    """The document as the ECB writes it, for `days` of rates per euro, in the order given."""
    cubes = "".join(
        f"\n\t\t<Cube time='{day.isoformat()}'>"
        + "".join(f"\n\t\t\t<Cube currency='{currency}' rate='{rate}'/>" for currency, rate in rates.items())
        + "\n\t\t</Cube>"
        for day, rates in days.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"'
        ' xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">\n'
        "\t<gesmes:subject>Reference rates</gesmes:subject>\n"
        "\t<gesmes:Sender>\n\t\t<gesmes:name>European Central Bank</gesmes:name>\n\t</gesmes:Sender>\n"
        f"\t<Cube>{cubes}\n\t</Cube>\n</gesmes:Envelope>"
    ).encode()


@dataclass(slots=True, kw_only=True)
class EcbServer:
    """What is served at the next request: change it between requests. `asked` counts them."""

    content: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    breaks_off_after: int | None = None
    asked: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/stats/eurofxref/eurofxref-daily.xml"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            self.asked += 1
            head = {"Content-Type": "text/xml", "Content-Length": str(len(self.content)), "Connection": "close"}
            lines = "".join(f"{name}: {value}\r\n" for name, value in (head | self.headers).items())
            writer.write(f"HTTP/1.1 {self.status} X\r\n{lines}\r\n".encode() + self.content[: self.breaks_off_after])
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def an_ecb_server(content: bytes) -> AsyncIterator[EcbServer]:
    """The server, listening on a free loopback port until the block ends."""
    state = EcbServer(content=content)
    server = await asyncio.start_server(state.serve, "127.0.0.1", 0)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
