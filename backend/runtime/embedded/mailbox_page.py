"""The page that shows the local mailbox: a list, one mail, its attachments. Plain HTML, no script."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from backend.runtime.embedded.maildir import MAIL_NAME, names

PAGE_SIZE: Final = 50
HEADER_BYTES: Final = 16_384
SHOWN_HEADERS: Final = ("From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "Content-Language")

# The page itself runs nothing; the HTML of a mail may load only what it carries inside.
PAGE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'"
MAIL_POLICY: Final = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:"

_templates = Environment(loader=FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    name: str
    arrived_at: datetime
    sender: str
    recipient: str
    subject: str
    size: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """A named part of a mail."""

    index: int
    filename: str
    content_type: str
    size: int


def mailbox_app(maildir: Path) -> Starlette:
    """The application that shows this Maildir."""

    async def index(request: Request) -> Response:
        page = _positive(request.query_params.get("page", "1"))
        return _page("list.html", **await asyncio.to_thread(_listing, maildir, page))

    async def mail(request: Request) -> Response:
        name = request.path_params["name"]
        return _page("mail.html", **await asyncio.to_thread(_mail, maildir, name))

    async def html(request: Request) -> Response:
        message = await asyncio.to_thread(_parsed, maildir, request.path_params["name"])
        part = message.get_body(preferencelist=("html",))
        if part is None:
            raise HTTPException(404, "This mail has no HTML part.")
        return HTMLResponse(_inlined(message, _text_of(part)), headers={"Content-Security-Policy": MAIL_POLICY})

    async def attachment(request: Request) -> Response:
        message = await asyncio.to_thread(_parsed, maildir, request.path_params["name"])
        return _attachment(message, request.path_params["index"])

    async def source(request: Request) -> Response:
        content = await asyncio.to_thread(_path(maildir, request.path_params["name"]).read_bytes)
        return Response(content, media_type="text/plain; charset=utf-8", headers={"X-Content-Type-Options": "nosniff"})

    async def health(_: Request) -> Response:
        return Response("ok", media_type="text/plain")

    async def elsewhere(_: Request, error: Exception) -> Response:
        detail = error.detail if isinstance(error, HTTPException) else "Not found."
        response = _page("missing.html", detail=detail)
        response.status_code = 404
        return response

    return Starlette(
        routes=[
            Route("/", index),
            Route("/mails", lambda _: RedirectResponse("/")),
            Route("/mails/{name}", mail),
            Route("/mails/{name}/html", html),
            Route("/mails/{name}/source", source),
            Route("/mails/{name}/attachments/{index:int}", attachment),
            Route("/healthz", health),
        ],
        exception_handlers={404: elsewhere},
    )


def _listing(maildir: Path, page: int) -> dict[str, object]:
    every = names(maildir)
    pages = max(1, -(-len(every) // PAGE_SIZE))
    page = min(page, pages)
    shown = every[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return {"rows": [_row(maildir, name) for name in shown], "page": page, "pages": pages, "count": len(every)}


def _row(maildir: Path, name: str) -> Row:
    path = maildir / "new" / name
    with path.open("rb") as file:
        # The headers are at the beginning; the attachments behind them are not read for a list.
        headers = BytesHeaderParser(policy=policy.default).parsebytes(file.read(HEADER_BYTES))
    return Row(
        name=name,
        arrived_at=_arrived_at(name),
        sender=str(headers.get("From", "")),
        recipient=str(headers.get("To", "")),
        subject=str(headers.get("Subject", "")) or "(no subject)",
        size=path.stat().st_size,
    )


def _mail(maildir: Path, name: str) -> dict[str, object]:
    message = _parsed(maildir, name)
    text = message.get_body(preferencelist=("plain",))
    return {
        "name": name,
        "arrived_at": _arrived_at(name),
        "subject": str(message.get("Subject", "")) or "(no subject)",
        "headers": [(header, str(message[header])) for header in SHOWN_HEADERS if message[header]],
        "text": None if text is None else _text_of(text),
        "has_html": message.get_body(preferencelist=("html",)) is not None,
        "attachments": [_described(index, part) for index, part in enumerate(message.iter_attachments())],
    }


def _described(index: int, part: EmailMessage) -> Attachment:
    return Attachment(index, _filename(part, index), part.get_content_type(), len(_bytes_of(part)))


def _attachment(message: EmailMessage, index: int) -> Response:
    parts = list(message.iter_attachments())
    if index >= len(parts):
        raise HTTPException(404, "This mail has no such attachment.")
    part = parts[index]
    content_type = part.get_content_type()
    # Only a PDF is opened in the browser, in its own viewer; anything else could be a page that acts as ours.
    disposition = "inline" if content_type == "application/pdf" else "attachment"
    return Response(
        _bytes_of(part),
        media_type=content_type if disposition == "inline" else "application/octet-stream",
        headers={
            "Content-Disposition": f'{disposition}; filename="{_filename(part, index)}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _inlined(message: EmailMessage, html: str) -> str:
    """Replace `cid:` references by the parts they name, because a browser does not know the mail around the page."""
    import base64

    for part in message.walk():
        content_id = part["Content-ID"]
        if content_id and isinstance(part, EmailMessage):
            data = base64.b64encode(_bytes_of(part)).decode()
            html = html.replace(f"cid:{str(content_id).strip('<> ')}", f"data:{part.get_content_type()};base64,{data}")
    return html


def _parsed(maildir: Path, name: str) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(_path(maildir, name).read_bytes())
    assert isinstance(message, EmailMessage)
    return message


def _path(maildir: Path, name: str) -> Path:
    # The pattern is the wall: a name from a URL can never climb out of the folder.
    path = maildir / "new" / name
    if not MAIL_NAME.fullmatch(name) or not path.exists():
        raise HTTPException(404, "There is no such mail.")
    return path


def _text_of(part: MIMEPart) -> str:
    content = part.get_content()
    return content if isinstance(content, str) else str(content)


def _bytes_of(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _filename(part: EmailMessage, index: int) -> str:
    return re.sub(r"[^\w.\- ]", "_", part.get_filename() or f"attachment-{index + 1}", flags=re.ASCII)


def _arrived_at(name: str) -> datetime:
    return datetime.fromtimestamp(int(name.split(".")[0]) // 1_000_000_000, UTC)


def _positive(said: str) -> int:
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 9 else 1


def _page(template: str, **words: object) -> HTMLResponse:
    return HTMLResponse(
        _templates.get_template(template).render(**words),
        headers={"Content-Security-Policy": PAGE_POLICY, "X-Content-Type-Options": "nosniff"},
    )
