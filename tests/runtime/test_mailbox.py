"""The mailbox takes mail as a real server does, and its page shows ten thousand of them without haste or danger."""

import asyncio
import smtplib
import time
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest
from aiosmtpd.smtp import SMTP

from backend.runtime.embedded.mailbox import Delivery
from backend.runtime.embedded.mailbox_page import mailbox_app
from backend.runtime.embedded.maildir import keep, names, open_maildir
from backend.runtime.embedded.processes import free_port

PDF = b"%PDF-1.7 one page"


def an_invoice_mail(*, to: str = "Åsa <asa@club.example>", subject: str = "Faktura 2026-000001 <b>") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Stockholms distrikt <faktura@carreau.example>"
    mail["To"] = to
    mail["Subject"] = subject
    mail.set_content("Att betala: 1 250,00 kr")
    mail.add_alternative("<h1>Att betala</h1><script>alert(1)</script>", subtype="html")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="FAKTURA-2026-000001.pdf")
    mail.add_attachment(b"<script>1</script>", maintype="text", subtype="html", filename="../evil.html")
    return mail


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    return open_maildir(tmp_path / "mailbox")


@pytest.fixture
async def page(maildir: Path) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=mailbox_app(maildir))
    async with httpx.AsyncClient(transport=transport, base_url="http://mailbox") as client:
        yield client


@pytest.fixture
async def smtp_port(maildir: Path) -> AsyncIterator[int]:
    handler, port = Delivery(maildir), free_port()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(handler), "127.0.0.1", port)
    async with server:
        yield port


async def test_mail_arrives_by_smtp_and_unfriendly_domains_refuse(maildir: Path, smtp_port: int) -> None:
    def send(to: str) -> int:
        with smtplib.SMTP("127.0.0.1", smtp_port) as server:
            try:
                server.send_message(an_invoice_mail(to=to))
            except smtplib.SMTPRecipientsRefused as refused:
                return next(iter(refused.recipients.values()))[0]
            return 250

    codes = [await asyncio.to_thread(send, to) for to in ("a@club.example", "b@bounce.invalid", "c@retry.invalid")]
    assert codes == [250, 551, 450]
    assert len(names(maildir)) == 1
    assert b"Delivered-To: a@club.example" in (maildir / "new" / names(maildir)[0]).read_bytes()


async def test_the_list_escapes_and_one_mail_shows_text_html_and_attachments(
    maildir: Path, page: httpx.AsyncClient
) -> None:
    name = f"{time.time_ns():019d}.000000"
    keep(maildir, name, an_invoice_mail().as_bytes())
    listed = await page.get("/")
    assert "Faktura 2026-000001 &lt;b&gt;" in listed.text
    assert "Åsa" in listed.text
    shown = await page.get(f"/mails/{name}")
    assert "Att betala: 1 250,00 kr" in shown.text
    assert "FAKTURA-2026-000001.pdf" in shown.text
    assert "<iframe sandbox " in shown.text
    html = await page.get(f"/mails/{name}/html")
    assert html.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    pdf = await page.get(f"/mails/{name}/attachments/0")
    assert (pdf.content, pdf.headers["content-type"]) == (PDF, "application/pdf")
    evil = await page.get(f"/mails/{name}/attachments/1")
    assert evil.headers["content-type"] == "application/octet-stream"
    assert evil.headers["content-disposition"] == 'attachment; filename=".._evil.html"'


@pytest.mark.parametrize("path", ["/mails/..%2f..%2fetc%2fpasswd", "/mails/1", "/mails/" + "9" * 19 + ".000000", "/no"])
async def test_what_is_not_a_mail_is_not_found(page: httpx.AsyncClient, path: str) -> None:
    assert (await page.get(path)).status_code == 404


async def test_ten_thousand_mails_are_listed_newest_first(maildir: Path, page: httpx.AsyncClient) -> None:
    for number in range(10_000):
        (maildir / "new" / f"{1_700_000_000_000_000_000 + number:019d}.000000").write_bytes(
            f"From: a@b.example\r\nTo: c@d.example\r\nSubject: mail {number}\r\n\r\ntext\r\n".encode()
        )
    first = await page.get("/")
    assert first.text.index("mail 9999<") < first.text.index("mail 9998<")
    last = await page.get("/?page=200")
    assert "mail 0<" in last.text
    assert (await page.get("/?page=100000")).text == last.text
