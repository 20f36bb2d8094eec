"""What may go with an invoice: by the bytes, whatever anybody calls them."""

import pytest

from backend.rules.attachments import MAX_FILE_BYTES, AttachmentRefused, checked_name, media_type_of


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        ("namn;belopp\nÅsa;400\n".encode(), "text/csv"),
        (b"\xef\xbb\xbfname,amount\r\nAnna,4 < 5\r\n", "text/csv"),
    ],
)
def test_the_bytes_say_what_a_file_is(content: bytes, media_type: str) -> None:
    """Issue 2 item 6: attachments are PDF, PNG, JPEG or CSV, by content."""
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "ATTACHMENT_EMPTY"),
        (b"%PDF-" + b"x" * MAX_FILE_BYTES, "ATTACHMENT_TOO_LARGE"),
        (b"<html><script>alert(1)</script>", "ATTACHMENT_UNKNOWN_KIND"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?><svg/>", "ATTACHMENT_UNKNOWN_KIND"),
        (b"MZ\x90\x00\x03", "ATTACHMENT_UNKNOWN_KIND"),
        (b"PK\x03\x04", "ATTACHMENT_UNKNOWN_KIND"),
        ("å".encode("latin-1"), "ATTACHMENT_UNKNOWN_KIND"),
    ],
)
def test_what_else_a_file_may_be_is_refused(content: bytes, code: str) -> None:
    """S000-30: pages, programs, archives and what is too large never become attachments."""
    with pytest.raises(AttachmentRefused) as refused:
        media_type_of(content)
    assert refused.value.why.name == code


@pytest.mark.parametrize(
    "name", ["", ".pdf", "../x.pdf", 'a".pdf', "a\n.pdf", "x.exe", "a" * 80 + ".pdf", "x\u2028.pdf"]
)
def test_a_name_is_one_a_mail_program_may_be_given(name: str) -> None:
    """S000-30: no path, no line break, and an ending that fits."""
    with pytest.raises(AttachmentRefused):
        checked_name(name, "application/pdf")
    assert checked_name(" Stadgar 2026.PDF ", "application/pdf") == "Stadgar 2026.PDF"
