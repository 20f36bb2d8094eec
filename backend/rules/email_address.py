"""What counts as one e-mail address. The importer and the mailer ask here, so that they can never disagree."""

import re
import unicodedata
from typing import Final

import idna

# RFC 5321 section 4.5.3.1: 64 octets before the @, and a path of 256 including its angle brackets.
MAX_ADDRESS: Final = 254
MAX_LOCAL_PART: Final = 64

# A dot-atom (RFC 5322 section 3.2.3). Quoted local parts are legal and refused: nobody has one, and every quote
# that reaches an SMTP command line or a header is one more thing to get wrong.
_ATEXT: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ASCII_LOCAL: Final = re.compile(rf"{_ATEXT}(?:\.{_ATEXT})*")
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


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
    if not text or len(text) > MAX_ADDRESS:
        raise AddressRefused("an address has 3 to 254 characters")
    local, at, domain = text.partition("@")
    if not at or "@" in domain:
        raise AddressRefused("an address has exactly one @")
    _check_local_part(local, smtputf8=smtputf8)
    result = f"{local}@{_a_labels(domain)}"
    if len(result.encode()) > MAX_ADDRESS:
        raise AddressRefused("an address has at most 254 octets")
    return result


def needs_smtputf8(address: str) -> bool:
    """Whether only a server with SMTPUTF8 can take `address`: its local part goes beyond ASCII."""
    return not address.partition("@")[0].isascii()


def _check_local_part(local: str, *, smtputf8: bool) -> None:
    if not local.isascii():
        if not smtputf8:
            raise AddressRefused("the part before the @ is beyond ASCII")
        if any(unicodedata.category(char)[0] not in "LMN" for char in local if not char.isascii()):
            raise AddressRefused("the part before the @ holds a character that is no letter, mark or digit")
    # Letters beyond ASCII follow the same grammar as `a` (RFC 6531 section 3.3), so one pattern serves both.
    shape = "".join(char if char.isascii() else "a" for char in local)
    if not _ASCII_LOCAL.fullmatch(shape) or len(local.encode("utf-8", "surrogatepass")) > MAX_LOCAL_PART:
        raise AddressRefused("the part before the @ is malformed")


def _a_labels(domain: str) -> str:
    if domain.isascii():
        encoded = domain.lower()
    else:
        try:
            encoded = idna.encode(domain, uts46=True, std3_rules=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise AddressRefused("the domain is no international domain name") from None
    labels = encoded.split(".")
    if len(labels) < 2 or not all(len(label) <= 63 and _LABEL.fullmatch(label) for label in labels):
        raise AddressRefused("the domain is malformed")
    # A numeric last label would be an IPv4 address (RFC 3696 section 2), and those have no mailboxes.
    if labels[-1].isdigit():
        raise AddressRefused("the domain is a number")
    return encoded
