"""Files that go with an invoice: what they may be, what they may be called, how much of them one e-mail carries."""

import re
from typing import Final

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


class AttachmentRefused(ValueError):
    """The file cannot go with an invoice. `code` is stable; the message says what would do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def media_type_of(content: bytes) -> str:
    """What the bytes are, whatever anybody calls them. Raises `AttachmentRefused`."""
    if not content:
        raise AttachmentRefused("ATTACHMENT_EMPTY", "the file is empty")
    if len(content) > MAX_FILE_BYTES:
        raise AttachmentRefused("ATTACHMENT_TOO_LARGE", f"a file has at most {MAX_FILE_BYTES // 1024 // 1024} MB")
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(_PNG):
        return "image/png"
    if content.startswith(_JPEG):
        return "image/jpeg"
    if _is_table(content):
        return "text/csv"
    raise AttachmentRefused("ATTACHMENT_UNKNOWN_KIND", "attach a PDF, a PNG or JPEG picture, or a CSV file")


def checked_name(name: str, media_type: str) -> str:
    """The name, if a mail program may be given it. Raises `AttachmentRefused`."""
    plain = name.strip()
    printable = plain.isprintable() and not set(plain) & set('/\\"')
    if not printable or not 0 < len(plain) <= MAX_NAME or plain.startswith("."):
        raise AttachmentRefused(
            "ATTACHMENT_NAME", f"a file name has 1 to {MAX_NAME} characters, none of them / \\ or a quotation mark"
        )
    if not plain.lower().endswith(ENDINGS[media_type]):
        raise AttachmentRefused("ATTACHMENT_NAME", f"the name of this file ends in {' or '.join(ENDINGS[media_type])}")
    return plain


def _is_table(content: bytes) -> bool:
    """Text in UTF-8 that a browser would not take for a page."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    beginning = content.removeprefix(b"\xef\xbb\xbf")
    return not _CONTROLS.search(content) and not _MARKUP.match(beginning)
