"""Hand one composed mail to an SMTP server and say what is certain about it, never more.

The outcomes follow reliability.md 1.4: once the body is on its way, a lost connection proves nothing either way.
"""

import asyncio
import ipaddress
import ssl
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final, Literal, Self
from urllib.parse import unquote, urlsplit

import aiosmtplib

from backend.outbound.mail import Mail
from backend.rules.email_address import ascii_domain, needs_smtputf8

MAX_REPLY: Final = 500
MAX_CONNECTIONS: Final = 4
# Servers close a connection that carries too much or idles too long; leaving first avoids a lost attempt.
MAX_MAILS_PER_CONNECTION: Final = 100
MAX_IDLE_SECONDS: Final = 20

Security = Literal["none", "starttls", "tls"]
Stage = Literal["sender", "recipient", "content"]
_SCHEMES: Final[dict[str, tuple[Security, int]]] = {
    "smtp": ("none", 25),
    "smtp+starttls": ("starttls", 587),
    "smtps": ("tls", 465),
}
# These say that we may not use the server (RFC 4954 section 6), whoever the mail is for: no address bounces by them.
_NOT_ALLOWED_IN: Final = frozenset({530, 534, 535, 538})


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """250 after DATA: the server has taken the mail on. The only outcome that may be called sent."""

    server_reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The server answered no to this mail, at `stage`. `permanent` (5xx) is a bounce; otherwise (4xx) try later."""

    permanent: bool
    code: int
    reply: str
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """No session, or lost before the body began: certainly not delivered, and nothing is said about the address."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Lost during the body or before its reply: the server may hold the mail. One more copy is allowed, no more."""

    reason: str


Outcome = Accepted | Refused | Unreachable | Unknown


class SmtpUrlRefused(ValueError):
    """The URL is not smtp, smtps or smtp+starttls with a host. The URL is not repeated: it may hold a password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """Where mail is handed over. Timeouts are in whole seconds, each for one reply of the server."""

    host: str
    port: int
    security: Security
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    helo_name: str | None = None
    connect_timeout: int = 20
    reply_timeout: int = 30
    # RFC 5321 section 4.5.3.2.6 allows the server ten minutes here; each second less is one more unknown outcome.
    content_timeout: int = 120

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Settings from `smtp://`, `smtps://` or `smtp+starttls://user:password@host:port`. Raises `SmtpUrlRefused`.

        Credentials over plain `smtp://` are refused unless the host is this machine.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise SmtpUrlRefused("the SMTP URL has a malformed host or port") from None
        if parts.scheme not in _SCHEMES or not parts.hostname or parts.path not in ("", "/") or parts.query:
            raise SmtpUrlRefused("an SMTP URL is smtp://, smtps:// or smtp+starttls://[user:password@]host[:port]")
        security, default_port = _SCHEMES[parts.scheme]
        if parts.username is not None and security == "none" and not _is_this_machine(parts.hostname):
            raise SmtpUrlRefused("credentials need smtps:// or smtp+starttls://")
        return cls(
            host=parts.hostname,
            port=port or default_port,
            security=security,
            username=None if parts.username is None else unquote(parts.username),
            password=None if parts.password is None else unquote(parts.password),
        )


class SmtpPool:
    """At most `MAX_CONNECTIONS` connections to one server, kept open between mails. Belongs to one event loop."""

    def __init__(self, settings: SmtpSettings, *, tls_context: ssl.SSLContext | None = None) -> None:
        self.settings = settings
        self._tls_context = tls_context
        self._slots = asyncio.Semaphore(MAX_CONNECTIONS)
        self._idle: deque[_Connection] = deque()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Say goodbye on every idle connection. Mails under way end by themselves."""
        while self._idle:
            await self._idle.popleft().quit()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator["_Connection"]:
        """A connection with an open session, new or kept. Raises what aiosmtplib raises when there is none."""
        async with self._slots:
            connection = await self._kept() or await self._new()
            try:
                yield connection
            finally:
                connection.mails += 1
                connection.idle_since = asyncio.get_running_loop().time()
                # Only a connection in a known state may carry another mail.
                if connection.is_clean and connection.mails < MAX_MAILS_PER_CONNECTION:
                    self._idle.append(connection)
                else:
                    connection.client.close()

    async def _kept(self) -> "_Connection | None":
        now = asyncio.get_running_loop().time()
        while self._idle:
            connection = self._idle.pop()
            # RSET also proves that the server is still there, before a mail depends on it.
            if now - connection.idle_since < MAX_IDLE_SECONDS and await connection.reset():
                return connection
            connection.client.close()
        return None

    async def _new(self) -> "_Connection":
        settings = self.settings
        client = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            username=settings.username,
            password=settings.password,
            local_hostname=settings.helo_name,
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            tls_context=self._tls_context,
            timeout=settings.reply_timeout,
        )
        try:
            # One limit for the whole greeting, sign-in included, so that a server of one byte per second costs no more.
            async with asyncio.timeout(settings.connect_timeout):
                await client.connect(timeout=settings.connect_timeout)
                await client.ehlo()
        except ValueError as error:
            # A challenge that is no base64: the server's fault, so it must not look like ours.
            client.close()
            raise aiosmtplib.SMTPException(f"malformed greeting: {error}") from error
        except BaseException:
            client.close()
            raise
        return _Connection(client)


