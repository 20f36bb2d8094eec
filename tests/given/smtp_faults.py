"""An SMTP server on loopback that dies in one chosen way, and remembers which mails it really holds."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What goes wrong. The first word is the moment."""

    NONE = "none"
    BANNER_SILENT = "banner silent"
    BANNER_DRIPS = "banner drips"
    BANNER_421 = "banner 421"
    BANNER_554 = "banner 554"
    BANNER_GARBAGE = "banner garbage"
    AUTH_535 = "auth 535"
    SENDER_530 = "sender 530"
    SENDER_550 = "sender 550"
    SENDER_DROPS = "sender drops"
    RECIPIENT_421 = "recipient 421"
    RECIPIENT_450 = "recipient 450"
    RECIPIENT_452 = "recipient 452"
    RECIPIENT_550 = "recipient 550"
    RECIPIENT_554 = "recipient 554"
    DATA_451 = "data 451"
    DATA_DROPS = "data drops"
    BODY_DROPS = "body drops"
    BODY_421 = "body 421"
    STORED_451 = "stored 451"
    STORED_552 = "stored 552"
    STORED_554 = "stored 554"
    STORED_DROPS = "stored drops"
    STORED_LATE = "stored late"
    STORED_GARBAGE = "stored garbage"
    STORED_252 = "stored 252"
    QUIT_DROPS = "quit drops"
    IDLE_DROPS = "idle drops"


@dataclass(slots=True, kw_only=True)
class SmtpFaults:
    """The running server. `stored` are the mails it holds, whatever it told the client."""

    fault: Fault
    late_by: int = 2
    port: int = 0
    stored: list[bytes] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    connections: int = 0
    extensions: tuple[str, ...] = ("SIZE 20000000",)
    tls: ssl.SSLContext | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await self._session(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()

    async def _session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not await self._greet(writer):
            return
        while line := (await reader.readline()).decode().strip():
            verb = line.split(" ")[0].split(":")[0].upper()
            match verb:
                case "EHLO":
                    await _say(writer, *(f"250-{each}" for each in ("faults.example", *self.extensions)), "250 HELP")
                case "STARTTLS":
                    await _say(writer, "220 go on")
                    assert self.tls is not None
                    await writer.start_tls(self.tls)
                case "AUTH":
                    self.logins.append(line)
                    await _say(writer, "535 5.7.8 no" if self.fault is Fault.AUTH_535 else "235 welcome")
                case "MAIL" | "RCPT":
                    if not await self._envelope(verb, line, writer):
                        return
                case "DATA":
                    if not await self._data(reader, writer):
                        return
                case "QUIT":
                    if self.fault is not Fault.QUIT_DROPS:
                        await _say(writer, "221 bye")
                    return
                case _:
                    await _say(writer, "250 ok")

    async def _greet(self, writer: asyncio.StreamWriter) -> bool:
        match self.fault:
            case Fault.BANNER_SILENT:
                await asyncio.sleep(30)
            case Fault.BANNER_DRIPS:
                for byte in b"220 one byte per second, and never a line end":
                    writer.write(bytes([byte]))
                    await writer.drain()
                    await asyncio.sleep(1)
            case Fault.BANNER_421 | Fault.BANNER_554:
                await _say(writer, f"{self.fault.split()[1]} not now")
            case Fault.BANNER_GARBAGE:
                await _say(writer, "HTTP/1.1 400 Bad Request")
            case _:
                await _say(writer, "220 faults.example ESMTP")
                return True
        return False

    async def _envelope(self, verb: str, line: str, writer: asyncio.StreamWriter) -> bool:
        moment, what = self.fault.partition(" ")[::2]
        (self.senders if verb == "MAIL" else self.recipients).append(line.partition(":")[2])
        if moment == ("sender" if verb == "MAIL" else "recipient"):
            if what == "drops":
                return False
            await _say(writer, f"{what} so it is")
            return what != "421"
        await _say(writer, "250 ok")
        return True

    async def _data(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if self.fault is Fault.DATA_DROPS:
            return False
        if self.fault is Fault.DATA_451:
            await _say(writer, "451 local error")
            return True
        await _say(writer, "354 go on")
        if self.fault in (Fault.BODY_DROPS, Fault.BODY_421):
            await reader.readexactly(20)
            if self.fault is Fault.BODY_421:
                await _say(writer, "421 shutting down")
                await asyncio.sleep(0.2)
            return False
        body = await reader.readuntil(b"\r\n.\r\n")
        if self.fault in (Fault.STORED_451, Fault.STORED_552, Fault.STORED_554):
            await _say(writer, f"{self.fault.split()[1]} content refused")
            return True
        self.stored.append(body.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n."))
        return await self._stored(writer)

    async def _stored(self, writer: asyncio.StreamWriter) -> bool:
        match self.fault:
            case Fault.STORED_DROPS:
                return False
            case Fault.STORED_LATE:
                await asyncio.sleep(self.late_by)
            case Fault.STORED_GARBAGE:
                await _say(writer, "yes, I have it")
                return False
            case Fault.STORED_252:
                await _say(writer, "252 perhaps")
                return True
        await _say(writer, f"250 queued as {len(self.stored)}")
        return self.fault is not Fault.IDLE_DROPS


@asynccontextmanager
async def smtp_that(
    fault: Fault = Fault.NONE,
    *,
    late_by: int = 2,
    extensions: tuple[str, ...] = ("SIZE 20000000",),
    tls: ssl.SSLContext | None = None,
    tls_at_once: bool = False,
) -> AsyncIterator[SmtpFaults]:
    """The server, listening on a free loopback port until the block ends."""
    state = SmtpFaults(fault=fault, late_by=late_by, extensions=extensions, tls=tls)
    sessions: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(state.serve(reader, writer))
        sessions.add(task)
        task.add_done_callback(sessions.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0, limit=2**26, ssl=tls if tls_at_once else None)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
        for task in tuple(sessions):
            task.cancel()
        await asyncio.gather(*sessions, return_exceptions=True)


async def _say(writer: asyncio.StreamWriter, *lines: str) -> None:
    writer.write("".join(f"{line}\r\n" for line in lines).encode())
    await writer.drain()
