"""Names, addresses and accounts as clients send them."""

from typing import Annotated

import msgspec
from msgspec import Meta

from backend.api.rest.reading import Body
from backend.api.rest.shapes import Text60, Text250
from backend.values.parties import Identity, Particulars, PaymentAccount

# Longer than any rule below allows, so that the refusal comes from the rule.
Line = Annotated[str, Meta(max_length=1_000)]


class AddressSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A postal address in parts; `country` is ISO 3166-1 alpha-2."""

    country: Text60
    street: Line = ""
    postal_code: Text60 = ""
    city: Line = ""


class ParticularsSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Name and address of a debtor."""

    name: Line
    address: AddressSent
    email: Line = ""
    organisation_number: Text60 = ""
    vat_number: Text60 = ""

    def value(self) -> Particulars:
        return msgspec.convert(msgspec.to_builtins(self), Particulars)


class IdentitySent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The legal identity of an issuer, as it will be printed."""

    name: Line
    address: AddressSent
    organisation_number: Text60 = ""
    vat_number: Text60 = ""
    email: Line = ""
    phone: Text60 = ""
    website: Text250 = ""

    def value(self) -> Identity:
        return msgspec.convert(msgspec.to_builtins(self), Identity)


class PaymentAccountSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the money goes. Issuers with the same `account_id` share an account and its references.

    `reference` says which is printed first: `ocr` (Bankgirot) or `rf` (ISO 11649).
    """

    account_id: Text60
    holder: Line
    iban: Text60 = ""
    bic: Text60 = ""
    bankgiro: Text60 = ""
    swish: Text60 = ""
    reference: Text60 = "rf"

    def value(self) -> PaymentAccount:
        return msgspec.convert(msgspec.to_builtins(self), PaymentAccount)
