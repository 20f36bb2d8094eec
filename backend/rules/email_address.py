"""What counts as one e-mail address. The importer and the mailer ask here, so that they can never disagree."""

from typing import Final

from email_validator import EmailNotValidError, validate_email

# RFC 5321 section 4.5.3.1: a path of 256 octets, including its angle brackets.
MAX_ADDRESS: Final = 254


class AddressRefused(ValueError):
    """The text is not exactly one address that we can deliver to. The text itself is not repeated: it is personal."""


def is_address(text: str, *, smtputf8: bool = False) -> bool:
    """Whether `text` is exactly one addr-spec with a public domain: no display name, no list, no spaces, no quotes.

    International domains are accepted; a local part beyond ASCII only with `smtputf8` (RFC 6531).
    """
    try:
        ascii_domain(text, smtputf8=smtputf8)
    except AddressRefused:
        return False
    return True


def ascii_domain(text: str, *, smtputf8: bool = False) -> str:
    """`text` with its domain in lower-case A-labels (`info@malmö.example` to `info@xn--malm-8qa.example`).

    The local part is kept as given, because only its owner may say what its case means. Raises `AddressRefused`.
    """
    if len(text) > MAX_ADDRESS:
        raise AddressRefused("an address has 3 to 254 characters")
    try:
        # Quoted local parts are legal and refused: nobody has one, and every quote that reaches an SMTP command line or
        # a header is one more thing to get wrong. Whether the domain has a mail server is asked by sending to it.
        found = validate_email(
            text, allow_smtputf8=smtputf8, strict=True, check_deliverability=False, test_environment=True
        )
    except EmailNotValidError:
        raise AddressRefused("this is not one address that mail can be sent to") from None
    wire = f"{found.local_part}@{found.ascii_domain}"
    if len(wire.encode()) > MAX_ADDRESS:
        raise AddressRefused("an address has at most 254 octets")
    return wire


def needs_smtputf8(address: str) -> bool:
    """Whether only a server with SMTPUTF8 can take `address`: its local part goes beyond ASCII."""
    return not address.partition("@")[0].isascii()
