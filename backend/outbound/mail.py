"""One e-mail as a value, and its bytes. The same mail and date always compose to the same bytes.

Headers are written here and not by `email.message`: its folding differs between Python versions, lets NUL pass, and
has turned one quoted name with a comma into two recipients.
"""

import base64
import binascii
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Final
from urllib.parse import quote

from backend.rules.email_address import ascii_domain, needs_smtputf8

MAX_NAME: Final = 200
MAX_SUBJECT: Final = 255
MAX_MESSAGE_ID: Final = 250
MAX_FILENAME: Final = 80
MAX_BODY_BYTES: Final = 1024 * 1024
MAX_ATTACHMENTS: Final = 10
# Many mail systems refuse more than 25 MB, and base64 adds a third.
MAX_ATTACHED_BYTES: Final = 15 * 1024 * 1024

_MESSAGE_ID: Final = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+>")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_MEDIA_TYPE: Final = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,99}")
# 39 octets give an encoded word of 64 characters: with the longest of our field names it stays within the 76 of
# RFC 2047 section 2.
_WORD_OCTETS: Final = 39
_PLAIN_TEXT: Final = 60


class MailRefused(ValueError):
    """The mail cannot be composed: `field` of `Mail` is malformed or too long. The value is not repeated."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with the mail; `media_type` such as `application/pdf`."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message to one person. `message_id` (with its angle brackets) is the same on every attempt.

    Names may be empty; `language` is a BCP 47 tag; `subject`, `text` and `html` are final, nothing is filled in.
    """

    message_id: str
    from_name: str
    from_address: str
    reply_to: str | None
    to_address: str
    to_name: str
    subject: str
    text: str
    html: str
    language: str
    attachments: tuple[Attachment, ...] = ()


