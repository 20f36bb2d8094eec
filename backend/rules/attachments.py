"""Files that go with an invoice: what they may be, what they may be called, how much of them one e-mail carries."""

import re
from typing import Final

from backend.values.why import InvalidByRule, Why

MAX_FILE_BYTES: Final = 10 * 1024 * 1024
# Together, and with the invoice's own page, below what mail systems take (`outbound/mail.py`): 15 MB in 10 parts.
MAX_TOTAL_BYTES: Final = 10 * 1024 * 1024
MAX_ATTACHMENTS: Final = 9
MAX_NAME: Final = 80

# Each kind with the endings a name of it may have.
ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "text/csv": (".csv", ".txt"),
}

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
# Everything below a space but tab and the line ends.
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKUP: Final = re.compile(rb"\s*<[!?a-zA-Z]")


class AttachmentRefused(InvalidByRule):
    """The file cannot go with an invoice: empty, too large, of a kind or a name that it may not have."""


def media_type_of(content: bytes) -> str:
    """What the bytes are, whatever anybody calls them. Raises `AttachmentRefused`."""
    if not content:
        raise AttachmentRefused(Why.ATTACHMENT_EMPTY)
    if len(content) > MAX_FILE_BYTES:
        raise AttachmentRefused(Why.ATTACHMENT_TOO_LARGE, limit=MAX_FILE_BYTES // 1024 // 1024)
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(_PNG):
        return "image/png"
    if content.startswith(_JPEG):
        return "image/jpeg"
    if _is_table(content):
        return "text/csv"
    raise AttachmentRefused(Why.ATTACHMENT_UNKNOWN_KIND)


def checked_name(name: str, media_type: str) -> str:
    """The name, if a mail program may be given it. Raises `AttachmentRefused`."""
    plain = name.strip()
    printable = plain.isprintable() and not set(plain) & set('/\\"')
    sound = printable and 0 < len(plain) <= MAX_NAME and not plain.startswith(".")
    if not sound or not plain.lower().endswith(ENDINGS[media_type]):
        raise AttachmentRefused(Why.ATTACHMENT_NAME, limit=MAX_NAME, allowed=" or ".join(ENDINGS[media_type]))
    return plain


def _is_table(content: bytes) -> bool:
    """Text in UTF-8 that a browser would not take for a page."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    beginning = content.removeprefix(b"\xef\xbb\xbf")
    return not _CONTROLS.search(content) and not _MARKUP.match(beginning)
