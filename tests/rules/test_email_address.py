"""One address, exactly. What is refused is tested where it would do harm: tests/outbound/test_mail.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.email_address import AddressRefused, ascii_domain, is_address, needs_smtputf8


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        ("a@b.example", "a@b.example"),
        ("Måns@B.Example", ""),
        ("O'Brien+boule@B.Example", "O'Brien+boule@b.example"),
        ("info@Malmö.example", "info@xn--malm-8qa.example"),
        ("info@例え.テスト", "info@xn--r8jz45g.xn--zckzah"),
    ],
)
def test_the_domain_becomes_ascii_and_the_local_part_stays(text: str, wire: str) -> None:
    """S002-30: international domains by IDNA; letters beyond ASCII before the @ only with SMTPUTF8."""
    assert is_address(text) is bool(wire)
    assert is_address(text, smtputf8=True)
    assert needs_smtputf8(text) is not bool(wire)
    if wire:
        assert ascii_domain(text) == wire


@pytest.mark.parametrize(
    "text",
    [
        "a@b",
        "a@localhost",
        "a@1.2.3.4",
        "a@[1.2.3.4]",
        "a@printer.local",
        "a@b.invalid",
        "a@ab--cd.example",
        "a@xn--zz.example",
        "a@-b.example",
        "a..b@b.example",
        '"a b"@b.example',
        "A <a@b.example>",
        "a@b.example\n",
        "a" * 65 + "@b.example",
        "a@" + "b" * 64 + ".example",
        "a@" + "b.".join(["c"] * 130) + ".example",
    ],
)
def test_what_no_mail_can_be_sent_to(text: str) -> None:
    """S002-30: names that no public server has, quotes, lists and what is too long for an SMTP line."""
    assert not is_address(text, smtputf8=True)


@given(st.text(max_size=80) | st.text(max_size=20).map(lambda local: f"{local}@b.example"))
def test_whatever_is_accepted_is_safe_on_an_smtp_line(text: str) -> None:
    """S002-30: nothing but AddressRefused, and no accepted address holds a space, quote, bracket or second @."""
    try:
        wire = ascii_domain(text)
    except AddressRefused:
        assert not is_address(text)
        return
    assert wire.isascii()
    assert wire.isprintable()
    assert not set(wire) & set(' "<>(),:;[]\\')
    assert wire.count("@") == 1
    assert ascii_domain(wire) == wire
