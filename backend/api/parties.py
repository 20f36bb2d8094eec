"""Names, addresses and accounts of those who stand on an invoice, as clients see and send them."""

from enum import Enum

import strawberry

from backend.api.graphql.documented import given, output, words
from backend.values import parties as values


@words
class ReferenceKind(Enum):
    """Which payment reference is printed first: OCR (Bankgirot) or RF (ISO 11649)."""

    OCR = "ocr"
    RF = "rf"


@output
class Address:
    """A postal address in parts. The country is ISO 3166-1 alpha-2."""

    street: str
    postal_code: str
    city: str
    country: str


@given
class AddressInput:
    """A postal address in parts. The country is ISO 3166-1 alpha-2."""

    country: str
    street: str = ""
    postal_code: str = ""
    city: str = ""

    def value(self) -> values.Address:
        return values.Address(street=self.street, postal_code=self.postal_code, city=self.city, country=self.country)


@output
class Identity:
    """The legal identity of an issuer, as printed."""

    name: str
    address: Address
    organisation_number: str
    vat_number: str
    email: str
    phone: str
    website: str


@given
class IdentityInput:
    """The legal identity of an issuer, as it will be printed."""

    name: str
    address: AddressInput
    organisation_number: str = ""
    vat_number: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""

    def value(self) -> values.Identity:
        return values.Identity(
            name=self.name,
            address=self.address.value(),
            organisation_number=self.organisation_number,
            vat_number=self.vat_number,
            email=self.email,
            phone=self.phone,
            website=self.website,
        )


@given
class ParticularsInput:
    """Name and address of a debtor."""

    name: str
    address: AddressInput
    email: str = ""
    organisation_number: str = ""
    vat_number: str = ""

    def value(self) -> values.Particulars:
        return values.Particulars(
            name=self.name,
            email=self.email,
            address=self.address.value(),
            organisation_number=self.organisation_number,
            vat_number=self.vat_number,
        )


@output
class PaymentAccount:
    """Where the money goes. Issuers with the same `accountId` share an account and its references."""

    account_id: str
    holder: str
    iban: str
    bic: str
    bankgiro: str
    swish: str
    reference: ReferenceKind


@given
class PaymentAccountInput:
    """Where the money goes. Issuers with the same `accountId` share an account and its references."""

    account_id: str
    holder: str
    iban: str = ""
    bic: str = ""
    bankgiro: str = ""
    swish: str = ""
    reference: ReferenceKind = strawberry.field(default=ReferenceKind.RF)

    def value(self) -> values.PaymentAccount:
        return values.PaymentAccount(
            account_id=self.account_id,
            holder=self.holder,
            iban=self.iban,
            bic=self.bic,
            bankgiro=self.bankgiro,
            swish=self.swish,
            reference=self.reference.value,
        )


def address_of(address: values.Address) -> Address:
    return Address(street=address.street, postal_code=address.postal_code, city=address.city, country=address.country)


def identity_of(identity: values.Identity) -> Identity:
    return Identity(
        name=identity.name,
        address=address_of(identity.address),
        organisation_number=identity.organisation_number,
        vat_number=identity.vat_number,
        email=identity.email,
        phone=identity.phone,
        website=identity.website,
    )


def payment_account_of(account: values.PaymentAccount) -> PaymentAccount:
    return PaymentAccount(
        account_id=account.account_id,
        holder=account.holder,
        iban=account.iban,
        bic=account.bic,
        bankgiro=account.bankgiro,
        swish=account.swish,
        reference=ReferenceKind(account.reference),
    )