def compose(mail: Mail, *, date: datetime, smtputf8: bool = False) -> bytes:
    """The message as RFC 5322 bytes with CRLF line ends: text and HTML alternatives, then the attachments.

    `date` is aware. Raises `MailRefused` for a malformed field and `AddressRefused` for anything but one address;
    `smtputf8` admits a recipient beyond ASCII before the @ (S002-30, S002-51).
    """
    _check(mail)
    if date.tzinfo is None:
        raise MailRefused("date", "has no time zone")
    body_type, body = _alternative(mail)
    if mail.attachments:
        body_type, body = _multipart(
            "mixed", mail, [_part(body_type, body), *(_attachment_part(each) for each in mail.attachments)]
        )
    fields = [
        ("Message-ID", mail.message_id),
        ("Date", format_datetime(date)),
        ("From", _mailbox(mail.from_name, ascii_domain(mail.from_address))),
        *([("Reply-To", ascii_domain(mail.reply_to))] if mail.reply_to else []),
        ("To", _mailbox(mail.to_name, ascii_domain(mail.to_address, smtputf8=smtputf8))),
        ("Subject", _words(mail.subject) if _needs_words(mail.subject) else mail.subject),
        ("Content-Language", mail.language),
        # RFC 3834: no holiday notice shall answer a machine.
        ("Auto-Submitted", "auto-generated"),
        ("MIME-Version", "1.0"),
        ("Content-Type", body_type),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return head.encode("utf-8" if needs_smtputf8(mail.to_address) else "ascii") + b"\r\n" + body


def _check(mail: Mail) -> None:
    for field, value, limit in (
        ("from_name", mail.from_name, MAX_NAME),
        ("to_name", mail.to_name, MAX_NAME),
        ("subject", mail.subject, MAX_SUBJECT),
        *(("attachments", each.filename, MAX_FILENAME) for each in mail.attachments),
    ):
        _check_line(field, value, limit)
    if len(mail.message_id) > MAX_MESSAGE_ID or not _MESSAGE_ID.fullmatch(mail.message_id):
        raise MailRefused("message_id", "is not <local@domain>")
    if not _LANGUAGE.fullmatch(mail.language):
        raise MailRefused("language", "is no language tag")
    for field, body in (("text", mail.text), ("html", mail.html)):
        if len(_encoded(field, body)) > MAX_BODY_BYTES:
            raise MailRefused(field, f"exceeds {MAX_BODY_BYTES} bytes")
    if len(mail.attachments) > MAX_ATTACHMENTS:
        raise MailRefused("attachments", f"are more than {MAX_ATTACHMENTS}")
    if sum(len(each.content) for each in mail.attachments) > MAX_ATTACHED_BYTES:
        raise MailRefused("attachments", f"exceed {MAX_ATTACHED_BYTES} bytes together")
    for each in mail.attachments:
        # A message or multipart part may not be base64 (RFC 2045 section 6.4).
        if not _MEDIA_TYPE.fullmatch(each.media_type) or each.media_type.startswith(("message/", "multipart/")):
            raise MailRefused("attachments", "have a malformed media type")
        if not each.filename or any(char in '/\\"' for char in each.filename) or each.filename.startswith("."):
            raise MailRefused("attachments", "have a file name that is empty, hidden, quoted or a path")


def _check_line(field: str, value: str, limit: int) -> None:
    if len(value) > limit:
        raise MailRefused(field, f"exceeds {limit} characters")
    # Cc holds CR, LF, NUL and the C1 controls; Zl and Zp are U+2028 and U+2029; Cs are lone surrogates.
    if any(unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") for char in value):
        raise MailRefused(field, "holds a control character or a line break")


def _mailbox(name: str, address: str) -> str:
    if not name:
        return address
    if _needs_words(name):
        # The address goes on a line of its own, so that no line grows beyond what relays leave alone.
        return f"{_words(name)}\r\n <{address}>"
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{address}>'


def _needs_words(text: str) -> bool:
    return not text.isascii() or "=?" in text or len(text) > _PLAIN_TEXT or text != text.strip()


def _words(text: str) -> str:
    """`text` as RFC 2047 encoded words, never split within a character."""
    chunks = [b""]
    for octets in (char.encode() for char in text):
        if len(chunks[-1]) + len(octets) > _WORD_OCTETS:
            chunks.append(b"")
        chunks[-1] += octets
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(chunk).decode('ascii')}?=" for chunk in chunks)


def _alternative(mail: Mail) -> tuple[str, bytes]:
    return _multipart(
        "alternative", mail, [_text_part("plain", "text", mail.text), _text_part("html", "html", mail.html)]
    )


def _multipart(kind: str, mail: Mail, parts: list[bytes]) -> tuple[str, bytes]:
    digest = hashlib.sha256(f"{kind} {mail.message_id}".encode()).hexdigest()[:32]
    # "=_" occurs neither in quoted-printable nor in base64, so no body can contain its own boundary.
    boundary = f"=_{digest}"
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part for part in parts)
    return f'multipart/{kind};\r\n boundary="{boundary}"', body + b"--" + boundary.encode() + b"--\r\n"


def _text_part(subtype: str, field: str, text: str) -> bytes:
    lines = re.sub(r"\r\n?", "\n", text).removesuffix("\n") + "\n"
    octets = binascii.b2a_qp(_encoded(field, lines.replace("\n", "\r\n")), istext=True)
    return _part(f"text/{subtype}; charset=utf-8", octets, "Content-Transfer-Encoding: quoted-printable")


def _attachment_part(attachment: Attachment) -> bytes:
    name = attachment.filename
    # RFC 2231 alone: where a plain name stands beside the encoded one, some readers show the plain one.
    parameter = f'filename="{name}"' if name.isascii() else f"filename*=utf-8''{quote(name, safe='')}"
    disposition = f"Content-Disposition: attachment;\r\n {parameter}"
    octets = base64.encodebytes(attachment.content).replace(b"\n", b"\r\n")
    return _part(attachment.media_type, octets, "Content-Transfer-Encoding: base64", disposition)


def _part(content_type: str, body: bytes, *fields: str) -> bytes:
    head = "\r\n".join((f"Content-Type: {content_type}", *fields))
    # The last line end belongs to the boundary that follows (RFC 2046 section 5.1.1), not to the body.
    return head.encode("ascii") + b"\r\n\r\n" + body + b"\r\n"


def _encoded(field: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise MailRefused(field, "holds half a surrogate pair") from None