async def send(pool: SmtpPool, raw: bytes, mail: Mail) -> Outcome:
    """Hand `raw`, composed from `mail`, to the server. Never raises for what a server or network does (S002-30).

    A cancelled call says nothing: whoever cancels treats the attempt as `Unknown`. Raises `AddressRefused`.
    """
    sender = ascii_domain(mail.from_address)
    recipient = ascii_domain(mail.to_address, smtputf8=True)
    try:
        async with pool.connection() as connection:
            return await connection.deliver(sender, recipient, raw, content_timeout=pool.settings.content_timeout)
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        return Unreachable(reason=_shortened(f"{type(error).__name__}: {error}"))


class _Connection:
    """One open session. `is_clean` while the next command may be MAIL."""

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self.client = client
        self.mails = 0
        self.idle_since = asyncio.get_running_loop().time()
        self.is_clean = True

    async def deliver(self, sender: str, recipient: str, raw: bytes, *, content_timeout: int) -> Outcome:
        self.is_clean = False
        refused = await self._envelope(sender, recipient, len(raw))
        if refused is None:
            refused = _refusal(*await self.client.execute_command(b"DATA"), stage="content", expected=354)
        outcome = refused or await self._content(raw, content_timeout=content_timeout)
        self.is_clean = isinstance(outcome, Accepted | Refused) and self.client.is_connected
        return outcome

    async def quit(self) -> None:
        try:
            await self.client.quit()
        except (aiosmtplib.SMTPException, OSError):
            self.client.close()

    async def reset(self) -> bool:
        try:
            await self.client.rset()
        except (aiosmtplib.SMTPException, OSError):
            return False
        return self.client.is_connected

    async def _envelope(self, sender: str, recipient: str, size: int) -> Refused | None:
        options = []
        if self.client.supports_extension("size"):
            options.append(f"SIZE={size}")
        if needs_smtputf8(recipient):
            if not self.client.supports_extension("smtputf8"):
                return Refused(permanent=True, code=553, reply="the mail server lacks SMTPUTF8", stage="recipient")
            options.extend(("SMTPUTF8", "BODY=8BITMIME"))
        try:
            await self.client.mail(sender, options=options, encoding="utf-8")
            await self.client.rcpt(recipient, encoding="utf-8")
        except aiosmtplib.SMTPSenderRefused as error:
            return _refusal(error.code, error.message, stage="sender", expected=250)
        except aiosmtplib.SMTPRecipientRefused as error:
            return _refusal(error.code, error.message, stage="recipient", expected=250)
        return None

    async def _content(self, raw: bytes, *, content_timeout: int) -> Outcome:
        """The body and its reply. aiosmtplib's own `data` cannot tell a loss before 354 from one after it."""
        protocol = self.client.protocol
        if protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("lost before the body")
        protocol.write(_with_end(raw))
        try:
            code, reply = await protocol.read_response(timeout=content_timeout)
        except (aiosmtplib.SMTPException, OSError) as error:
            return Unknown(reason=_shortened(f"{type(error).__name__}: {error}"))
        if code == 250:
            return Accepted(server_reply=_shortened(f"{code} {reply}"))
        try:
            return _refusal(code, reply, stage="content", expected=250) or Unknown(reason="no reply")
        except aiosmtplib.SMTPResponseException:
            return Unknown(reason=_shortened(f"unexpected reply {code} {reply}"))


def _refusal(code: int, reply: str, *, stage: Stage, expected: int) -> Refused | None:
    """None for the `expected` code, a refusal for 4xx and 5xx. Anything else raises: it is no answer to our command."""
    if code == expected:
        return None
    if not 400 <= code < 600 or code in _NOT_ALLOWED_IN:
        raise aiosmtplib.SMTPResponseException(code, reply)
    return Refused(permanent=code >= 500, code=code, reply=_shortened(reply), stage=stage)


def _with_end(raw: bytes) -> bytes:
    """`raw` as it goes on the wire: leading dots doubled, then the line that ends it (RFC 5321 section 4.5.2)."""
    stuffed = raw.replace(b"\r\n.", b"\r\n..")
    return (b"." if raw.startswith(b".") else b"") + stuffed + (b"" if raw.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _shortened(text: str) -> str:
    # The words come from a stranger's server: one line, no control characters, bounded.
    return "".join(char if char.isprintable() else " " for char in text)[:MAX_REPLY]


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
