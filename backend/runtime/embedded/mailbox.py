"""A real SMTP server that delivers into a Maildir, and the process that runs it together with its page.

Two domains answer as unfriendly servers do: anyone@bounce.invalid is refused for ever, anyone@retry.invalid for now.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session

from backend.runtime.embedded.maildir import keep, open_maildir
from backend.runtime.embedded.supervisor import Child

LARGEST_MAIL_BYTES: Final = 30 * 1024 * 1024
REFUSED_FOR_EVER: Final = "bounce.invalid"
REFUSED_FOR_NOW: Final = "retry.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """One mailbox in one folder, with a port for SMTP and one for the page."""

    folder: Path
    smtp_port: int
    page_port: int
    identity: str

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.smtp_port}"

    @property
    def page_url(self) -> str:
        return f"http://127.0.0.1:{self.page_port}"

    def child(self) -> Child:
        """How the supervisor starts it."""
        open_maildir(self.folder)
        return Child(
            name="mailbox",
            command=[
                sys.executable,
                "-m",
                "backend.runtime.embedded.mailbox",
                "--folder",
                str(self.folder),
                "--smtp-port",
                str(self.smtp_port),
                "--page-port",
                str(self.page_port),
                "--identity",
                self.identity,
            ],
            environ={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
            ready=self.is_ours,
            stop_seconds=4.0,
        )

    async def is_ours(self) -> bool:
        """Whether the server on the port greets with our identity, and the page answers too."""
        try:
            async with asyncio.timeout(2):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.smtp_port)
                greeting = await reader.readline()
                writer.close()
                _, page = await asyncio.open_connection("127.0.0.1", self.page_port)
                page.close()
        except (OSError, TimeoutError):
            return False
        return self.identity.encode() in greeting


class Delivery:
    """aiosmtpd's handler: who is refused, and where the others' mail goes."""

    def __init__(self, maildir: Path) -> None:
        self._maildir = maildir
        self._count = itertools.count()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        domain = address.rpartition("@")[2].lower()
        if domain == REFUSED_FOR_EVER:
            return "551 5.1.1 no such person here"
        if domain == REFUSED_FOR_NOW:
            return "450 4.2.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        name = f"{time.time_ns():019d}.{next(self._count) % 1_000_000:06d}"
        trace = f"Return-Path: <{envelope.mail_from}>\r\nDelivered-To: {', '.join(envelope.rcpt_tos)}\r\n"
        keep(self._maildir, name, trace.encode(errors="replace") + content)
        return f"250 OK kept as {name}"


async def run(*, maildir: Path, smtp_port: int, page_port: int, identity: str) -> None:
    """Serve both ports until the process is told to end."""
    # Only the mailbox's own process needs them; `up` imports this module for the class.
    import uvicorn

    from backend.runtime.embedded.mailbox_page import mailbox_app

    handler = Delivery(maildir)
    smtp = await asyncio.get_running_loop().create_server(
        lambda: SMTP(
            handler,
            hostname=f"mailbox-{identity}",
            data_size_limit=LARGEST_MAIL_BYTES,
            enable_SMTPUTF8=True,
            ident="Carreau mailbox",
        ),
        "127.0.0.1",
        smtp_port,
    )
    page = uvicorn.Server(
        uvicorn.Config(
            mailbox_app(maildir),
            host="127.0.0.1",
            port=page_port,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
    )
    async with smtp:
        await page.serve()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--page-port", type=int, required=True)
    parser.add_argument("--identity", required=True)
    said = parser.parse_args()
    maildir = open_maildir(said.folder)
    asyncio.run(run(maildir=maildir, smtp_port=said.smtp_port, page_port=said.page_port, identity=said.identity))


if __name__ == "__main__":
    main()
