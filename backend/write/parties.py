"""Who stands on an invoice, checked before it is recorded: identities of issuers, particulars of debtors. Pure."""

import re
from typing import Final

from backend.rules.email_address import is_address
from backend.values.countries import ISO_3166_1
from backend.values.parties import Address, Identity, Particulars
from backend.values.why import Why
from backend.write.refusal import InvalidValue
from backend.write.wording import Path, one_line

# A member's name is a first and a last name of a hundred characters each (rules/member_row.py).
MAX_NAME: Final = 250
MAX_STREET: Final = 150
MAX_POSTAL_CODE: Final = 12
MAX_CITY: Final = 100
MAX_REGISTRATION: Final = 40
MAX_PHONE: Final = 40
MAX_WEBSITE: Final = 200
_WEBSITE: Final = re.compile(r"(?:https?://)?[^\s<>\"']+\.[^\s<>\"']+")


def country(value: str, *, path: Path) -> str:
    """A country by its code of ISO 3166-1. Raises `InvalidValue`."""
    if value not in ISO_3166_1:
        raise InvalidValue(Why.NOT_A_COUNTRY, path=path)
    return value


def identity(value: Identity, *, path: Path) -> Identity:
    """The legal identity of an issuer, cleaned."""
    website = one_line(value.website, MAX_WEBSITE, path=(*path, "website"), required=False)
    if website and not _WEBSITE.fullmatch(website):
        raise InvalidValue(Why.NOT_A_WEB_ADDRESS, path=(*path, "website"))
    return Identity(
        name=one_line(value.name, MAX_NAME, path=(*path, "name")),
        address=_address(value.address, path=(*path, "address")),
        organisation_number=_registration(value.organisation_number, path=(*path, "organisationNumber")),
        vat_number=_registration(value.vat_number, path=(*path, "vatNumber")),
        email=email(value.email, path=(*path, "email")),
        phone=one_line(value.phone, MAX_PHONE, path=(*path, "phone"), required=False),
        website=website,
    )


def particulars(value: Particulars, *, path: Path) -> Particulars:
    """Name and address of a debtor, cleaned. No value is repeated in a refusal: they may be personal."""
    return Particulars(
        name=one_line(value.name, MAX_NAME, path=(*path, "name")),
        email=email(value.email, path=(*path, "email")),
        address=_address(value.address, path=(*path, "address")),
        organisation_number=_registration(value.organisation_number, path=(*path, "organisationNumber")),
        vat_number=_registration(value.vat_number, path=(*path, "vatNumber")),
    )


def email(value: str, *, path: Path, required: bool = False) -> str:
    """Exactly one address, or none."""
    if (value or required) and not is_address(value):
        raise InvalidValue(Why.NOT_AN_EMAIL, path=path)
    return value


def _address(value: Address, *, path: Path) -> Address:
    return Address(
        street=one_line(value.street, MAX_STREET, path=(*path, "street"), required=False),
        postal_code=one_line(value.postal_code, MAX_POSTAL_CODE, path=(*path, "postalCode"), required=False),
        city=one_line(value.city, MAX_CITY, path=(*path, "city"), required=False),
        country=country(value.country, path=(*path, "country")),
    )


def _registration(value: str, *, path: Path) -> str:
    return one_line(value, MAX_REGISTRATION, path=path, required=False)
